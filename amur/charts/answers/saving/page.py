"""An answer as one page that loads nothing: what it says, its chart with values under the pointer, tables, sources."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amur.charts.answers.saving.view import view
from amur.charts.saving import POLICY, VEGA_LITE

if TYPE_CHECKING:
    from amur.questions.answer import Answer

HERE = Path(__file__).parent
FONTS_INSIDE = "; font-src data:"


def page(of: Answer, spec: dict[str, Any] | None) -> bytes:
    """The page; ``spec`` is the chart's specification (None: no chart). AmurError where the extra ``brief`` is missing."""
    from amur.brief.make import check_extras

    check_extras()
    from jinja2 import Environment, StrictUndefined

    from amur.brief.html import HERE as BRIEF
    from amur.brief.html import faces

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string((HERE / "page.html.j2").read_text(encoding="utf-8"))
    style = faces() + "".join(
        (folder / name).read_text("utf-8") for folder, name in ((BRIEF, "brief.css"), (HERE, "page.css"))
    )
    return template.render(
        answer=view(of),
        style=style,
        policy=POLICY + FONTS_INSIDE,
        script="" if spec is None else _script(),
        chart="" if spec is None else _inside(spec),
        still="" if spec is None else still(spec, "still"),
    ).encode()


def _script() -> str:
    import vl_convert

    made: str = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", VEGA_LITE)
    return made


def _inside(spec: dict[str, Any]) -> str:
    # '<' cannot end the script it stands in when written as JSON's own escape.
    return json.dumps(spec | {"usermeta": {}}, ensure_ascii=False).replace("<", "\\u003c")


def still(spec: dict[str, Any], prefix: str) -> str:
    """The chart as SVG in the page's font, for where no script runs and for print."""
    from amur.brief.figures import svg
    from amur.brief.html import inline

    config = spec.get("config", {}) | {"font": "Source Sans Pro"}
    return inline(svg(spec | {"config": config}), prefix)
