"""``python -m amur.questions.checks``: make the outside checks again, and their page in docs/ where there is one."""

from __future__ import annotations

from pathlib import Path

from amur.questions.checks.publish import PAGE, publish

if __name__ == "__main__":
    docs = Path("docs")
    made = publish(docs if docs.is_dir() else None)
    print(f"{len(made['checks'])} checks" + (f", docs/{PAGE}" if docs.is_dir() else ""))
