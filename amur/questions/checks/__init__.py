"""Outside checks of what-ifs: our effects beside published studies, and beside what the record shows of natural experiments.

A what-if has no truth to be scored against. What can be done is to lay it beside others who computed the nearest thing
with other means, and beside the times at which the world itself changed one thing more than others. Numbers are
published with the package; ``python -m amur.questions.checks`` makes them again.
"""

from __future__ import annotations

from amur.questions.checks.publish import FILE, PAGE, publish, published, stamp, write_page

__all__ = ["FILE", "PAGE", "publish", "published", "stamp", "write_page"]
