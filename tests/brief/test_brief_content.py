"""What the brief says: every number sourced, nothing known too early, the user's own evidence named."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from amur.brief import document as d
from amur.brief.content import compose, fingerprint
from amur.brief.facts import Facts
from amur.brief.make import Made
from amur.brief.sections.events import MOST, PER_KIND, choose
from amur.brief.sections.trade import concentrated
from amur.errors import AmurError
from amur.record import Record, periods
from amur.record.schema import Event
from amur.record.timeseries import Point, TimeSeries

DATE = re.compile(
    r"\b(?:\d{1,2}\s)?(?:(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s)?(?:19|20)\d\d\b"
)
CLAIM = re.compile(r"^[A-Z]\d+$")


def ends(period: str) -> dt.date:
    return periods.end(period.rpartition(" to ")[2])


def test_every_number_has_unit_period_and_source(made: Made, record: Record) -> None:
    notes = {note.key for note in made.brief.notes}
    numbers = made.brief.numbers()
    assert len(numbers) > 150
    for number in numbers:
        assert number.unit, number
        ahead = number.name.startswith("answer.")
        assert ends(number.period) <= dt.date(2046 if ahead else 2026, 12, 31), number
        assert number.sources, number
        assert set(number.sources) <= notes, number
        assert number.rests_on, number
        assert set(number.rests_on) <= set(record.sources), number


def test_no_number_stands_outside_a_number(made: Made) -> None:
    """Text of the brief's own holds no figures but dates: every other figure is a sourced number or a quotation."""
    for run in made.brief.runs():
        if isinstance(run, str) and not CLAIM.match(run):
            rest = DATE.sub("", run.replace("\N{NO-BREAK SPACE}", " "))
            assert not re.search(r"\d", rest), run


def test_every_figure_and_table_says_where_it_comes_from(made: Made) -> None:
    assert len(made.brief.figures()) >= 15
    for figure in made.brief.figures():
        cited = [run for run in figure.caption if isinstance(run, d.Cite)]
        assert cited, figure.name
        assert all(run.sources for run in cited), figure.name
        assert len(figure.alt) > 40, figure.name
        assert d.text_of(figure.finding), figure.name
    for table in made.brief.tables():
        assert d.text_of(table.caption), table.name
        assert all(len(row) == len(table.columns) for row in table.rows), table.name


def test_all_four_dimensions_and_the_house_parts_are_there(made: Made) -> None:
    names = [section.name for section in made.brief.sections]
    assert names == [
        "trade", "energy", "finance", "diplomacy", "security", "society", "alignment", "events", "essays",
        "readings", "arguments", "outlook", "limits",
    ]  # fmt: skip
    assert {s.dimension for s in made.brief.sections} >= {"economic", "political", "security", "societal"}


def test_headline_numbers_are_those_of_the_record(made: Made, record: Record) -> None:
    """Two numbers of the opening, looked up by hand in the raw series."""
    headline = {row["name"]: row for row in made.headline()}
    trade = record.timeseries("trade.total.chn-rus").latest
    assert trade is not None
    assert headline["Goods trade"]["value"] == trade.value
    assert headline["Goods trade"]["sources"] == list(trade.sources)
    share = record.timeseries("trade.share.chn-in-rus-total.calc").latest
    assert share is not None
    assert headline["Russia’s trade dependence on China"]["value"] == pytest.approx(share.value, abs=0.05)


def test_a_cut_brief_knows_nothing_later(cut: d.Brief) -> None:
    last = ends(cut.as_of.removeprefix("As of ").split()[-1])
    for run in cut.runs():
        if isinstance(run, d.Number):
            assert ends(run.period) <= last, run
        if isinstance(run, d.Quote) and run.date:
            assert ends(run.date) <= last, run
    for figure in cut.figures():
        assert max(years_drawn(figure.spec), default=0) <= last.year + 1, figure.name
    said = " ".join(run if isinstance(run, str) else getattr(run, "text", "") for run in cut.runs())
    said += " ".join(figure.alt for figure in cut.figures())
    # A contract or plan of the time may name a year to come; the brief's own words may not.
    own = " ".join(run for run in cut.runs() if isinstance(run, str))
    assert [year for year in map(int, re.findall(r"\b(?:19|20)\d\d\b", own)) if year > last.year] == []
    assert said


def years_drawn(spec: dict[str, object]) -> list[float]:
    found: list[float] = []
    for layer in spec.get("layer", []):  # type: ignore[attr-defined]
        for row in layer.get("data", {}).get("values", []):
            found += [row["x"]] if isinstance(row.get("x"), int | float) and row["x"] > 1900 else []
    return found


def test_a_cut_brief_is_shorter_and_says_what_is_missing(record: Record, made: Made) -> None:
    early = compose(record.cut("1995-12-31"))
    assert len(early.numbers()) < len(made.brief.numbers()) / 2
    missing = " ".join(
        d.text_of(b.runs) for b in early.blocks() if isinstance(b, d.Paragraph) and b.style == "missing"
    )
    assert "joint exercises" in missing
    assert "meetings of the presidents" in missing


@pytest.mark.parametrize("day", ["1992-01-01", "1992-12-31", "1998-06-30", "2004-02-29"])
def test_any_date_from_1992_on_gives_a_brief(record: Record, day: str) -> None:
    brief = compose(record.cut(day))
    assert brief.sections
    assert all(run.sources for run in brief.numbers())


def test_a_date_before_the_record_is_refused(record: Record) -> None:
    with pytest.raises(AmurError, match="the record begins in 1992"):
        compose(record.cut("1991-12-31"))


def test_a_value_of_a_later_vintage_is_marked_in_a_cut(cut: d.Brief, made: Made) -> None:
    assert any(number.revised for number in cut.numbers())
    assert not any(number.revised for number in made.brief.numbers())
    flagged = next(number for number in cut.numbers() if number.revised)
    assert d.flags(flagged) == "r"


def test_the_users_own_evidence_is_named_where_used(record: Record) -> None:
    row = next(r for r in record.tables.observations if (r.series, r.period) == ("trade.total.chn-rus", "2025"))
    rows = [r for r in record.tables.observations if r is not row] + [row._replace(value=999.0, origin="mine")]
    brief = compose(Record(replace(record.tables, observations=rows)))
    mine = [number for number in brief.numbers() if number.overlay]
    assert mine
    assert all(d.flags(number).startswith("†") for number in mine)
    assert "mine" in brief.status
    assert brief.overlays == ("mine",)
    assert any(
        "mine" in d.text_of(section.blocks[-1].runs) for section in brief.sections if section.name == "limits"
    )  # type: ignore[union-attr]
    assert fingerprint(record) != brief.record_hash


def event(date: str, kind: str, n: int = 0) -> Event:
    return Event(f"{date}.{kind}.{n}", date, kind, "CHN;RUS", "Something happened.", "s", "")


def test_the_events_shown_follow_the_rule() -> None:
    summits = [event(f"2020-{m:02d}-01", "summit") for m in range(1, 7)]
    contracts = [event(f"2020-{m:02d}-02", "contract") for m in range(1, 7)]
    chosen = choose(summits + contracts, {contracts[0].event})
    assert set(summits) <= set(chosen)
    assert [e for e in chosen if e.kind == "contract"] == [contracts[0], *contracts[-2:]]
    assert chosen == sorted(chosen, key=lambda e: (e.date, e.event))
    many = [
        event("2020-01-01", kind, n)
        for kind in ("patrol", "exercise", "label", "statement", "arctic", "friction", "espionage")
        for n in range(9)
    ]
    taken = choose(many, set())
    assert len(taken) == MOST
    assert max(sum(e.kind == kind for e in taken) for kind in {e.kind for e in taken}) == PER_KIND


def test_the_record_hash_follows_the_record(record: Record) -> None:
    assert fingerprint(record) == fingerprint(record.cut(None))
    assert fingerprint(record) != fingerprint(record.cut("2020-01-01"))


def test_a_reference_is_shown_once_for_neighbours() -> None:
    a = d.Number("1", 1.0, "count", "2020", ("s",), "x")
    b = d.Number("2", 2.0, "count", "2020", ("t",), "x")
    brief = d.Brief("t", "s", "st", "a", "v", "h", (d.Paragraph((a, " and ", a, " then ", b)),), ())
    view = d.as_json(d.with_notes(brief, lambda key: (f"about {key}", "")))
    shown = [
        [ref["note"] for ref in run["refs"]] for run in view["opening"][0]["runs"] if run["kind"] == "number"
    ]
    assert shown == [[], [1], [2]]
    assert [note["anchors"] for note in view["notes"]] == [["ref-1-1"], ["ref-2-1"]]


# What a reader would take from a sentence ---------------------------------------------------------------


def figure(brief: d.Brief, name: str) -> str:
    """Everything that a figure says in words."""
    one = next(figure for figure in brief.figures() if figure.name == name)
    return " ".join(d.text_of(part) for part in (one.finding, one.caption, one.text))


def test_gas_to_europe_says_where_the_counts_differ(made: Made, record: Record) -> None:
    assert "18\N{NO-BREAK SPACE}bcm in 2025 without Türkiye" in figure(made.brief, "energy-volumes")
    assert "ten years before with Türkiye" in figure(made.brief, "energy-volumes")
    assert "Türkiye" not in figure(compose(record.cut("2013-12-31")), "energy-volumes")


def test_the_votes_apart_are_counted_over_all_roll_calls(made: Made, record: Record) -> None:
    """Dated events name only some of them: five of fourteen in 2025."""
    apart = record.timeseries("un.ga.joint.an.chn-rus").values["2025"]
    number = next(n for n in made.brief.numbers() if n.name == "un.ga.joint.an.chn-rus")
    assert (number.value, number.text, number.period) == (apart, "fourteen", "2025")


def test_forecasts_of_the_gas_price_are_called_so(made: Made) -> None:
    assert "(forecast or estimate: 2023, 2024 and 2025)" in figure(made.brief, "gas-price")
    lead = d.text_of(made.brief.opening[0].runs)  # type: ignore[union-attr]
    assert "by Moscow’s own outlook" in lead


def test_overlapping_bounds_tell_no_direction(record: Record) -> None:
    low, high = (TimeSeries(name, name, "index 0-10,000", "A", "", ()) for name in ("low", "high"))
    facts = Facts(record)

    def said(*rows: tuple[float, float]) -> str:
        years = ("2010", "2020")
        lows, highs = (
            [Point(year, row[end], ("trade-wdi-2026",)) for year, row in zip(years, rows, strict=True)]
            for end in (0, 1)
        )
        return d.text_of(
            concentrated(facts, replace(low, points=tuple(lows)), replace(high, points=tuple(highs)))
        )

    assert "too wide to tell a change" in said((1000, 3000), (2000, 4000))
    assert "more than ten years before" in said((1000, 1500), (2000, 4000))
    assert "less than ten years before" in said((2000, 4000), (1000, 1500))


def test_distances_rank_no_pair(made: Made, record: Record) -> None:
    assert "nearest" not in figure(made.brief, "distances")
    assert "too few to rank" in figure(made.brief, "distances")
    # In 1995 three pairs share the near end: all are named.
    assert "China–Iran, Russia–North Korea and China–North Korea" in figure(
        compose(record.cut("1995-12-31")), "distances"
    )


@pytest.mark.parametrize("name", ["ladder", "support"])
def test_a_dashed_line_is_spoken_of_only_where_it_is_drawn(cut: d.Brief, made: Made, name: str) -> None:
    for brief in (cut, made.brief):
        spec = next(one for one in brief.figures() if one.name == name).spec
        dashed = any(layer["mark"].get("strokeDash", [1, 0]) == [3, 2] for layer in spec["layer"])
        assert ("dashed" in figure(brief, name)) == dashed


def test_the_highest_year_is_not_set_against_itself(record: Record) -> None:
    said = figure(compose(record.cut("2003-12-31")), "arms")
    assert "the most so far" in said
    assert "at their height" not in said


def test_a_quoted_coding_knows_nothing_later(cut: d.Brief) -> None:
    year = int(cut.as_of.split()[-1])
    assert [y for y in map(int, re.findall(r"\b(?:19|20)\d\d\b", figure(cut, "markers"))) if y > year] == []


def test_notes_name_the_holder_of_the_data_then_the_copy(made: Made, record: Record) -> None:
    text = {note.key: note.text for note in made.brief.notes}
    assert text["security-sipri-register-2026"].startswith(
        "Stockholm International Peace Research Institute (copy in a public repository), “"
    )
    assert text["trade-tass-2025fy"].startswith("TASS, “")
    assert "copy" not in text["series:trade.dependence.rus-chn+trade.dependence.chn-rus"]


def test_tables_gather_the_references_of_a_row(made: Made) -> None:
    """Under Notes at the end of the row, each once and in order; the cells before show none."""
    blocks = [*made.view["opening"], *(b for section in made.view["sections"] for b in section["blocks"])]
    gathered = [b for b in blocks if b["kind"] == "table" and b["columns"][-1]["title"] == d.NOTES]
    assert {table["shape"] for table in gathered} == {
        "key", "goods", "essays", "readings", "arguments", "endstates",
    }  # fmt: skip
    for table in gathered:
        for *cells, last in table["rows"]:
            runs = [run for cell in cells for run in cell.get("runs", [])]
            assert not any(run["refs"] for run in runs)
            shown = [ref["note"] for run in last["runs"] for ref in run["refs"]]
            assert shown == sorted({note for run in runs for note in run.get("notes", [])})


def test_an_own_value_of_a_later_year_does_not_move_the_day_of_the_brief(record: Record) -> None:
    """Else one forecast would empty the last twelve months."""
    row = next(r for r in record.tables.observations if (r.series, r.period) == ("trade.total.chn-rus", "2025"))
    mine = row._replace(period="2030", value=300.0, origin="mine")
    brief = compose(Record(replace(record.tables, observations=[*record.tables.observations, mine])))
    assert brief.as_of == compose(record).as_of
    assert any(table.name == "events" for table in brief.tables())
    lead = d.text_of(brief.opening[0].runs)  # type: ignore[union-attr]
    assert "in 2030" in lead
    assert "of China’s (2025)" in lead
