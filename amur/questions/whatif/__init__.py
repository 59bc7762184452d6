"""What happens if ...? Futures under interventions beside their twins without them, or under two different worlds.

A world is made of built-in scenarios, scenario files and interventions, laid one over the other. Twins have the same
parameters, the same luck and the same world outside, so that what they differ by is the effect of what was done.
"""

from __future__ import annotations

from amur.questions.whatif.answering import answer
from amur.questions.whatif.asked import Asked, World
from amur.questions.whatif.compact import intervention
from amur.questions.whatif.sharing import shared, write

__all__ = ["Asked", "World", "answer", "intervention", "shared", "write"]
