"""What the first page shows, gathered as plain rows: facts of the record, readings, quantities, decisions, lights, events.

Nothing is computed that is not published or in the record, and no model is loaded.
"""

from amur.web.glance.whole import Whole, whole

__all__ = ["Whole", "whole"]
