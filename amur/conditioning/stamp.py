"""Fingerprints of what a posterior rests on: the declarations of the model, and the code that conditions."""

from __future__ import annotations

import ast
import hashlib
from functools import cache
from pathlib import Path

from amur.system.declare import MECHANISMS, PARAMETERS
from amur.system.observables import OBSERVABLES

HERE = Path(__file__).parent
CODE = (
    HERE / "likelihood.py", HERE / "sampler.py", HERE / "coordinates.py", HERE / "condition.py", HERE / "persistence.py",
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
    """The code of a file without its docstrings and comments."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if (
            isinstance(body, list)
            and body
            and isinstance(body[0], ast.Expr)
            and isinstance(body[0].value, ast.Constant)
        ):
            body[0] = ast.Expr(ast.Constant(None))
    return ast.dump(tree)
