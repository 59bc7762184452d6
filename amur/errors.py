"""One kind of error for everything a user can mend: what is wrong, where, and how to put it right."""

from __future__ import annotations

from pathlib import Path


class AmurError(Exception):
    """A fault in what the user gave: shown as one line, never as a traceback; exit code 2.

    ``problem`` says what is wrong, ``mend`` how to put it right; ``file``, ``line`` (1-based,
    the header is line 1) and ``field`` say where, as far as that is known.
    """

    def __init__(
        self,
        problem: str,
        *,
        mend: str = "",
        file: str | Path | None = None,
        line: int | None = None,
        field: str | None = None,
    ) -> None:
        self.problem, self.mend = problem, mend
        self.file, self.line, self.field = (str(file) if file else None), line, field
        place = [self.file] if self.file else []
        place += [f"line {line}"] if line is not None else []
        place += [f"field '{field}'"] if field else []
        text = f"{', '.join(place)}: {problem}" if place else problem
        super().__init__(f"{text.rstrip('.')}. {mend}".rstrip() if mend else text)

    def also(self, mend: str) -> AmurError:
        """The same fault with one more way out."""
        mends = f"{self.mend} {mend}".lstrip()
        return AmurError(self.problem, file=self.file, line=self.line, field=self.field, mend=mends)

    def as_problem(self) -> dict[str, object]:
        """The same as a JSON problem (RFC 9457), for ``--json`` and the web."""
        return {
            "type": "about:blank",
            "title": self.problem,
            "detail": str(self),
            "mend": self.mend,
            "file": self.file,
            "line": self.line,
            "field": self.field,
        }


def problem_and_mend(error: ValueError) -> tuple[str, str]:
    """What a failed check says: its message reads 'problem; mend', and the mend becomes a sentence of its own."""
    problem, _, mend = str(error).partition("; ")
    return problem, f"{mend[:1].upper()}{mend[1:].rstrip('.')}." if mend else ""


def nearest(word: str, known: list[str] | tuple[str, ...], many: int = 3) -> str:
    """'Did you mean …?' with the known names nearest to a mistyped one, or an empty string.

    Names that begin with the word come first, then those spelled like it, then those that hold it; case does
    not count.
    """
    from difflib import get_close_matches

    told = word.casefold().strip()
    names: dict[str, str] = {}
    for name in known:
        names.setdefault(name.casefold(), name)
    whole = told if len(told) > 2 else ""
    close = [name for name in names if whole and name.startswith(whole)]
    # Of names in parts, such as trade.total.chn-rus, first those of which the word is whole parts.
    close.sort(key=lambda name: (name != whole, not name.startswith(f"{whole}.")))
    close += get_close_matches(told, names, n=many, cutoff=0.5)
    close += [name for name in names if whole and whole in name]
    found = list(dict.fromkeys(close))[:many]
    return f"Did you mean {', '.join(names[name] for name in found)}?" if found else ""
