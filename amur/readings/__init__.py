"""Readings: rival answers to what the relationship is, as priors with reasons and predictions that can fail.

``readings()`` are the ten that come with amur, ``reading(name)`` one of them or of a file, ``read(file)`` a file.
"""

from amur.readings.files import read, reading, readings
from amur.readings.reading import Apart, Entry, Predicts, Reading

__all__ = ["Apart", "Entry", "Predicts", "Reading", "read", "reading", "readings"]
