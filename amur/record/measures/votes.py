"""Political alignment: votes in the General Assembly and the Security Council, ideal points, leaders' meetings.

Agreement is given raw, on contested roll calls only, and corrected for the agreement that two states would
reach by chance given how often each says yes, abstains and says no (Häge 2011). The correction needs the joint
distribution of votes, which the record holds as nine counts a year and dyad (``un.ga.joint.<cell>.<dyad>``).

Two warnings go with every reading. The General Assembly of 2025 voted on many texts that it used to adopt
without a vote (154 of 192 roll calls fall in December), so that only contested roll calls compare with earlier
years. And most roll calls are near-unanimous yes votes: raw agreement is high for almost any pair but the
United States', which is what the contested and the chance-corrected versions put right.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from amur.record.measures.points import combine, held, merged, splice
from amur.record.measures.registry import Dyad, Measure, declare
from amur.record.record import Record
from amur.record.timeseries import Point

VOTES = ("y", "a", "n")
"""Yes, abstain, no: the order of rows and columns, which is also their order as opinions."""

JOINT = (
    "CHN-RUS",
    "CHN-USA",
    "RUS-USA",
    "USA-GBR",
    "USA-JPN",
    "RUS-BLR",
    "CHN-IRN",
    "RUS-IRN",
    "RUS-PRK",
    "CHN-PRK",
    "RUS-IND",
    "RUS-KAZ",
)
"""Dyads whose joint votes are in the record."""

JOINT_CONTESTED = (
    "CHN-RUS",
    "CHN-USA",
    "RUS-USA",
    "USA-GBR",
    "USA-JPN",
    "RUS-BLR",
    "CHN-IRN",
    "RUS-PRK",
)
"""Dyads whose joint votes on contested roll calls are in the record."""

AGREEMENT = (
    *JOINT,
    "CHN-DEU",
    "CHN-FRA",
    "CHN-IND",
    "CHN-KAZ",
    "CHN-PAK",
    "CHN-UKR",
    "CHN-VNM",
    "RUS-UKR",
    "RUS-VNM",
)
"""Dyads whose raw agreement is in the record, or follows from it."""

GREAT_POWERS = ("CHN-RUS", "CHN-USA", "RUS-USA")

CONTESTED = "at least 10 percent of all yes, no and abstain votes were no or abstain"
BREAK = (
    " 2025 is not comparable with earlier years (154 of its 192 roll calls fall in December, on texts usually"
    " adopted without a vote); use the contested version."
)
HAEGE = (
    "Häge 2011, Choice or Circumstance? Adjusting Measures of Foreign Policy Similarity for Chance Agreement,"
    " Political Analysis 19(3)"
)
ORIGINS = {
    "kappa": "Cohen 1960, Educational and Psychological Measurement 20; weighted: Cohen 1968, Psychological"
    " Bulletin 70",
    "pi": "Scott 1955, Public Opinion Quarterly 19; weighted: Krippendorff 1970, Educational and Psychological"
    " Measurement 30",
}
VOETEN = (
    "Bailey, Strezhnev and Voeten 2017, Estimating Dynamic State Preferences, Journal of Conflict Resolution 61"
)
SIGNORINO = "Signorino and Ritter 1999, Tau-b or Not Tau-b, International Studies Quarterly 43"

Distance = Callable[[int, int], float]

DISTANCES: dict[str, Distance] = {
    "nominal": lambda i, j: float(i != j),
    "absolute": lambda i, j: abs(i - j) / 2,
    "squared": lambda i, j: ((i - j) / 2) ** 2,
}
"""How far apart two votes are, from 0 (the same) to 1 (yes against no): an abstention is as far as a contrary
vote, half as far, or a quarter as far."""

DISTANCE_WORDS = {
    "nominal": "yes, abstain and no as three unordered categories",
    "absolute": "yes, abstain and no in order, an abstention half a disagreement",
    "squared": "yes, abstain and no in order, an abstention a quarter of a disagreement (squared distance)",
}

Table = tuple[tuple[float, ...], ...]


class Joint(NamedTuple):
    """The roll calls of a year on which both voted. ``table[i][j]`` counts those where the first state cast
    vote i and the second vote j, in the order of :data:`VOTES`; ``points`` are the nine counts of the record."""

    table: Table
    points: tuple[Point, ...]

    @property
    def many(self) -> float:
        """N, the roll calls on which neither was absent."""
        return sum(map(sum, self.table))

    @property
    def agreed(self) -> float:
        """A, the roll calls with identical votes."""
        return sum(self.table[i][i] for i in range(3))

    @property
    def opposed(self) -> float:
        """O, the roll calls with a yes against a no."""
        return self.table[0][2] + self.table[2][0]


def joint(record: Record, dyad: Dyad, contested: bool = False) -> dict[str, Joint]:
    """The joint votes of a dyad by year, for dyads of :data:`JOINT` (or :data:`JOINT_CONTESTED`)."""
    kind, pair = "contested." if contested else "", str(dyad).lower()
    cells = [
        {point.period: point for point in record.timeseries(f"un.ga.joint.{kind}{x}{y}.{pair}").points}
        for x in VOTES
        for y in VOTES
    ]
    found = {}
    for year in sorted(set(cells[0]).intersection(*cells[1:])):
        points = tuple(cell[year] for cell in cells)
        table = tuple(tuple(point.value for point in points[i : i + 3]) for i in (0, 3, 6))
        found[year] = Joint(table, points)
    return found


def beyond_chance(table: Table, distance: Distance, pooled: bool) -> float | None:
    """One less the observed over the expected disagreement: 1 full agreement, 0 what chance gives.

    Chance draws each state's votes independently from its own distribution of votes (Cohen's kappa), or both
    from the mean of the two (Scott's pi, ``pooled``). None where chance leaves no room to disagree, as when
    both always vote the same way (Häge 2011).
    """
    many = sum(map(sum, table))
    if not many:
        return None
    first = [sum(row) / many for row in table]
    second = [sum(column) / many for column in zip(*table, strict=True)]
    if pooled:
        first = second = [(p + q) / 2 for p, q in zip(first, second, strict=True)]
    pairs = [(i, j) for i in range(len(table)) for j in range(len(table))]
    observed = sum(distance(i, j) * table[i][j] / many for i, j in pairs)
    expected = sum(distance(i, j) * first[i] * second[j] for i, j in pairs)
    return 1 - observed / expected if expected else None


def _per_year(
    record: Record, dyad: Dyad, value: Callable[[Joint], float | None], contested: bool = False
) -> list[Point]:
    """A value of each year's joint votes; the note gives A and N."""
    found = []
    for year, votes in joint(record, dyad, contested).items():
        result = value(votes)
        if result is not None:
            note = f"A={votes.agreed:.0f}, N={votes.many:.0f}"
            found.append(merged(year, result, votes.points, note))
    return found


def _share(part: Callable[[Joint], float]) -> Callable[[Joint], float | None]:
    return lambda votes: 100 * part(votes) / votes.many if votes.many else None


@declare(
    name="votes.ga.agreement",
    title="Agreement in the UN General Assembly",
    unit="percent",
    dimension="political",
    definition="Recorded votes on adopted resolutions in the calendar year on which both cast the same vote (yes,"
    " abstain or no), as a share of those on which neither was absent." + BREAK,
    formula="100 A / N",
    literature="Lijphart 1963, The Analysis of Bloc Voting in the General Assembly, APSR 57 (his index gives half"
    " a point for an abstention, this one none)",
    dyads=AGREEMENT,
    claims=("R3", "B10", "P6"),
)
def agreement(record: Record, dyad: Dyad) -> list[Point]:
    recorded = held(record, f"un.ga.agree.{str(dyad).lower()}")
    counted = _per_year(record, dyad, _share(lambda v: v.agreed)) if str(dyad) in JOINT else []
    return splice(recorded, counted)


@declare(
    name="votes.ga.agreement.contested",
    title="Agreement in the UN General Assembly, contested votes",
    unit="percent",
    dimension="political",
    definition=f"As votes.ga.agreement, over contested roll calls only: those where {CONTESTED}.",
    formula="100 A / N over contested roll calls",
    literature="Häge and Hug 2016, Consensus Decisions and Similarity Measures in International Organizations,"
    " International Interactions 42 (why uncontested votes distort)",
    dyads=JOINT_CONTESTED,
    claims=("R3", "B10", "P6"),
)
def agreement_contested(record: Record, dyad: Dyad) -> list[Point]:
    recorded = held(record, f"un.ga.agree.contested.{str(dyad).lower()}")
    return splice(recorded, _per_year(record, dyad, _share(lambda v: v.agreed), contested=True))


@declare(
    name="votes.ga.opposite",
    title="Opposite votes in the UN General Assembly",
    unit="percent",
    dimension="political",
    definition="Recorded votes on which one said yes and the other no, as a share of those on which neither was"
    " absent; an abstention is never opposite." + BREAK,
    formula="100 O / N",
    literature="Lijphart 1963, APSR 57",
    dyads=JOINT,
    claims=("R3", "G11"),
)
def opposite(record: Record, dyad: Dyad) -> list[Point]:
    counted = _per_year(record, dyad, _share(lambda v: v.opposed))
    return splice(held(record, f"un.ga.opposite.{str(dyad).lower()}"), counted)


@declare(
    name="votes.ga.opposite.contested",
    title="Opposite votes in the UN General Assembly, contested votes",
    unit="percent",
    dimension="political",
    definition=f"As votes.ga.opposite, over contested roll calls only: those where {CONTESTED}.",
    formula="100 O / N over contested roll calls",
    literature="Lijphart 1963, APSR 57",
    dyads=JOINT_CONTESTED,
    claims=("R3", "G11"),
)
def opposite_contested(record: Record, dyad: Dyad) -> list[Point]:
    return _per_year(record, dyad, _share(lambda v: v.opposed), contested=True)


@declare(
    name="votes.ga.s",
    title="Similarity S of votes in the UN General Assembly",
    unit="index -1..+1",
    dimension="political",
    definition="Signorino and Ritter's S with equal weights and absolute distances: 1 where all votes are the"
    " same, -1 where all are opposite. Not corrected for chance: given to show what the correction changes."
    + BREAK,
    formula="S = 1 - 2 sum_ij d_ij n_ij / N, d_ij = |i-j|/2",
    literature=SIGNORINO,
    dyads=JOINT,
    claims=("R3",),
)
def s_score(record: Record, dyad: Dyad) -> list[Point]:
    return _per_year(record, dyad, similarity)


def similarity(votes: Joint) -> float | None:
    """S: one less twice the mean absolute distance of votes; None without votes (Signorino and Ritter 1999)."""
    apart = DISTANCES["absolute"]
    pairs = [(i, j) for i in range(3) for j in range(3)]
    return 1 - 2 * sum(apart(i, j) * votes.table[i][j] for i, j in pairs) / votes.many if votes.many else None


def _beyond_chance(index: str, distance: str, contested: bool = False) -> Measure:
    """Declares kappa or pi for one distance, over all or contested roll calls."""
    own = "each state's own distribution of votes" if index == "kappa" else "the mean distribution of the two"
    letter = "p_i q_j" if index == "kappa" else "m_i m_j, m = (p + q)/2"

    def compute(record: Record, dyad: Dyad) -> list[Point]:
        return _per_year(
            record,
            dyad,
            lambda votes: beyond_chance(votes.table, DISTANCES[distance], pooled=index == "pi"),
            contested,
        )

    return declare(
        name=f"votes.ga.{index}{'.contested' if contested else ''}{'' if distance == 'nominal' else '.' + distance}",
        title=f"{"Cohen's kappa" if index == 'kappa' else "Scott's pi"} of votes in the UN General Assembly"
        f"{', contested votes' if contested else ''}"
        f"{'' if distance == 'nominal' else f', {distance} distance'}",
        unit="index -1..+1",
        dimension="political",
        definition=f"Agreement beyond chance: 1 is full agreement, 0 what two states would reach by chance with"
        f" {own}, below 0 less than that. Votes: {DISTANCE_WORDS[distance]}. Absences excluded."
        + (f" Only roll calls where {CONTESTED}." if contested else BREAK),
        formula=f"1 - sum_ij d_ij n_ij/N / sum_ij d_ij e_ij, e_ij = {letter}; d: {distance} distance",
        literature=f"{HAEGE}; {ORIGINS[index]}",
        dyads=JOINT_CONTESTED if contested else JOINT,
        claims=("R3", "B10", "P6"),
    )(compute)


kappa = _beyond_chance("kappa", "nominal")
kappa_absolute = _beyond_chance("kappa", "absolute")
kappa_squared = _beyond_chance("kappa", "squared")
kappa_contested = _beyond_chance("kappa", "nominal", contested=True)
kappa_contested_absolute = _beyond_chance("kappa", "absolute", contested=True)
kappa_contested_squared = _beyond_chance("kappa", "squared", contested=True)
pi = _beyond_chance("pi", "nominal")
pi_absolute = _beyond_chance("pi", "absolute")
pi_squared = _beyond_chance("pi", "squared")
pi_contested = _beyond_chance("pi", "nominal", contested=True)
pi_contested_absolute = _beyond_chance("pi", "absolute", contested=True)
pi_contested_squared = _beyond_chance("pi", "squared", contested=True)


@declare(
    name="votes.ga.joined-no",
    title="No votes joined in the UN General Assembly",
    unit="percent",
    dimension="political",
    definition="Of the roll calls of the year on which b voted no and a was not absent, the share on which a voted"
    " no too: how far a stands by b where b objects. The note gives a's abstentions and yes votes." + BREAK,
    formula="100 n_NN / (n_YN + n_AN + n_NN), columns b",
    literature="own definition, from the joint votes",
    dyads=(*JOINT, *(str(Dyad.parse(text).swapped) for text in JOINT)),
    claims=("B10", "R3", "P1"),
    directed=True,
)
def joined_no(record: Record, dyad: Dyad) -> list[Point]:
    as_stored = str(dyad) in JOINT
    found = []
    for year, votes in joint(record, dyad if as_stored else dyad.swapped).items():
        table = votes.table if as_stored else tuple(zip(*votes.table, strict=True))
        yes, abstained, no = (row[2] for row in table)
        objected = yes + abstained + no
        if objected:
            note = f"{dyad.b} voted no on {objected:.0f}: {dyad.a} no {no:.0f}, abstain {abstained:.0f}, yes {yes:.0f}"
            found.append(merged(year, 100 * no / objected, votes.points, note))
    return found


def _ideal_point_distance(kind: str, words: str) -> Measure:
    def compute(record: Record, dyad: Dyad) -> list[Point]:
        first, second = (record.timeseries(f"un.ga.idealpoint.{kind}{side.lower()}") for side in dyad)
        return combine(lambda one, other: abs(one - other), first, second)

    return declare(
        name=f"votes.ga.idealpoint-distance{'.' + kind.rstrip('.') if kind else ''}",
        title=f"Distance of ideal points in the UN General Assembly, {words}",
        unit="index",
        dimension="political",
        definition=f"Absolute difference of the two states' ideal points on the main dimension of voting, {words};"
        " the scale is fixed across years by resolutions that recur.",
        formula="|theta_a - theta_b|",
        literature=VOETEN,
        dyads=GREAT_POWERS,
        claims=("R3", "G7", "P6"),
    )(compute)


idealpoint_distance = _ideal_point_distance("", "final-passage votes")
idealpoint_distance_allvotes = _ideal_point_distance("allvotes.", "all votes")
