"""Rules and recipes in TOML files: read with one AmurError that names file, line and mend."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from amur.errors import AmurError
from amur.record.read import read_text


def read_toml(
    path: Path, mend: str = "Correct this line, or the end of the one before."
) -> tuple[str, dict[str, Any]]:
    """The text of a file and the tables in it. AmurError where it cannot be read or is not TOML."""
    text = read_text(path)
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        line = int(at[1]) if at else None
        raise AmurError(f"is not TOML: {error}", file=path, line=line, mend=mend) from None
    except ValueError:
        # Python refuses to read a number of thousands of digits.
        raise AmurError(
            "holds a number of thousands of digits", file=path, mend="Write shorter numbers."
        ) from None
    except RecursionError:
        raise AmurError(
            "is nested too deeply", file=path, mend="A few levels are all that is ever needed."
        ) from None
