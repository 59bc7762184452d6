"""A scenario file, or a what-if that was handed on, read for the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from amur.web.work.doing.given import given

if TYPE_CHECKING:
    from amur.questions.ensembles import Progress


def scenario_file(told: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """The options of a what-if that the file ``told["text"]`` named ``told["name"]`` holds, as a plain object.

    They are those of ``amur.questions.ask("whatif", ...)``: title, interventions, claims, and what a shared file holds
    besides. AmurError names the file, the line and the field.
    """
    text, name = str(told["text"]), str(told.get("name") or "scenario.toml")
    progress("reading the file", 0, 0)
    with given(text, name) as path:
        from amur.questions.whatif.asked import Asked
        from amur.questions.whatif.sharing import shared
        from amur.system.interventions import as_json
        from amur.system.scenario_files import read

        options = shared(path)
        if options is None:
            found = read(path)
            options = {
                "title": found.title, "interventions": found.interventions, "claims": found.claims,
            }  # fmt: skip
            Asked(**options)
    for side in ("interventions", "against_interventions"):
        options[side] = as_json(options.get(side, ()))
    return options
