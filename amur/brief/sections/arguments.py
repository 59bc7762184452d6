"""Twelve points on which the essays contradict each other or commit themselves: a number, and the record's verdict."""

from __future__ import annotations

from amur.brief import words
from amur.brief.document import NOTES, Column, Mark, Paragraph, Quote, Runs, Section, Table, noted
from amur.brief.facts import Facts
from amur.brief.sections.answers import quoted, ranged, told
from amur.brief.sections.essays import told_of_essays
from amur.brief.sections.parts import section
from amur.brief.words import say
from amur.questions.answer import Answer

KIND = {"supported": "good", "contradicted": "bad"}


def arguments(facts: Facts) -> Section | None:
    from amur.questions.arguments import ARGUMENTS

    answers = [answer for name in ARGUMENTS if (answer := told(facts, f"argue:{name}")) is not None]
    if not answers:
        return None
    verdicts = [str(answer.tables["verdict"][0]["verdict"]) for answer in answers]
    counts = [(verdict, verdicts.count(verdict)) for verdict in dict.fromkeys(sorted(verdicts, key=_order))]
    sums = words.listed([f"{words.in_words(many)} {verdict}" for verdict, many in counts])
    every = [str(each["verdict"]) for answer in answers for each in answer.tables["positions"]]
    claims = {claim[0] for answer in answers for claim in str(answer.tables["verdict"][0]["on"]).split()}
    return section(
        "arguments",
        "What the essays argue about, put to the record and the model",
        "",
        [
            Table(
                "arguments",
                (f"Arguments, each as a number, and the verdict on one position: {sums}",),
                (
                    Column("Argument"), Column("The number (nine tenths of what is likely)"), Column("The position tested"), Column("Verdict"),
                    Column("Rests on"), Column(NOTES, "right"),
                ),
                tuple(row(facts, answer) for answer in answers),
                "arguments",
            ),
            Paragraph((f"{all_of(every)} {foot(claims)}",), "missing"),
        ],
    )  # fmt: skip


def row(facts: Facts, answer: Answer) -> tuple[Runs | Mark, ...]:
    """An argument: what is asked, its number, the position tested, the verdict, and how much of it is data."""
    first, judged, position = answer.numbers[0], answer.tables["verdict"][0], answer.tables["positions"][0]
    value = ranged(facts, answer, first)
    about = Quote(quoted(first.about[:1].upper() + first.about[1:]), "", ())
    tested = Quote(quoted(f"{judged['on']}: {position['tested']}"), "", ())
    verdict = str(judged["verdict"])
    model = str(position["model"])
    said = verdict.removesuffix(" by the record")
    if said == "undecided" and model in ("holds", "fails"):
        said += f"; {model} in the model"
    return (
        (answer.title,),
        say("{about}: {value}", about=about, value=value),
        (tested,),
        Mark(said, KIND.get(verdict, "none")),
        (first.share_in_words.removeprefix("mostly ") if first.share_in_words != "mixed" else "data and assumption",),
        noted(value),
    )  # fmt: skip


def foot(letters: set[str]) -> str:
    """How to read the table."""
    return (
        f"Position: by the number of its claim in the list that amur claims prints; {told_of_essays(letters)}. Supported or contradicted: the record "
        "made the position, as tested, clearly likelier or less likely than the readings had it before, and likely or unlikely. Undecided: it did not, even where "
        "the model’s own assumptions settle it. amur argue shows every position with its reasons."
    )


def all_of(verdicts: list[str]) -> str:
    """How many of all positions the record supports and contradicts."""
    supported, contradicted = (words.in_words(verdicts.count(kind)) for kind in KIND)
    return f"Among all positions taken in these arguments the record supports {supported} and contradicts {contradicted}; the others it leaves undecided."


def _order(verdict: str) -> int:
    return ["supported", "contradicted"].index(verdict) if verdict in KIND else len(KIND)
