"""The prior predictive check as published: a file with its numbers, a page and a picture, rebuilt by one command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from amur import atomic
from amur.charts import Fan, fans
from amur.futures.prior import PriorCheck

PUBLISHED = Path(__file__).with_name("prior.json")
PICTURED = (
    "exports_rus_chn", "exports_chn_rus", "dependence_rus", "oil_chn", "coal_chn", "gas_wst", "concession", "yuan_share",
    "agreement", "exercises", "arms_ind", "output",
)  # fmt: skip


def published() -> PriorCheck:
    """The published check; nothing is computed."""
    return PriorCheck.from_json(json.loads(PUBLISHED.read_text(encoding="utf-8")))


def publish(check: PriorCheck, docs: Path | None = None) -> None:
    """Write the numbers into the package and, if there is a folder of docs, the page and its picture there."""
    from amur.cli.output import strict

    atomic.write_text(
        PUBLISHED, json.dumps(strict(check.as_json()), ensure_ascii=False, separators=(",", ":")) + "\n"
    )
    if docs is not None:
        from amur.charts import render

        atomic.write_bytes(docs / "prior.svg", render(picture(check), ".svg"))
        atomic.write_text(docs / "prior.md", page(check))


def picture(check: PriorCheck) -> Any:
    """A dozen observables under the prior, with the record on top."""
    by_name = {each.observable: each for each in check.brackets}
    panels = [
        Fan(each.title, each.unit, each.times, each.bands, each.shown)
        for each in (by_name[name] for name in PICTURED if name in by_name)
    ]
    return fans(
        panels,
        title="What the model expects before it has seen the record",
        subtitle="Bands: middle 50% and 90% of draws of the prior. Line: median. Dots: the record.",
    )


def page(check: PriorCheck) -> str:
    """The page in Markdown."""
    fitted = [each for each in check.brackets if each.fitted]
    weak = [each for each in fitted if each.inside90 < 0.85]
    lines = [
        "# Prior predictive check",
        "",
        "*Rebuilt by `amur prior --rebuild`; a test fails when priors, equations, observables or the record have moved on.*",
        "",
        (
            f"History was run under {check.members:,} draws of the prior (seed {check.seed}), scatter of the measurement models added."
            f" Of the {sum(each.values for each in fitted):,} values of {len(fitted)} observables that the next step fits,"
            f" **{check.inside90:.1%} lie inside the middle 90% of the draws**: the prior brackets the record, on the wide side."
        ),
        "",
        "![A dozen observables under the prior](prior.svg)",
        "",
        "Draws that go to nonsense (a flow below zero or above US$ 5,000 bn a year, exports above 6% of the world's, output below a third or above eight"
        " times that of 1992, to 2046): "
        + (
            ", ".join(f"{name} in {share:.2%} of the members" for name, share in check.nonsense.items())
            or "none"
        )
        + ".",
        "",
        "The prior was set by people who had seen the record: this shows that it is not too narrow, not that it foretells.",
        "",
        "## Observables",
        "",
        (
            "`inside 50` and `inside 90` are shares of the record's values inside those ranges; `predictions` is the same for the"
            " 90% range without measurement scatter; `width` is the 90% range over the spread of the record itself; `checked`"
            " observables repeat the numbers of fitted ones and are not fitted."
        ),
        "",
        "| observable | unit | values | inside 50 | inside 90 | predictions | width | |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for each in sorted(check.brackets, key=lambda bracket: bracket.inside90):
        cells = (
            each.title,
            each.unit,
            str(each.values),
            *map(_share, (each.inside50, each.inside90, each.middle90)),
            _width(each.width90),
        )
        lines.append(f"| {' | '.join(cells)} | {'fitted' if each.fitted else 'checked'} |")
    if weak:
        named = ", ".join(each.title for each in weak)
        lines += [
            "",
            f"Below 85% inside the 90% range: {named}. There the prior is too sure of itself, or the mechanism is missing.",
        ]
    return "\n".join(lines) + "\n"


def _share(value: float) -> str:
    return f"{value:.0%}" if value == value else "–"


def _width(value: float) -> str:
    return f"{value:.1f}" if value == value else "–"
