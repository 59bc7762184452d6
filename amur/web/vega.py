"""The script that draws charts: Vega, Vega-Lite and vega-embed in one file, made from what is installed.

Making it takes seconds, so it is made once and kept among the user's cached files. Told to keep expressions as trees
(``ast: true``, as static/charts.js does) it evaluates no text as code, and so runs under ``script-src 'self'``.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
from functools import cache
from pathlib import Path

import platformdirs

from amur import atomic
from amur.charts.saving import VEGA_LITE
from amur.errors import AmurError

NAMES = "window.vegaEmbed = vegaEmbed;"
"""What the page finds in it."""


@cache
def script() -> bytes:
    """The script, UTF-8: it sets ``window.vegaEmbed``. AmurError where the extra ``charts`` is missing."""
    file = _file()
    try:
        kept = file.read_bytes()
    except OSError:
        kept = b""
    # The hash in its last line tells a whole file from a damaged one.
    body, _, mark = kept.rpartition(b"\n//")
    if body and mark == _hash(body).encode():
        return kept
    body = _made()
    whole = body + b"\n//" + _hash(body).encode()
    # A read-only home costs a second at the next start, no more.
    with contextlib.suppress(AmurError, OSError):
        atomic.write_bytes(file, whole)
    return whole


@cache
def fingerprint() -> str:
    """What tells its content from any other: twelve hexadecimal digits, for its address."""
    return _hash(script())[:12]


def _made() -> bytes:
    try:
        import vl_convert
    except ModuleNotFoundError as error:
        raise AmurError(
            "charts need more packages", mend="Install them: pip install 'amur[charts]'."
        ) from error
    bundle: str = vl_convert.javascript_bundle(NAMES, VEGA_LITE)
    return bundle.encode()


def _file() -> Path:
    try:
        version = importlib.metadata.version("vl-convert-python")
    except importlib.metadata.PackageNotFoundError:
        version = "none"
    folder = Path(platformdirs.user_cache_dir("amur", appauthor=False)) / "web"
    return folder / f"vega-{VEGA_LITE}-{version}-{_hash(NAMES.encode())[:6]}.js"


def _hash(of: bytes) -> str:
    return hashlib.sha256(of).hexdigest()


__all__ = ["fingerprint", "script"]
