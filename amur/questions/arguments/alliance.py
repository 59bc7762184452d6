"""Is it an alliance? Markers of integration beside real alliances, and the probability of a binding guarantee."""

from __future__ import annotations

from amur.questions.answer import Number, Row, fact
from amur.questions.arguments import Argument, Found
from amur.questions.arguments.lab import Lab, at, ever
from amur.questions.arguments.verdict import shown
from amur.system.decisions import Treaty

ARGUMENT = Argument(
    "Is it an alliance?",
    "How near are they to an alliance, beside real ones, and will they bind themselves?",
    ("B1", "T13", "G10", "R9"),
    ("integration", "coordination", "intelligence"),
)
PEERS = ("RUS-BLR", "USA-JPN", "PRK-RUS")
PAIR = "CHN-RUS"
BY = "2036-Q4"
OBLIGATIONS = 3
"""Obligations by treaty that the measure alliance.treaties counts: defence, consultation, non-aggression."""


def find(lab: Lab) -> Found:
    """B1: an informal but durable alliance. T13 and R9: no markers of one. G10: no guarantee."""
    bound = lab.look(ever("treaty", Treaty.GUARANTEE, "2026-Q1", BY))
    state = lab.look(lambda run: (run["endstate"][: run.at(BY) + 1] == _code("binding-alliance")).any(axis=0))
    lasting = lab.look(lambda run: run["endstate"][run.at(BY)] != _code("rupture"))
    integration = lab.look(at("integration", BY))
    facts, rows = _markers()
    score = {each.keys["dyad"]: each.value for each in facts if each.name == "markers"}
    real = [score[dyad] for dyad in PEERS if dyad in score]
    held = {row["dyad"]: row for row in rows}
    return Found(
        (
            lab.chance("guarantee", "probability of a binding guarantee by the end of 2036", bound),
            lab.chance("state", "probability that it comes to a binding alliance by then, by treaty or by integration", state),
            lab.quantity("integration", "military integration at the end of 2036", "index", integration),
            *facts,
        ),
        (
            lab.holds("B1", "an alliance in law or in fact by 2036 is likelier than not", lab.own(state).of(lambda each: each > 0.5)),
            lab.holds("G10", "a guarantee by 2036 is less likely than one in ten", lab.own(bound).of(lambda each: each < 0.1)),
            shown("T13 R9", f"the two hold a smaller share of the known markers of an alliance ({score[PAIR]:.0f}%) than real ones do ({min(real):.0f}% or more)", score[PAIR] < min(real)),
            shown("T13", f"apart from treaties they hold no marker of an alliance ({_beyond(held[PAIR]):.0f} are coded as held)", _beyond(held[PAIR]) == 0),
            lab.holds("B1", "whatever it is, it lasts: no rupture at the end of 2036", lasting.of(lambda each: each > 0.5)),
        ),
        (
            (f"Markers count where they are coded: {held[PAIR]['known']:.0f} of 10 for China and Russia. An index of military"
            " integration in the model is not the count of markers."),
        ),
        {"markers": rows},
    )  # fmt: skip


def _beyond(row: Row) -> float:
    """Markers held that are no obligation by treaty."""
    return float(str(row["held"])) - float(str(row["obligations"]))


def _code(name: str) -> int:
    from amur.system.endstates import rules

    return rules().names.index(name)


def _markers() -> tuple[list[Number], tuple[Row, ...]]:
    """Markers held of those known, by dyad at their last coding, from the record."""
    from amur.record import load
    from amur.record.measures import catalogue, measure

    record = load(overlay=False)
    numbers: list[Number] = []
    rows: list[Row] = []
    for dyad in (PAIR, *PEERS):
        names = {str(each) for each in catalogue()["alliance.score"].dyads}
        told = dyad if dyad in names else "-".join(reversed(dyad.split("-")))
        last = {
            name: measure(record, f"alliance.{name}", told).points[-1] for name in ("score", "held", "known")
        }
        year = last["score"].period
        numbers.append(
            fact(
                "markers",
                f"alliance markers held, of those known ({year})",
                "percent",
                last["score"].value,
                {"dyad": dyad},
            )
        )
        treaties = measure(record, "alliance.treaties", told).points[-1]
        rows.append(
            {
                "dyad": dyad, "held": last["held"].value, "known": last["known"].value,
                "obligations": round(treaties.value * OBLIGATIONS / 100), "year": year, "note": last["score"].note,
            }
        )  # fmt: skip
    return numbers, tuple(rows)
