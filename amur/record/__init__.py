"""The evidence: what happened, with the source of every number, from 1992 on."""

from amur.record.record import Record, load
from amur.record.schema import Event, Observation, Series, Source
from amur.record.timeseries import Point, TimeSeries

__all__ = ["Event", "Observation", "Point", "Record", "Series", "Source", "TimeSeries", "load"]
