"""How numbers, dates and changes are put into words: the same everywhere in the brief."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from string import Formatter

from amur.brief.document import Run, Runs
from amur.record import periods

MONTHS = (
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
)  # fmt: skip
FIXED = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"

COUNTRIES = {
    "CHN": "China", "RUS": "Russia", "USA": "United States", "EUU": "European Union", "IND": "India",
    "JPN": "Japan", "GBR": "United Kingdom", "BLR": "Belarus", "PRK": "North Korea", "IRN": "Iran",
    "KAZ": "Kazakhstan", "VNM": "Viet Nam", "UKR": "Ukraine", "PAK": "Pakistan",
}  # fmt: skip

UNITS: dict[str, tuple[str, str]] = {
    "percent": ("", "%"),
    "percentage points": ("", f"{FIXED}points"),
    "percent of GDP": ("", "% of GDP"),
    "percent/yr": ("", "% a year"),
    "US$ bn": (f"US${FIXED}", f"{FIXED}bn"),
    "US$ mn": (f"US${FIXED}", f"{FIXED}mn"),
    "US$ bn of 2021": (f"US${FIXED}", f"{FIXED}bn of 2021"),
    "US$/bbl": (f"US${FIXED}", f"{FIXED}a barrel"),
    "US$/t": (f"US${FIXED}", f"{FIXED}a tonne"),
    "US$/1000 m3": (f"US${FIXED}", f"{FIXED}per thousand cubic metres"),
    "US$/mmbtu": (f"US${FIXED}", f"{FIXED}per mmbtu"),
    "EUR bn": ("€", f"{FIXED}bn"),
    "EUR mn/d": ("€", f"{FIXED}mn a day"),
    "Mt": ("", f"{FIXED}Mt"),
    "Mt/yr": ("", f"{FIXED}Mt a year"),
    "bcm": ("", f"{FIXED}bcm"),
    "bcm/yr": ("", f"{FIXED}bcm a year"),
    "kb/d": ("", f"{FIXED}kb/d"),
    "TIV mn": ("", f"{FIXED}mn TIV"),
    "million": ("", f"{FIXED}million"),
    "thousand": ("", f"{FIXED}thousand"),
    "times": ("", f"{FIXED}times"),
    "ratio": ("", f"{FIXED}times"),
    "km": ("", f"{FIXED}km"),
}
"""What stands before and after the number for a unit of the record; a unit not listed stands after it as it is."""

BARE = (
    "count",
    "index",
    "index 0-1",
    "index -1..+1",
    "0/1",
    "year",
    "score",
    "kappa",
    "dimensionless",
    "1",
    "",
)


def figure(value: float, unit: str = "", decimals: int | None = None, sign: bool = False) -> str:
    """A number with its unit: thousands parted by commas, a true minus sign, at most four significant digits."""
    if decimals is None:
        size = abs(value)
        decimals = 0 if size >= 1000 else 1 if size >= 10 else 2 if size < 1 or unit.startswith("index") else 1
    text = f"{_rounded(abs(value), decimals):,.{decimals}f}"
    if "." in text and float(value).is_integer():
        text = text.partition(".")[0]
    if unit == "year":
        text = f"{value:.0f}"
    negative = value < 0 and float(text.replace(",", "")) != 0
    before, after = UNITS.get(
        unit,
        ("", "" if unit in BARE or unit.startswith(("code", "score", "index", "rung")) else f"{FIXED}{unit}"),
    )
    return f"{MINUS if negative else '+' if sign and value > 0 else ''}{before}{text}{after}"


def _rounded(value: float, decimals: int) -> Decimal:
    """Rounded as readers expect, halves up: 62.5 to 63."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


COUNTS = [
    "none",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]


def typeset(text: str) -> str:
    """The record's plain text with a printer's apostrophes, and dashes between years."""
    return _SPAN.sub(rf"\1{DASH}\2", text.replace("'", "’"))


_SPAN = re.compile(r"\b((?:19|20)\d\d)-((?:19|20)\d\d)\b")


def in_words(number: int) -> str:
    """A small count in words."""
    return COUNTS[number] if number < len(COUNTS) else f"{number:,}"


def when(period: str) -> str:
    """A period or date in words: 2025, December 2025, the third quarter of 2025, 9 December 2025."""
    if " to " in period:
        first, _, last = period.partition(" to ")
        return (
            f"{when(first)}{DASH}{when(last)}"
            if len(first) == len(last) == 4
            else f"{when(first)} to {when(last)}"
        )
    year, _, rest = period.partition("-")
    if not rest:
        return year
    if rest.startswith("Q"):
        return f"the {dict(zip('1234', ('first', 'second', 'third', 'fourth'), strict=True))[rest[1]]} quarter of {year}"
    month, _, day = rest.partition("-")
    name = MONTHS[int(month) - 1]
    return f"{int(day)}{FIXED}{name} {year}" if day else f"{name} {year}"


def short(period: str) -> str:
    """A period or date for a narrow column: 2025, Dec 2025, Q3 2025, 9 Dec."""
    if " to " in period:
        return period.replace(" to ", DASH)
    year, _, rest = period.partition("-")
    if not rest or rest.startswith("Q"):
        return f"{rest}{FIXED}{year}" if rest else year
    month, _, day = rest.partition("-")
    name = MONTHS[int(month) - 1][:3]
    return f"{int(day)}{FIXED}{name} {year}" if day else f"{name}{FIXED}{year}"


def change(before: float, after: float) -> str:
    """The verb for a change of a positive quantity, from its size: 'rose', 'fell sharply', 'was little changed'."""
    if before <= 0 or after < 0:
        return moved(before, after)
    ratio = after / before
    for limit, verb in (
        (3.0, "more than tripled"),
        (2.0, "more than doubled"),
        (1.25, "rose sharply"),
        (1.05, "rose"),
    ):
        if ratio > limit:
            return verb
    for limit, verb in ((0.5, "fell by more than half"), (0.8, "fell sharply"), (0.95, "fell")):
        if ratio < limit:
            return verb
    return "edged up" if ratio > 1.02 else "edged down" if ratio < 0.98 else "was little changed"


def moved(before: float, after: float, still: float = 0.0) -> str:
    """The verb for a change of any quantity: rose, fell, or held where it moved no more than ``still``."""
    return "rose" if after - before > still else "fell" if before - after > still else "held"


def years_before(period: str, years: int) -> str:
    """The same period some years earlier."""
    return periods.from_ordinal(
        periods.ordinal(period) - years * {"A": 1, "Q": 4, "M": 12}[periods.frequency_of(period)],
        periods.frequency_of(period),
    )


def say(template: str, **parts: Run | Runs | None) -> Runs:
    """A sentence with its numbers set in, or nothing where one of them is not in the record."""
    runs: list[Run] = []
    for text, name, _, _ in Formatter().parse(template):
        if text:
            runs.append(text)
        if name is None:
            continue
        part = parts[name]
        if part is None or part == ():
            return ()
        # A tuple of runs is a plain tuple; the runs themselves are named tuples or text.
        runs.extend(part if type(part) is tuple else [part])  # type: ignore[arg-type, list-item]
    return tuple(_joined(runs))


def _joined(runs: list[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in runs:
        if isinstance(run, str) and joined and isinstance(joined[-1], str):
            joined[-1] += run
        else:
            joined.append(run)
    return joined


def sentences(*runs: Runs) -> Runs:
    """Sentences one after the other, those that came to nothing left out."""
    joined: list[Run] = []
    for one in runs:
        if one:
            joined += [" ", *one] if joined else one
    return tuple(_joined(joined))


def listed(names: list[str]) -> str:
    """'a, b and c'."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""
