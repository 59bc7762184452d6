"""``amur ask``: seven questions, each with an answer in words, numbers and a picture."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from amur.cli import options
from amur.questions import QUESTIONS

app = options.new_app()


@app.callback()
def about() -> None:
    """Ask a question: an answer in words, numbers with their spread and data share, and a picture to save."""


for name, what in QUESTIONS.items():
    if find_spec(f"amur.cli.ask.{name}"):
        app.command(name, short_help=what)(import_module(f"amur.cli.ask.{name}").command)
