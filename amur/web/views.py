"""What templates share: the environment, addresses of files, and numbers in words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from amur import __version__
from amur.book.layout import label
from amur.brief import FONTS
from amur.questions.choices import choices
from amur.web import shapes, texts

if TYPE_CHECKING:
    from starlette.requests import Request

HERE = Path(__file__).parent
STATIC = HERE / "static"


def rendered(
    request: Request, template: str, told: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:  # fmt: skip
    """A template as a page."""
    from amur.web.pages import NAVIGATION

    text = environment().get_template(template).render(
        **{"about": ""} | dict(told), request=request, navigation=NAVIGATION, here=_place(request),
        read_only=request.app.state.settings.read_only, version=__version__, stamp=_stamp(),
    )  # fmt: skip
    return HTMLResponse(text, status, headers=dict(headers or {}))


@cache
def environment() -> Environment:
    """The templates: everything is escaped, and a name that is not there is a fault."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.globals.update(static=static, link=link, view=view_of, shapes=shapes, choices=choices)
    made.filters.update(number=number, percent=lambda value: number(value, "probability"), words=words)
    made.filters.update(label=label, headed=headed, markdown=texts.shown)
    return made


@cache
def static(name: str) -> str:
    """The address of a file that pages load; it changes with the file, so that browsers may keep it for ever."""
    from amur.web import vega

    if name == "vega.js":
        return f"/static/vega.js?v={vega.fingerprint()}"
    file = (FONTS if name.endswith(".woff2") else STATIC) / name
    return f"/static/{name}?v={hashlib.sha256(file.read_bytes()).hexdigest()[:12]}"


def link(path: str, told: Mapping[str, Any] | None = None, **more: Any) -> str:
    """An address with what is asked in it; what is empty is left out."""
    asked = {name: value for name, value in {**(told or {}), **more}.items() if value not in (None, "", [], ())}
    return f"{path}?{urlencode(asked, doseq=True)}" if asked else path


def number(value: float | None, kind: str = "quantity", unit: str = "") -> str:
    """A number with as many digits as its kind bears."""
    from amur.questions.words import figure

    return "–" if value is None else figure(value, kind, unit)


def headed(text: str) -> str:
    """Words as they begin a heading; names keep their capitals."""
    return text[:1].upper() + text[1:]


def words(name: str) -> str:
    """A name as words."""
    return name.replace("_", " ").replace("-", " ")


def view_of(answer: Mapping[str, Any]) -> dict[str, Any]:
    """What is shown of an answer (told as a plain object): texts, lists and tables."""
    from amur.charts.answers.saving.view import view
    from amur.questions.answer import from_json

    return view(from_json(answer))


def _place(request: Request) -> str:
    """The page of the navigation that a request is under."""
    return f"/{request.url.path.strip('/').partition('/')[0]}"


@cache
def _stamp() -> str:
    from amur.conditioning.shipped import shipped

    return shipped().stamp
