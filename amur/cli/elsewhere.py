"""A name that is not where it was looked for: what else it names, or what its words are found in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amur.errors import AmurError, nearest

if TYPE_CHECKING:
    from amur.record import Record, Series

MOST = 3


def no_series(record: Record, name: str) -> AmurError:
    """The error for an unknown series: says if it is a measure, a coding, a source or an event, else names series
    that hold its words in their titles, else those spelled like it."""
    from amur.record.derived import recipes

    return _error(
        f"the series '{name}' is not in the record",
        _of_another_kind(record, name),
        [s.series for s in _by_words(record, name)],
        [*record.series, *recipes.recipes()],
        name,
        "amur record list",
    )


def no_measure(record: Record, name: str) -> AmurError:
    """The same for an unknown measure."""
    from amur.record.measures import catalogue

    words = name.lower().split()
    titled = [m.name for m in catalogue().values() if all(word in m.title.lower() for word in words)]
    return _error(
        f"there is no measure '{name}'",
        _of_another_kind(record, name),
        titled if len(words) > 1 else [],
        list(catalogue()),
        name,
        "amur measure list",
    )


def _error(problem: str, other: str, by_words: list[str], known: list[str], name: str, where: str) -> AmurError:
    if other:
        return AmurError(problem, mend=other)
    if by_words:
        more = f" `{where} {name}` shows all {len(by_words)}." if len(by_words) > MOST else ""
        return AmurError(problem, mend=f"Did you mean {', '.join(by_words[:MOST])}?{more}")
    hint = nearest(name, known)
    return AmurError(problem, mend=hint or f"See `{where}`.")


def _by_words(record: Record, name: str) -> list[Series]:
    """Series whose title or definition holds the words, those with all of them in the title first."""
    words = name.lower().split()
    found = record.find(name) if len(words) > 1 else []
    return sorted(found, key=lambda s: not all(word in s.title.lower() for word in words))


def _of_another_kind(record: Record, name: str) -> str:
    from amur.record.coded import rules
    from amur.record.derived import recipes
    from amur.record.measures import catalogue

    if name in record.series or name in recipes.recipes():
        return f"It is a series: `amur record show {name}`."
    if name in catalogue():
        return f"It is a measure: `amur measure show {name}`."
    if name in rules.read().definitions:
        return f"It is a coded decision: `amur record codings {name}`."
    if name in record.sources:
        return f"It is a source: `amur record source {name}`."
    if name in record.event:
        return f"It is an event: `amur record events {name}`."
    return ""
