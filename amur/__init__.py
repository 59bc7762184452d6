"""Amur: an executable, evidence-scored model of the China–Russia relationship."""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Parts of the package are imported when first asked for, so that the command line starts at once."""
    if name in ("record",):
        return import_module(f"amur.{name}")
    if name == "simulate":
        try:
            return import_module("amur.futures.simulate").simulate
        except ModuleNotFoundError as error:
            if error.name not in ("jax", "jaxlib", "scipy"):
                raise
            told = f"the model needs {error.name}; run: pip install 'amur[model]'"
            raise ModuleNotFoundError(told, name=error.name) from None
    raise AttributeError(f"module 'amur' has no attribute '{name}'")
