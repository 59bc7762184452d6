"""What MkDocs is told beyond mkdocs.yml: formulas become MathML, folded parts are read as Markdown."""

from __future__ import annotations

from html import escape
from typing import Any

from mathml import mathml


def formula(source: str, language: str, css_class: str, options: Any, md: Any, **more: Any) -> str:
    """A fenced piece in the language `math`. Its LaTeX is what a copy takes along."""
    drawn = mathml(source).replace("<math ", f'<math aria-label="{escape(source, quote=True)}" ', 1)
    return f'<div class="formula" data-search-exclude>{drawn}</div>'


def on_config(config: Any) -> Any:
    fences = config["mdx_configs"].setdefault("pymdownx.superfences", {})
    fences["custom_fences"] = [{"name": "math", "class": "formula", "format": formula}]
    return config


def on_page_markdown(markdown: str, **_: Any) -> str:
    # GitHub reads Markdown inside <details>; Python-Markdown does when it is told to.
    return markdown.replace("<details><summary>", '<details markdown="1"><summary>')
