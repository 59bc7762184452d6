"""The page of the interface for programs: every address, its parameters and its bounds, from the OpenAPI description."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from amur.web.views import rendered

router = APIRouter(include_in_schema=False)


@router.get("/api")
def described(request: Request) -> Response:
    """What a program may ask."""
    told = request.app.openapi()
    routes = [
        _route(path, method, about) for path, methods in told["paths"].items() for method, about in methods.items()
    ]  # fmt: skip
    tags = list(dict.fromkeys(each["tag"] for each in routes))
    groups = [{"title": tag, "routes": [each for each in routes if each["tag"] == tag]} for tag in tags]
    page = {"about": told["info"]["description"], "groups": groups}
    return rendered(
        request, "api.html.j2", {"page": page, "title": "For programs", "about": "Every page as JSON"}
    )


def _route(path: str, method: str, about: dict[str, Any]) -> dict[str, Any]:
    return {
        "path": path, "method": method.upper(), "summary": about.get("summary", ""), "about": about.get("description", ""),
        "tag": (about.get("tags") or ["Other"])[0],
        "parameters": [_parameter(each) for each in about.get("parameters", ())],
    }  # fmt: skip


def _parameter(of: dict[str, Any]) -> dict[str, str]:
    schema = of.get("schema", {})
    kinds = [each for each in schema.get("anyOf", [schema]) if each.get("type") != "null"]
    kind = kinds[0] if kinds else {}
    bounds = [f"{word} {kind[key]}" for key, word in BOUNDS.items() if key in kind]
    options = kind.get("enum") or ([kind["const"]] if "const" in kind else [])
    return {
        "name": of["name"], "about": of.get("description") or schema.get("description", ""),
        "kind": ", ".join([str(kind.get("type", "text")), *bounds]), "options": ", ".join(map(str, options)),
    }  # fmt: skip


BOUNDS = {"minimum": "from", "maximum": "to", "maxLength": "at most", "maxItems": "at most", "pattern": "like"}
"""Bounds of a parameter as OpenAPI names them, and in words."""
