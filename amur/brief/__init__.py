"""The brief: the state of the relationship in a few pages, the same in HTML, PDF and JSON."""

from __future__ import annotations

from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
"""Source Sans Pro, under the SIL Open Font Licence (``OFL.txt``); the serif comes with Typst."""
