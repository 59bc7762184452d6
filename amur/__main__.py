"""``python -m amur`` is the command ``amur``."""

from amur.cli import run

run()
