"""Fingerprints of what a posterior rests on: the declarations of the model, and the code that conditions."""

from __future__ import annotations

import hashlib
import tokenize
from functools import cache
from pathlib import Path

from amur.system.declare import MECHANISMS
from amur.system.observables import OBSERVABLES
from amur.system.parameters import PARAMETERS  # all of them, in their one order

HERE = Path(__file__).parent
CODE = (
    HERE / "likelihood.py", HERE / "sampler.py", HERE / "metric.py", HERE / "coordinates.py", HERE / "condition.py", HERE / "persistence.py",
    HERE / "habits.py", HERE.parent / "system" / "measurement.py", HERE.parent / "system" / "observables.py", HERE.parent / "system" / "flows.py",
    HERE.parent / "system" / "step.py", HERE.parent / "system" / "accounts.py", HERE.parent / "system" / "lines.py",
)  # fmt: skip
"""Files whose code moves a posterior beside what is declared: priors, equations, observables."""


@cache
def code_stamp() -> str:
    """A fingerprint of the model and of how it is conditioned; comments and docstrings leave it as it is."""
    told = hashlib.sha256()
    for name, parameter in PARAMETERS.items():
        told.update(f"{name} {parameter.prior.words}\n".encode())
    for name, mechanism in sorted(MECHANISMS.items()):
        told.update(f"{name} {mechanism.equation}\n".encode())
    for name, made in OBSERVABLES.items():
        told.update(f"{name} {made.link} {made.model} {made.floor} {made.gather} {made.fitted}\n".encode())
    for file in CODE:
        told.update(without_words(file).encode())
    return told.hexdigest()[:16]


def without_words(file: Path) -> str:
    """The code of a file without its docstrings, comments and layout: the same in every version of Python.

    A docstring is a text that stands alone as a statement.
    """
    kept: list[str] = []
    fresh = True  # at the beginning of a statement
    with file.open("rb") as stream:
        for token in tokenize.tokenize(stream.readline):
            if token.type in (tokenize.ENCODING, tokenize.COMMENT, tokenize.NL):
                continue
            if token.type in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT):
                if not (kept and kept[-1].startswith("\n")):
                    kept.append("\n")
                fresh = True
                continue
            if not (fresh and token.type == tokenize.STRING):
                kept.append(token.string)
            fresh = False
    return " ".join(kept)
