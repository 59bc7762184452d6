"""Standard output and standard error as they are: narrow in their characters, full, closed, or left by the reader."""

from __future__ import annotations

import os
import re
import sys
from unicodedata import normalize

LOOKALIKES = str.maketrans(
    {
        "–": "-",
        "—": "-",
        "‑": "-",
        "−": "-",
        "…": ".",
        "·": "|",
        "│": "|",
        "┤": "+",
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "\N{NO-BREAK SPACE}": " ",
        "\N{NARROW NO-BREAK SPACE}": " ",
        **dict.fromkeys("▁▂▃", "."),
        **dict.fromkeys("▄▅▆", ":"),
        **dict.fromkeys("▇█", "#"),
    }
)
"""Characters of the same width that any terminal can show, for charts and punctuation."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
LONGEST = 300
"""Characters of a single word that an error quotes; a number of five thousand digits helps nobody."""


def lookalike(error: UnicodeError) -> tuple[str, int]:
    """What to write in place of characters that a stream cannot carry (a handler of encoding errors)."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end].translate(LOOKALIKES)
    return "".join(map(_plain, text)), error.end


def _plain(character: str) -> str:
    """The character without its accents if that is ASCII, else a question mark."""
    bare = normalize("NFKD", character)[:1]
    return bare if bare.isascii() else "?"


def speaks_unicode() -> bool:
    """Whether standard output can carry any character."""
    told = (getattr(sys.stdout, "encoding", None) or "utf-8").lower()
    return told.startswith(("utf", "u8"))


def carry_utf8() -> None:
    """Make standard output UTF-8, whatever the locale: for tables that a program reads, and that must lose nothing."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure and not speaks_unicode():
        reconfigure(encoding="utf-8", errors="replace")


def one_line(text: str) -> str:
    """A text on one line, without characters that steer a terminal, overlong words shortened."""
    plain = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))
    return re.sub(rf"\S{{{LONGEST},}}", lambda word: word[0][: LONGEST // 2] + "…", plain)


def without_control(text: str) -> str:
    """A text without characters that steer a terminal: a table of somebody else's may hold them."""
    return text if text.isprintable() else _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def leave_output() -> None:
    """Point standard output to nowhere, so that what is left in it gives no second complaint at the exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (AttributeError, OSError, ValueError):
        sys.stdout = open(nowhere, "w", closefd=False)  # noqa: SIM115
