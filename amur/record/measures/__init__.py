"""Measures on the record: what the field computes from such data, for China–Russia and any dyad it can serve."""

from amur.record.measures.registry import Dyad, Measure, catalogue, measure

__all__ = ["Dyad", "Measure", "catalogue", "measure"]
