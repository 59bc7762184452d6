"""Make anew, in order, everything that is worked out once and shipped: ``python tools/publish.py [--from STEP] [--only STEP]``.

Each step rests on those before it. Conditioning takes a quarter of an hour of two cores, validation ten minutes, the rest
together some ten. Tests tell which of it is stale; a step that is not stale gives the same again.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYTHON = sys.executable
AMUR = (PYTHON, "-m", "amur")
STEPS = {
    "condition": (*AMUR, "condition"),
    "validate": (*AMUR, "validate"),
    "prior": (*AMUR, "prior", "--rebuild"),
    "uses": (PYTHON, "-m", "amur.book.uses"),
    "system": (PYTHON, "-m", "amur.book"),
    "book": (*AMUR, "book"),
    "answers": (PYTHON, "-m", "amur.questions.published"),
    "thresholds": (PYTHON, "-m", "amur.questions.watch.publish"),
    "watch": (PYTHON, "-m", "amur.questions.published", "watch"),
    "choices": (PYTHON, "-m", "amur.questions.choices"),
    "standing": (PYTHON, "-m", "amur.questions.standing"),
    "whatif": (PYTHON, "-m", "amur.questions.whatif.making"),
    "checks": (PYTHON, "-m", "amur.questions.checks"),
    "golden": (PYTHON, "tests/questions/golden.py"),
    "outputs": (PYTHON, "tools/outputs.py"),
    "picture": (PYTHON, "tools/picture.py"),
    "page": (PYTHON, "tools/page_picture.py"),
}
"""What is made by which command, in order. Model recovery (``amur validate --recovery``, half an hour) and
calibration (``amur validate --calibration``, ten minutes) are made by themselves, with uses, system and book after;
variants too (``amur condition --variants``, three quarters of an hour), with answers to outputs after."""


def main() -> None:
    """Run the steps asked for; stop at the first that fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--from", dest="first", choices=STEPS, default=next(iter(STEPS)), help="the first step to run"
    )
    parser.add_argument("--only", choices=STEPS, help="the one step to run")
    asked = parser.parse_args()
    names = [asked.only] if asked.only else list(STEPS)[list(STEPS).index(asked.first) :]
    for name in names:
        began = time.monotonic()
        print(f"{name} ...", file=sys.stderr, flush=True)
        if subprocess.run(STEPS[name], cwd=ROOT).returncode:
            sys.exit(f"{name} failed; mend it and go on with: python tools/publish.py --from {name}")
        print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
