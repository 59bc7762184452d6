"""Great powers together in the Security Council, and the meetings of the two presidents."""

from __future__ import annotations

from collections.abc import Iterable

from amur.record.measures.points import combine, held, splice, total, where
from amur.record.measures.registry import Dyad, declare
from amur.record.measures.running import cumulative
from amur.record.measures.votes import GREAT_POWERS
from amur.record.record import Record
from amur.record.timeseries import Point


@declare(
    name="votes.sc.agreement",
    title="Agreement in the UN Security Council",
    unit="percent",
    dimension="political",
    definition="Resolutions adopted by a recorded vote on which both cast the same vote (yes, no, abstain, not"
    " taking part), as a share of all; vetoed and failed drafts are not in it, so that it says nothing of vetoes.",
    formula="100 A / N",
    literature="Voeten 2001, Outside Options and the Logic of Security Council Action, APSR 95 (adopted"
    " resolutions are a selected set)",
    dyads=GREAT_POWERS,
    claims=("R3", "G5"),
)
def security_council_agreement(record: Record, dyad: Dyad) -> list[Point]:
    return held(record, f"un.sc.agree.{str(dyad).lower()}")


@declare(
    name="votes.sc.agreement.contested",
    title="Agreement in the UN Security Council where it was not unanimous",
    unit="percent",
    dimension="political",
    definition="As votes.sc.agreement, over the adopted resolutions on which some member did not vote yes. All"
    " disagreements lie there; the few resolutions of quiet years make it jumpy.",
    formula="100 (1 - (1 - agreement/100) adopted / nonunanimous)",
    literature="own definition, after the contested votes of the General Assembly",
    dyads=GREAT_POWERS,
    claims=("R3", "G5"),
)
def security_council_agreement_contested(record: Record, dyad: Dyad) -> list[Point]:
    def share(agreed: float, adopted: float, divided: float) -> float:
        apart = round((1 - agreed / 100) * adopted)
        return 100 * (1 - apart / divided)

    names = (f"un.sc.agree.{str(dyad).lower()}", "un.sc.adopted", "un.sc.adopted.nonunanimous")
    return combine(share, *(record.timeseries(name) for name in names))


@declare(
    name="votes.sc.abstentions.joint",
    title="Joint abstentions in the UN Security Council",
    unit="count",
    dimension="political",
    definition="Adopted resolutions of the year on which both abstained or took no part in the vote.",
    formula="count",
    literature="UN Digital Library voting records",
    dyads=("CHN-RUS",),
    claims=("R3", "G5"),
)
def joint_abstentions(record: Record, dyad: Dyad) -> list[Point]:
    return held(record, f"un.sc.abstain.{str(dyad).lower()}")


@declare(
    name="votes.sc.vetoes.joint",
    title="Joint vetoes in the UN Security Council",
    unit="count",
    dimension="political",
    definition="Draft resolutions of the year vetoed by both; votes on amendments and procedure not counted.",
    formula="count",
    literature="World Politics Data Lab list of vetoes; CSIS 2025 for the years since 2023",
    dyads=("CHN-RUS",),
    claims=("R3", "G5", "B10"),
)
def joint_vetoes(record: Record, dyad: Dyad) -> list[Point]:
    return held(record, f"un.sc.vetoes.{str(dyad).lower()}")


@declare(
    name="votes.sc.vetoes.joint.cumulative",
    title="Joint vetoes in the UN Security Council since 1992",
    unit="count",
    dimension="political",
    definition="Running total of votes.sc.vetoes.joint from 1992.",
    formula="sum since 1992",
    literature="World Politics Data Lab list of vetoes; CSIS 2025 for the years since 2023",
    dyads=("CHN-RUS",),
    claims=("R3", "G5", "B10"),
)
def joint_vetoes_cumulative(record: Record, dyad: Dyad) -> list[Point]:
    return cumulative(held(record, f"un.sc.vetoes.{str(dyad).lower()}"), "1992")


@declare(
    name="votes.sc.vetoes.joined",
    title="Vetoes of the partner joined since 1992",
    unit="percent",
    dimension="political",
    definition="Joint vetoes as a share of b's vetoes, both summed from 1992: how often a shares the cost of b's"
    " veto. No value before b's first veto.",
    formula="100 joint vetoes / vetoes of b, running totals",
    literature="own definition, from the list of vetoes",
    dyads=("CHN-RUS", "RUS-CHN"),
    claims=("R3", "B10"),
    directed=True,
)
def vetoes_joined(record: Record, dyad: Dyad) -> list[Point]:
    both = cumulative(record.timeseries("un.sc.vetoes.chn-rus"), "1992")
    partner = cumulative(record.timeseries(f"un.sc.vetoes.{dyad.b.lower()}"), "1992")
    return combine(lambda joined, all_vetoes: 100 * joined / all_vetoes, both, partner)


def _said_as_lower_bound(points: Iterable[Point]) -> list[Point]:
    """Points whose source note calls them a minimum say so first."""
    return [
        point._replace(note=f"at least this many; {point.note}") if "minimum" in point.note else point
        for point in points
    ]


MEETINGS = "dip.meetings.heads-of-state"


@declare(
    name="meetings.leaders",
    title="Meetings of the two presidents",
    unit="count",
    dimension="political",
    definition="Meetings of the Chinese and Russian presidents in the year, in person and by video; phone calls"
    " excluded. The sum of both kinds where each is counted (from 2020), else the count of all. 2005, 2009 and"
    " 2012 are lower bounds; 2002-2004 and 2011 are missing.",
    formula="in person + video",
    literature="Papageorgiou and Vieira 2023, Europe-Asia Studies (visits as an indicator of cooperation)",
    dyads=("CHN-RUS",),
    claims=("G6", "R2"),
)
def leaders_meetings(record: Record, dyad: Dyad) -> list[Point]:
    kinds = total(*(record.timeseries(f"{MEETINGS}.{kind}") for kind in ("inperson", "video")))
    return _said_as_lower_bound(splice(kinds, record.timeseries(MEETINGS)))


@declare(
    name="meetings.leaders.inperson",
    title="Meetings of the two presidents in person",
    unit="count",
    dimension="political",
    definition="As meetings.leaders, in person only. Before 2013 the record does not part the kinds and no video"
    " meeting is known, so that all are taken as in person.",
    formula="count",
    literature="Papageorgiou and Vieira 2023, Europe-Asia Studies",
    dyads=("CHN-RUS",),
    claims=("G6", "R2"),
)
def leaders_meetings_inperson(record: Record, dyad: Dyad) -> list[Point]:
    earlier = where(record.timeseries(MEETINGS), lambda point: point.period < "2013")
    return _said_as_lower_bound(splice(record.timeseries(f"{MEETINGS}.inperson"), earlier))


@declare(
    name="meetings.leaders.cumulative",
    title="Meetings of Xi and Putin since 2013",
    unit="count",
    dimension="political",
    definition="Running total of meetings.leaders from 2013; the published totals of the Chinese side"
    " (dip.meetings.xi-putin.cumulative) are the check.",
    formula="sum since 2013",
    literature="Papageorgiou and Vieira 2023, Europe-Asia Studies",
    dyads=("CHN-RUS",),
    claims=("G6", "R2"),
)
def leaders_meetings_cumulative(record: Record, dyad: Dyad) -> list[Point]:
    return cumulative(leaders_meetings.compute(record, dyad), "2013")
