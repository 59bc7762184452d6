"""The text of a reading to start from: commented, valid as it stands, or a copy of a reading that there is."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from amur.atomic import write_text
from amur.errors import AmurError
from amur.readings.files import readings
from amur.readings.reading import Reading

HEAD = """\
# A reading: an answer to "what is this relationship?". Check it with: amur readings check {file}
#
# [[apart]] sets a parameter apart from its base prior (docs/book/parameters.md has all of them, with reasons):
#   normal     middle, spread (one standard deviation)
#   lognormal  median, factor (one standard deviation multiplies or divides by it): 1.2 is firm, 2 is loose
#   beta       mean, weight (4 is loose, 40 firm); the mean is a share of the way from low to high, which are those
#              of the base prior unless written
# A parameter that is not named keeps its base prior.
#
# [[predicts]] says where the reading sticks its neck out: "of" an observable, or the chance of "decision.option", is
# "higher" or "lower" than under the base prior, in the mean of the years named. With --run the check tries it.
#
# Fix both from the argument, not from the weights; log every later change with its reason.

"""
BODY = """\
title = "{title}"
says = "Say in one sentence what the relationship is."
claims = []                     # ids from `amur claims`, such as "P4"

[[apart]]
parameter = "threat_amplifies"
prior = {{ lognormal = {{ median = 0.25, factor = 1.3 }} }}
why = "Say why, in a line."
claims = ["G7"]

[[predicts]]
of = "agreement"
side = "higher"
from = "2000"
to = "2025"
why = "Say why, in a line."

# [[predicts]]
# of = "answer.strategic"
# side = "lower"
# from = "2014"
# to = "2025"
# why = "…"

[[log]]
date = {today}
what = "first version"
"""


def template(name: str, like: Reading | None = None, today: dt.date | None = None) -> str:
    """The text of a new reading; ``like`` gives a copy of another one's to change, with its log begun anew."""
    day = today or dt.date.today()
    head = HEAD.format(file=f"{name}.toml")
    if like is None:
        return head + BODY.format(title=name.replace("-", " ").capitalize(), today=day.isoformat())
    body = like.file.read_text(encoding="utf-8").partition("[[log]]")[0].rstrip()
    return f'{head}{body}\n\n[[log]]\ndate = {day.isoformat()}\nwhat = "begun as a copy of {like.name}"\n'


def write(name: str, like: Reading | None = None, folder: Path = Path(), force: bool = False) -> Path:
    """Write ``NAME.toml`` into a folder; its path. AmurError for a name taken, or a file that is there already."""
    plain = name.removesuffix(".toml")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", plain):
        mend = "Use small letters, digits and hyphens, such as my-reading."
        raise AmurError(f"'{name}' cannot name a reading", field="name", mend=mend)
    if plain in readings():
        raise AmurError(
            f"'{plain}' is a reading of amur's own",
            field="name",
            mend=f"Choose another name: amur readings new my-{plain} --from {plain}",
        )
    file = folder / f"{plain}.toml"
    if file.exists() and not force:
        raise AmurError("is there already", file=file, mend="Choose another name, or --force to write over it.")
    return write_text(file, template(plain, like))
