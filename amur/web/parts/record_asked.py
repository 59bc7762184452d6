"""What the pages of the record may be asked with."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from fastapi import Path
from pydantic import AfterValidator, Field

from amur.record import periods
from amur.web.asked import Asked
from amur.web.drawn import Width

Name = Annotated[str, Path(max_length=160, description="The name of it, as lists give it")]
Code = Annotated[str, Field(pattern="^[A-Z]{3}$|^$", description="A country or group by its code, such as CHN")]


def _day(told: str) -> str:
    """A date or a period that is in the calendar, between 1000 and 2999."""
    if told:
        if not re.fullmatch(r"[12][0-9]{3}(-Q[1-4]|-[0-9]{2}(-[0-9]{2})?)?", told):
            raise ValueError(f"'{told}' is not a date; Write 2021-12-31, 2021-12 or 2021.")
        try:
            periods.end(told)
        except ValueError:
            raise ValueError(f"'{told}' is not in the calendar; Write 2021-12-31.") from None
    return told


Day = Annotated[
    str, Field(max_length=10, description="A day, month or year, such as 2021-12-31"), AfterValidator(_day)
]
Text = Annotated[str, Field(max_length=400, description="Words that must all occur")]
Page = Annotated[int, Field(ge=1, le=1000, description="Which page of the list")]
Each = Annotated[int, Field(ge=1, le=200, description="How many to a page")]


class Over(Asked):
    """Through what time something is shown, as it was known when."""

    as_of: Day = Field("", description="Only what was known on this day")
    strict: bool = Field(
        False, description="With as_of: leave out values that are held only in a later vintage"
    )
    since: Day = Field("", description="Drawn from this year, quarter or month on")
    until: Day = Field("", description="Drawn up to this year, quarter or month")
    also: list[Annotated[str, Field(max_length=160)]] = Field(
        [], alias="with", max_length=5, description="Further series, measures (NAME:RUS-CHN) or decisions to draw beside it"
    )  # fmt: skip

    def address(self) -> dict[str, object]:
        """What was asked, as an address says it."""
        return {
            name: value
            for name, value in self.model_dump(by_alias=True, exclude_defaults=True, exclude={"width"}).items()
            if value not in ("", [], False)
        }


class OfMeasure(Over):
    """A measure: of which two."""

    dyad: str = Field(
        "", max_length=7, description="Two codes such as RUS-CHN: in dependence, the first relies on the second"
    )


class OverWide(Over):
    """The same as a chart."""

    width: Width = Field("wide", description="How wide the chart is")


class OfMeasureWide(OfMeasure):
    """The same as a chart."""

    width: Width = Field("wide", description="How wide the chart is")


class Series(Asked):
    """Which series, measures and decisions are looked for."""

    q: Text = ""
    topic: str = Field("", max_length=40, description="Only this topic, such as trade")
    dimension: str = Field("", max_length=40, description="economic, political, security, societal or outside")
    country: Code = ""
    partner: Code = Field("", description="With country: only what lies between the two")
    kind: Literal["", "recorded", "derived", "measure", "decision"] = Field(
        "", description="Recorded as found, derived from others, computed as a measure, or a coded decision"
    )
    frequency: Literal["", "A", "Q", "M"] = Field("", description="Annual, quarterly or monthly")
    role: Literal["", "observable", "forcing", "comparator"] = Field("", description="What it is in the model")
    page: Page = 1
    each: Each = 30


class Events(Asked):
    """Which events are looked for."""

    q: Text = ""
    topic: str = Field("", max_length=40, description="Only this topic, such as diplomacy")
    dimension: str = Field("", max_length=40, description="economic, political, security, societal or outside")
    kind: str = Field("", max_length=60, description="Only this kind, such as summit")
    country: Code = Field("", description="Only with this actor, such as CHN")
    partner: Code = Field("", description="And with this one")
    since: Day = Field("", description="From this day on")
    until: Day = Field("", description="Up to this day")
    order: Literal["newest", "oldest"] = Field("newest", description="Which come first")
    page: Page = 1
    each: Each = 40


class EventsWide(Events):
    """The same as a chart."""

    width: Width = Field("wide", description="How wide the chart is")


class Sources(Asked):
    """Which sources are looked for."""

    q: Text = ""
    page: Page = 1
    each: Each = 40
