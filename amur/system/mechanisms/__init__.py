"""The mechanisms, one file per group. Importing this package declares them all, in the order listed here."""

from importlib import import_module
from pathlib import Path

for _file in sorted(Path(__file__).parent.glob("[a-z]*.py")):
    import_module(f"{__name__}.{_file.stem}")
