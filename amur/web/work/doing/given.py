"""Files that come from outside: laid down under their own name for as long as they are read."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from amur.errors import AmurError

MOST = 2**18
"""Bytes of a file."""
LONGEST = 60
"""Characters of a name."""


@contextmanager
def given(text: str, name: str) -> Iterator[Path]:
    """A file with this text, in a folder of its own that is gone afterwards.

    AmurError: what its reader finds wrong, told with the name that the user knows and not with where it lay.
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MOST:
        raise AmurError(f"has {size >> 10} KB", file=name, mend=f"Give a file of at most {MOST >> 10} KB.")
    with tempfile.TemporaryDirectory(prefix="amur-") as folder:
        path = Path(folder) / file_name(name)
        path.write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
        with told_as(path, name):
            yield path


@contextmanager
def told_as(path: Path, name: str) -> Iterator[None]:
    """Let faults in a file be told with another name."""
    try:
        yield
    except AmurError as error:
        here = str(path)

        def known(words: str) -> str:
            return words.replace(here, name).replace(str(path.parent), "")

        file = name if error.file == here else error.file
        raise AmurError(
            known(error.problem), mend=known(error.mend), file=file, line=error.line, field=error.field
        ) from None


def file_name(name: str) -> str:
    """A name that any system can have for a file, like the one given, ending in .toml."""
    last = re.split(r"[/\\]", name)[-1]
    stem = re.sub(r"[^\w-]+", "-", last.removesuffix(".toml")).strip("-")[:LONGEST]
    return f"{stem or 'given'}.toml"
