"""The mechanisms by file, each file holding several groups.

A file has up to three functions, one for each stage, and leaves out those in which it has nothing:

- ``motives(now, was, outside, p)``
- ``changes(now, was, chosen, outside, p)``
- ``settles(now, was, chosen, outside, p, pulls)``

Each gives ``{mechanism: {target: value}}``. All arguments are :class:`reference.maths.Names`: ``now.trust_rus`` is a
float (a list over :data:`reference.lines.LINES` for the three quantities of lines), ``was.support`` and
``chosen.support`` are ints, ``pulls.pull_oil_chn`` is a float, 0 where nobody pulls. A target ``pull_lines`` gets a
list over the lines. ``RIVALS``, where a file has it, is ``{mechanism: {by: function}}``, each function called as that
of its stage and giving ``{target: value}``.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

FILES = (
    "bond",
    "borderlands",
    "outlook",
    "daring",
    "purse",
    "links",
    "rulers",
    "bargain",
    "commerce",
    "regard",
    "strait",
    "combat",
    "coalition",
)

GROUPS: dict[str, ModuleType] = {name: import_module(f"reference.{name}") for name in FILES}
