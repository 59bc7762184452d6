"""From a user's file to evidence: shapes, mappings, units, dates, sources, and one error for a broken cell."""

import datetime as dt
import hashlib

import pytest

import amur.record
from amur.errors import AmurError
from amur.record.own import overlay
from amur.record.own.add import answer, plan, questions
from amur.record.own.cells import period_of
from amur.record.own.mapping import Mapping, SeriesPart, SourcePart, read_mapping
from amur.record.own.questions import accept
from amur.record.own.sheets import read_sheet

SERIES = "trade.total.chn-rus"


@pytest.fixture(autouse=True)
def data_dir(tmp_path, monkeypatch):
    monkeypatch.setenv("AMUR_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def file(tmp_path):
    def make(text, name="mine.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
        return path

    return make


@pytest.fixture
def excel(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")

    def make(name="mine.xlsx", **sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        book.save(tmp_path / name)
        return tmp_path / name

    return make


def values(addition):
    return {(row.series, row.period): row.value for row in addition.observations}


# Files with the record's own columns


def test_own_columns_need_no_mapping(file, data_dir):
    addition = plan(
        file("series,period,value,note\ntrade.total.chn-rus,2021,150,mine\ntrade.total.chn-rus,2031,9\n")
    )
    assert values(addition) == {(SERIES, "2021"): 150.0, (SERIES, "2031"): 9.0}
    ((old, new),) = addition.shadowed
    assert (old.value, new.value, new.note, new.origin) == (146.887, 150.0, "mine", "mine")
    assert not data_dir.exists()
    overlay.add(addition)
    assert amur.record.load().timeseries(SERIES).at("2021").origin == "mine"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("series,period,value\ntrade.total.chn-rus,2021,150.5\n", "utf-8-sig"),
        ("series;period;value\ntrade.total.chn-rus;2021;150.5\n", "utf-8"),
        ("series\tperiod\tvalue\r\ntrade.total.chn-rus\t2021\t150.5\r\n", "utf-16"),
        ('"series","period","value"\n\n"trade.total.chn-rus","2021"," 150.5 "\n\n', "utf-8"),
        ("series,2021\ntrade.total.chn-rus,150.5\n", "utf-8"),
    ],
)
def test_ways_of_writing_a_csv_table(file, text, encoding):
    assert values(plan(file(text, encoding=encoding))) == {(SERIES, "2021"): 150.5}


def test_excel_parquet_and_csv_say_the_same(excel, tmp_path):
    pytest.importorskip("pyarrow")
    import pandas

    rows = [
        ["series", "period", "value"],
        [SERIES, dt.date(2021, 12, 31), 150.5],
        [SERIES, dt.date(2031, 1, 1), None],
    ]
    frame = pandas.DataFrame(rows[1:], columns=rows[0])
    frame.to_parquet(tmp_path / "odd[name]*.parquet")
    frame.to_csv(tmp_path / "mine.csv", index=False)
    for path in (excel(Sheet=rows), tmp_path / "odd[name]*.parquet", tmp_path / "mine.csv"):
        addition = plan(path)
        assert values(addition) == {(SERIES, "2021"): 150.5}
        assert "1 empty or missing values left out" in addition.remarks


def test_a_new_series_described_beside_its_values(file):
    text = "series,period,value,unit,title,topic,reporter\nown.x,2020-Q1,1,US$ bn,Mine,trade,chn\nown.x,2020-Q2,2,US$ bn,Mine,trade,chn\n"
    (series,) = plan(file(text)).series
    assert (series.unit, series.frequency, series.reporter, series.role) == ("US$ bn", "Q", "CHN", "observable")
    assert series.definition == "Mine"
    with pytest.raises(AmurError, match="line 3, field 'title': .*further up"):
        plan(file(text.replace("2,US$ bn,Mine", "2,US$ bn,Other")))


def test_units_are_converted(file):
    addition = plan(file("series,period,value,unit\ntrade.total.chn-rus,2021,150500,US$ mn\n"))
    assert values(addition) == {(SERIES, "2021"): 150.5}
    assert addition.remarks == ("trade.total.chn-rus: converted from US$ mn to US$ bn",)
    with pytest.raises(AmurError, match="is in US. bn, the file in Mt"):
        plan(file("series,period,value,unit\ntrade.total.chn-rus,2021,150500,Mt\n"))
    with pytest.raises(AmurError, match="'US. mm'"):
        plan(file("series,period,value,unit\ntrade.total.chn-rus,2021,150500,US$ mm\n"))


def test_a_value_far_from_the_one_it_shadows_is_pointed_out(file):
    addition = plan(file("series,period,value\ntrade.total.chn-rus,2021,150500\n"))
    assert "far from the value it shadows" in addition.remarks[0]


def test_events(file):
    addition = plan(
        file(
            "date,kind,what,actors,topic\n2022-02-04,summit,They met.,chn rus,\n20300105,own-kind,A thing.,,society\n"
            "2022-02-04,summit,They met again.,CHN;RUS,\n"
        )
    )
    ids = [event.event for event in addition.events]
    assert ids == ["2022-02-04.summit.2", "2030-01-05.own-kind", "2022-02-04.summit.3"]
    assert addition.events[0].actors == "CHN;RUS"
    assert [event.topic for event in addition.events] == ["diplomacy", "society", "diplomacy"]
    assert addition.shadowed == ()
    overlay.add(addition)
    assert amur.record.load().event["2030-01-05.own-kind"].origin == "mine"
    shadow = plan(file("event,date,kind,what\n2022-02-04.summit,2022-02-04,summit,Other words.\n", "b.csv"))
    assert [old.event for old, _ in shadow.shadowed] == ["2022-02-04.summit"]
    with pytest.raises(AmurError, match="kind 'new' is new and its topic is not said"):
        plan(file("date,kind,what\n2030-01-05,new,A thing.\n"))


def test_codings_go_to_their_own_file(file, data_dir):
    from amur.record.coded import codings

    path = file("decision,quarter,value,reason\nsupport,2022-Q1,nonsense,because\n", "c.csv")
    with pytest.raises(AmurError, match=r"c\.csv, line 2"):
        plan(path)
    name = next(
        name for name, rule in codings.coding_rules.read().definitions.items() if rule.kind != codings.VIEW
    )
    value = codings.coding_rules.read().definitions[name].values[0]
    addition = plan(file(f"decision,quarter,value,reason\n{name},2022-Q1,{value},because\n", "c.csv"))
    overlay.add(addition)
    assert (data_dir / "codings.csv").read_text().splitlines()[1] == f"{name},2022-Q1,{value},because"
    assert overlay.names() == ["codings"]


# Sources


def test_a_row_without_a_source_rests_on_the_file(file):
    path = file("series,period,value\ntrade.total.chn-rus,2021,1\n")
    (source,) = plan(path).sources
    checksum = hashlib.sha256(path.read_bytes()).hexdigest()
    assert source.source == "own.mine"
    assert source.title.startswith("mine.csv, ")
    assert checksum in source.title
    assert source.published == dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC).date().isoformat()


def test_sources_named_in_rows(file):
    path = file(
        "series,period,value,source\n"
        f"{SERIES},2018,1,trade-tass-2025fy\n{SERIES},2019,2,Ministry https://a.example/x\n"
        f"{SERIES},2020,3,Ministry https://a.example/x\n{SERIES},2021,4,\n"
    )
    addition = plan(path)
    assert [row.source for row in addition.observations] == [
        "trade-tass-2025fy",
        "own.mine.1",
        "own.mine.1",
        "own.mine",
    ]
    assert addition.sources[0].url == "https://a.example/x"
    overlay.add(addition)
    assert len(amur.record.load().timeseries(SERIES).cited()) > 2


def test_a_source_told_by_the_mapping(file):
    mapping = Mapping(
        columns={"period": "Year", "value": "Sum"},
        series=(SeriesPart(SERIES, unit="US$ bn"),),
        source=SourcePart("Ministry", "Review", "2024-05", "https://a.example"),
    )
    (source,) = plan(file("Year,Sum\n2021,1\n"), mapping).sources
    assert (source.publisher, source.published, source.url) == ("Ministry", "2024-05", "https://a.example")
    assert source.title.startswith("Review (mine.csv, ")


# Mappings

TOML = """\
sheet = "Data"
header = 3
decimal = ","
thousands = " "
missing = ["n/a"]

[columns]
period = "Jahr"
note = "Bemerkung"

[[series]]
series = "trade.total.chn-rus"
column = "Handel"
unit = "US$ mn"

[[series]]
series = "own.students"
column = "Studenten"
unit = "thousand"
title = "Students"
definition = "Students in all."
topic = "society"
reporter = "CHN"
partner = "RUS"
"""


def test_a_mapping_with_everything(file, excel):
    rows = [
        ["A table of mine"],
        [None],
        ["Jahr", "Handel", "Studenten", "Bemerkung", "Rest"],
        [2021, "150 500,5", 30, "so", "x"],
        [2031, "n/a", 31.5, None, None],
    ]
    addition = plan(excel(Data=rows, Other=[["x"]]), file(TOML, "m.toml"), name="two")
    assert values(addition) == {
        (SERIES, "2021"): 150.5005,
        ("own.students", "2021"): 30.0,
        ("own.students", "2031"): 31.5,
    }
    (series,) = addition.series
    assert (series.title, series.topic, series.frequency, series.origin) == ("Students", "society", "A", "two")
    assert "columns left aside: Rest" in addition.remarks
    overlay.add(addition)
    assert amur.record.load().timeseries("own.students").latest.value == 31.5


def test_years_as_columns_with_labels(file):
    mapping = Mapping(
        wide=True,
        columns={"series": "Flow", "note": "Note"},
        series=(
            SeriesPart("trade.exports.chn-rus", label="China to Russia", unit="US$ bn"),
            SeriesPart("trade.exports.rus-chn", label="Russia to China", unit="US$ bn"),
        ),
    )
    text = "Flow,2030,2031,Note\nChina to Russia,1,2,a\nRussia to China,3,,\n"
    assert values(plan(file(text), mapping)) == {
        ("trade.exports.chn-rus", "2030"): 1,
        ("trade.exports.chn-rus", "2031"): 2,
        ("trade.exports.rus-chn", "2030"): 3,
    }
    with pytest.raises(
        AmurError, match="line 4, field 'Flow': the series 'Russia to china' is not known. Did you"
    ):
        plan(file(text + "Russia to china,1,,\n"), mapping)


def test_a_mapping_reads_back_as_it_was_written(file):
    mapping = read_mapping(file(TOML, "m.toml"))
    again = read_mapping(file(mapping.as_toml(), "n.toml"))
    assert vars(again) | {"file": ""} == vars(mapping) | {"file": ""}
    assert mapping.header == 3
    assert mapping.missing == ("n/a",)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("header = 3", "header = true", "line 2, field 'header': 'True' is not a whole number"),
        ("header = 3", "header = 0", "line 2, field 'header': lines are counted from 1"),
        ("header = 3", "heder = 3", "line 2, field 'heder': the key 'heder' is not known. Did you mean header"),
        ("header = 3", "header = ", "line 2: is not TOML"),
        ('decimal = ","', 'decimal = ";"', "line 3, field 'decimal'"),
        ('thousands = " "', 'thousands = ","', "line 4, field 'thousands'"),
        ('["n/a"]', '"n/a"', "line 5, field 'missing': 'n/a' is not a list"),
        ('["n/a"]', "[1]", "line 5, field 'missing': '1' is not a text"),
        ("period =", "periode =", "line 8, field 'periode': the key 'periode' is not known"),
        ("[columns]\n", "[[columns]]\n", "line 7, field 'columns': is not a table"),
        ("period = ", "kind = ", "field 'kind': the key 'kind' is not known"),
        ('series = "own.students"\n', "", "names no series"),
        ('unit = "US$ mn"', "", "the unit of 'trade.total.chn-rus' is not said"),
        ('"thousand"', '"thousands"', "field 'unit': the unit 'thousands' is not known. Did you mean thousand"),
        (
            'topic = "society"',
            "",
            "field 'topic': the series 'own.students' is not in the record and its topic",
        ),
        ('title = "Students"', "", "its title is not said"),
        ('"Handel"', '"Handl"', "the file has no column 'Handl'. Did you mean Handel"),
        ('sheet = "Data"', 'sheet = "Dat"', "there is no sheet 'Dat' with anything on it. Did you mean Data"),
        ('partner = "RUS"', 'partner = "Russia"', "field 'partner': 'RUSSIA' is not a list of countries"),
        ('"own.students"', '"own students"', "'own students' is not an identifier"),
    ],
)
def test_a_broken_mapping(file, excel, data_dir, old, new, words):
    assert old in TOML
    path = excel(Data=[[], [], ["Jahr", "Handel", "Studenten", "Bemerkung"], [2021, 1, 2, ""]])
    with pytest.raises(AmurError, match=words) as caught:
        plan(path, file(TOML.replace(old, new, 1), "m.toml"))
    assert "\n" not in str(caught.value)
    assert not data_dir.exists()


# Broken cells


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", r"mine.csv, line 1: there is no row of column names"),
        ("series,period,value\n", "there is nothing to add"),
        ("a,b\n1,2\n", "the columns a, b are not the record's own"),
        ("series,period,value,value\n", "two columns are called 'value'"),
        ("series,period,value\ntrade.total.chn-rus,2021,1,2\n", "line 2: the row has more fields"),
        ("series,period,value\n\ntrade.total.chn-rus,2021,x\n", "line 3, field 'value': 'x' is not a number"),
        ("series,period,value\ntrade.total.chn-rus,2021,nan\n", "line 2, field 'value': 'nan' is not finite"),
        ("series,period,value\ntrade.total.chn-rus,2021,1_0\n", "'1_0' is not a number"),
        (
            'series,period,value\ntrade.total.chn-rus,2021,"1,5"\n',
            "'1,5' is not a number. Write a decimal point",
        ),
        (
            "series,period,value\ntrade.total.chn-rus,2021-02-30,1\n",
            "'2021-02-30' is not a day of the calendar",
        ),
        (
            "series,period,value\ntrade.total.chn-rus,2021-Q1,1\n",
            "the series is annual but the period is '2021-Q1'",
        ),
        ("series,period,value\ntrade.total.chn-rus,21,1\n", "line 2, field 'period': '21' is not a period"),
        ("series,period,value\ntrade.total.chn-rus,,1\n", "line 2, field 'period': is empty"),
        ("series,period,value\n,2021,1\n", "line 2, field 'series': is empty"),
        ("series,period,value\ntrade.total.chn-ruz,2021,1\n", "'trade.total.chn-ruz' is not in the record"),
        (
            "series,period,value\ntrade.total.chn-rus,2021,1\ntrade.total.chn-rus,2021-06-30,1\n",
            "already on line 2",
        ),
        ('series,period,value\ntrade.total.chn-rus,2021,"1\n', "is not CSV"),
        ("date,kind,what\n2021-13-01,summit,x\n", "line 2, field 'date': '2021-13-01' is not in the calendar"),
        ("date,kind,what\n2021-12-01,summit,\n", "line 2, field 'what': is empty"),
        (
            "date,kind,what,actors\n2021-12-01,summit,x,Russia\n",
            "line 2, field 'actors': 'RUSSIA' is not a list",
        ),
        (
            "date,kind,what,topic\n2021-12-01,summit,x,trad\n",
            "the topic 'trad' is not known. Did you mean trade",
        ),
    ],
)
def test_a_broken_cell_is_one_error_and_nothing_is_written(file, data_dir, text, words):
    with pytest.raises(AmurError, match=words) as caught:
        plan(file(text))
    assert "mine.csv" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not data_dir.exists()


def test_broken_excel_files(file, excel, tmp_path):
    head = ["series", "period", "value"]
    with pytest.raises(AmurError, match=r"\(sheet 'Data'\), line 3, field 'value': '#DIV/0!' is not a number"):
        plan(excel(Data=[head, [SERIES, 2021, 1], [SERIES, 2031, "#DIV/0!"]]))
    with pytest.raises(AmurError, match=r"line 2: the formula =1\+1 has no computed value"):
        plan(excel(Data=[head, [SERIES, 2021, "=1+1"]]))
    with pytest.raises(AmurError, match="a truth value"):
        plan(excel(Data=[head, [SERIES, 2021, True]]))
    with pytest.raises(AmurError, match="there are 2 sheets: Data, More"):
        plan(excel(Data=[head, [SERIES, 2021, 1]], More=[["x"]], Empty=[]))
    with pytest.raises(AmurError, match="the workbook is empty"):
        plan(excel(Data=[]))
    with pytest.raises(AmurError, match="is not a readable Excel workbook"):
        plan(file(b"PK\x03\x04nonsense", "x.xlsx"))
    with pytest.raises(AmurError, match="is not a readable Parquet file"):
        plan(file(b"PAR1nonsense", "x.parquet"))
    with pytest.raises(AmurError, match=r"files of the kind '\.xls' are not read"):
        plan(file("x", "x.xls"))
    with pytest.raises(AmurError, match="byte 0 is not UTF-8"):
        plan(file(b"\xff\xee", "x.csv"))
    for name in ("no.csv", "no.xlsx", "no.parquet"):
        with pytest.raises(AmurError, match=f"{name}: there is no such file"):
            plan(tmp_path / name)
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(AmurError, match="this is a folder"):
        plan(tmp_path / "folder.xlsx")


def test_a_computed_series_cannot_be_written_over(file):
    from amur.record.derived import recipes

    name = next(iter(recipes.recipes()))
    with pytest.raises(AmurError, match="is computed from other series"):
        plan(file(f"series,period,value,unit,title,topic\n{name},2021,1,US$ bn,x,trade\n"))


@pytest.mark.parametrize(
    ("stem", "name"),
    [("My table (2)", "My-table-2"), ("Торговля", "evidence"), ("Évidence", "Evidence"), ("..x", "x")],
)
def test_names_from_files(file, stem, name):
    assert plan(file("series,period,value\ntrade.total.chn-rus,2021,1\n", f"{stem}.csv")).name == name


def test_names_that_are_not_allowed(file):
    path = file("series,period,value\ntrade.total.chn-rus,2021,1\n")
    with pytest.raises(AmurError, match="is not an identifier"):
        plan(path, name="a/b")
    with pytest.raises(AmurError, match="kept for your own codings"):
        plan(path, name="codings")


@pytest.mark.parametrize(
    ("cell", "frequency", "period"),
    [
        ("2019", "A", "2019"),
        (2019, "A", "2019"),
        (2019.0, "A", "2019"),
        ("2019-Q3", "Q", "2019-Q3"),
        ("2019q3", "Q", "2019-Q3"),
        ("2019-07", "M", "2019-07"),
        ("2019-07-31", "M", "2019-07"),
        ("20190731", "Q", "2019-Q3"),
        ("2019-07-31T12:00:00Z", "A", "2019"),
        (dt.date(2019, 12, 31), "Q", "2019-Q4"),
        (dt.datetime(2019, 1, 1), "A", "2019"),
    ],
)
def test_dates_of_every_kind(cell, frequency, period):
    assert period_of(cell, frequency) == period


@pytest.mark.parametrize(
    "cell", [43831, "2019-7", "Q3 2019", "2019/20", True, None, "0000", "٢٠١٩", "2019-W05"]
)
def test_what_is_not_a_period(cell):
    with pytest.raises(ValueError, match=".; write"):
        period_of(cell, "A")


# Questions


def ask(path, **given):
    told = {}
    while still_open := questions(path, told):
        question = still_open[0]
        assert question.key not in told
        told[question.key] = accept(question, given.get(question.key, ""))
    return told


def test_no_questions_where_the_file_explains_itself(file):
    assert questions(file("series,period,value\n")) == []
    assert questions(file("decision,quarter,value,reason\n")) == []


def test_questions_suggest_what_the_table_shows(file):
    path = file("Month;Turnover, US$ mn;Remark\n2030-01-31;1.110,5;x\n2030-02-28;1.080,0;\n")
    given = {"series.0.series": "own.turnover", "series.0.topic": "trade", "series.0.frequency": "M"}
    mapping = answer(path, ask(path, **given))
    assert mapping.columns == {"period": "Month", "value": "Turnover, US$ mn", "note": "Remark"}
    assert (mapping.decimal, mapping.thousands) == (",", ".")
    assert mapping.series[0].unit == "US$ mn"
    addition = plan(path, mapping)
    assert values(addition) == {("own.turnover", "2030-01"): 1110.5, ("own.turnover", "2030-02"): 1080.0}


def test_questions_about_several_known_series_in_a_wide_sheet(excel):
    rows = [["Flow", 2030, 2031], ["trade.exports.chn-rus", 1, 2], ["Other way", 3, 4]]
    path = excel(First=[["nothing"]], Data=rows)
    told = ask(path, sheet="Data", **{"series.1.series": "trade.exports.rus-chn"})
    addition = plan(path, answer(path, told))
    assert len(addition.observations) == 4
    assert addition.series == ()


def test_questions_about_events(file):
    path = file("Day,Event,Type,Countries\n2030-01-05,They met.,summit,CHN;RUS\n")
    addition = plan(path, answer(path, ask(path)))
    assert addition.events[0].what == "They met."
    assert addition.events[0].actors == "CHN;RUS"


def test_answers_that_cannot_be_taken(file):
    path = file("Year,Sum,Remark\n2030,1,x\n")
    (first, *_) = questions(path)
    with pytest.raises(AmurError, match="'both' is not among the choices"):
        accept(first, "both")
    told = {"kind": "observations", "columns.period": "Year", "columns.value": "Sum", "columns.series": ""}
    named = next(question for question in questions(path, told) if question.key == "series.0.series")
    with pytest.raises(AmurError, match="an answer is needed"):
        accept(named, " ")
    with pytest.raises(AmurError, match="is not an identifier"):
        accept(named, "my series")
    note = next(question for question in questions(path, told) if question.key == "columns.note")
    assert accept(note, "") == "Remark"
    assert accept(note, "-") == ""


def test_too_many_series_to_ask_about(file):
    path = file("Name,2030,2031\n" + "".join(f"row {n},1,2\n" for n in range(13)))
    with pytest.raises(AmurError, match="there are 13 series in the column 'Name', too many to ask about"):
        ask(path)


# Adding again


def test_adding_again_over_other_evidence(file):
    path = file("series,period,value,unit,title,topic\nown.x,2020,1,US$ bn,Mine,trade\n", "base.csv")
    overlay.add(plan(path))
    overlay.add(plan(file("series,period,value\nown.x,2021,2\n", "more.csv")))
    again = plan(path)
    assert again.replaces
    assert [row.series for row in again.series] == ["own.x"]
    overlay.add(again, replacing=True)
    assert amur.record.load().timeseries("own.x").values == {"2020": 1.0, "2021": 2.0}


def test_what_json_tells(file):
    told = plan(file("series,period,value\ntrade.total.chn-rus,2021,1\ntrade.total.chn-rus,2031,1\n")).as_json()
    assert told["counts"] == {"sources": 1, "series": 0, "observations": 2, "events": 0, "shadowed": 1}
    assert [row["period"] for row in told["first_new"]] == ["2031"]
    assert told["first_shadowed"][0]["old"]["value"] == 146.887


def test_reading_leaves_no_blank_names(file):
    sheet = read_sheet(file("a,b,,\n1,2,,\n"))
    assert sheet.header == ("a", "b")
    assert sheet.rows == ((2, ("1", "2")),)
