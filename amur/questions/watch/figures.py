"""How readings are written; apart from the other words, as checking must not load the model."""

from __future__ import annotations

from amur.questions.words import figure


def plain(value: float) -> str:
    """A reading: whole numbers without decimals, others to about three digits."""
    return f"{value:,.0f}" if float(value).is_integer() and abs(value) < 1e6 else figure(value)
