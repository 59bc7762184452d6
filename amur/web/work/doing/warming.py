"""What processes do before their first task, so that it is quick."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from amur.questions.ensembles import Progress

EXAMPLE = "ceasefire"
"""A scenario that is run once, so that what a what-if does after its runs has been done once too."""


def model(progress: Progress) -> None:
    """Load and compile the model, and run the futures without any what-if, which every what-if is compared with."""
    steps = (
        "loading the model", "running the futures", "running them as before the record", "tracing what rests on what",
        "trying a what-if",
    )  # fmt: skip
    progress(steps[0], 0, len(steps))
    from amur.questions import ask, ensembles
    from amur.system.why import why

    common = ensembles.Common()
    progress(steps[1], 1, len(steps))
    ensembles.run(common)
    progress(steps[2], 2, len(steps))
    ensembles.run(common, prior=True)
    progress(steps[3], 3, len(steps))
    # What an answer rests on is kept between processes; the web of mechanisms that it is found in is not.
    why(["dependence_rus"])
    progress(steps[4], 4, len(steps))
    ask("whatif", scenario=EXAMPLE, cached=False)
    progress(steps[4], len(steps), len(steps))


def small(progress: Progress) -> None:
    """Load what questions in SQL need."""
    for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
        # Each thread sets addresses aside, of which this process may not have many.
        os.environ.setdefault(name, "1")
    import duckdb  # noqa: F401

    import amur.record.sql  # noqa: F401
    from amur.record.record import built_in

    built_in()
