"""What is this relationship? Ten rival readings weighed by how well each foretold the record, and what moved them.

No futures are run: the answer comes from the published evidence of each year and each observation, so that it is
there in a moment. Only a reading of the user's own takes minutes, once.
"""

from amur.questions.reading.asked import Asked
from amur.questions.reading.make import answer

__all__ = ["Asked", "answer"]
