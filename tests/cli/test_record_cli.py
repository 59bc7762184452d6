"""``amur record``: what it prints, for people and for programs, and one line for every fault."""

from __future__ import annotations

import csv
import io
import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from running import Ran, Run  # type: ignore[import-not-found]

from amur.record import load

SERIES = "trade.total.chn-rus"
DERIVED = "trade.total.chn-rus.spliced"


def one_line(ran: Ran) -> str:
    """The single line of a fault: exit code 2, nothing on standard output."""
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith("amur: ")
    assert ran.err.count("\n") == 1
    return ran.err


def test_summary(run: Run) -> None:
    told = run("record", "summary", "--json").json()
    record = load()
    assert {name: told[name] for name in ("sources", "series", "observations", "events")} == {
        "sources": len(record.sources),
        "series": len(record.series),
        "observations": len(record.observations),
        "events": len(record.events),
    }
    assert sum(topic["observations"] for topic in told["topics"].values()) == told["observations"]
    written = run("record", "summary").out
    assert f"{told['observations']:,} observations" in written
    assert all(topic in written for topic in told["topics"])


def test_summary_cut_at_a_date(run: Run) -> None:
    then = run("record", "summary", "--as-of", "2010-12-31", "--json").json()
    strict = run("record", "summary", "--as-of", "2010-12-31", "--strict", "--json").json()
    assert strict["observations"] < then["observations"] < len(load().observations)
    assert then["last_year"] <= 2010
    assert "as known on 2010-12-31" in run("record", "summary", "--as-of", "2010-12-31").out


def test_list_finds_by_all_words(run: Run) -> None:
    found = run("record", "list", "gas", "price", "--json").json()
    assert found
    for row in found:
        text = " ".join(str(row[name]) for name in ("series", "title", "definition", "reporter", "partner"))
        assert "gas" in text.lower()
        assert "price" in text.lower()
    (row,) = [row for row in found if row["series"] == "energy.price.gas.deu"]
    periods = list(load().timeseries("energy.price.gas.deu").values)
    assert (row["first"], row["last"], row["observations"]) == (periods[0], periods[-1], len(periods))


def test_list_by_topic_role_frequency_and_kind(run: Run) -> None:
    found = run("record", "list", "--topic", "trade", "--role", "forcing", "--frequency", "a", "--json").json()
    assert {(row["topic"], row["role"], row["frequency"]) for row in found} == {("trade", "forcing", "A")}
    derived = run("record", "list", "--derived", "--json").json()
    assert {row["kind"] for row in derived} == {"derived"}
    assert DERIVED in [row["series"] for row in derived]
    assert "trade.dependence" in [row["name"] for row in run("record", "list", "--measures", "--json").json()]


def test_list_as_of_leaves_out_what_was_not_known(run: Run) -> None:
    found = run("record", "list", "--as-of", "1999", "--json").json()
    assert found
    assert all(row["observations"] > 0 and row["last"][:4] <= "1999" for row in found)


def test_nothing_found_is_an_answer(run: Run) -> None:
    assert run("record", "list", "nosuchword", "--json").json() == []
    ran = run("record", "list", "nosuchword")
    assert (ran.code, ran.out) == (0, "")
    assert "no series fits" in ran.err


def test_a_table_in_a_pipe_is_whole_and_plain(run: Run) -> None:
    ran = run("record", "list", "sanctions")
    assert "\033" not in ran.out
    assert "…" not in ran.out
    assert not any(line.endswith(" ") for line in ran.out.splitlines())


def test_show_a_recorded_series(run: Run) -> None:
    written = run("record", "show", SERIES).out
    series = load().timeseries(SERIES)
    for told in (
        series.title,
        series.unit,
        "annual",
        "Exports plus imports of China with Russia",
        "Sources (20)",
    ):
        assert told in written
    assert ["2025", "228.105", "trade-tass-2025fy"] in [line.split() for line in written.splitlines()]
    assert "No value for 1997–1998, 2000, 2003, 2012." in written
    assert "Later vintage than first published: 1996, 1999, 2009, 2015." in written
    assert "█" in written
    assert max(len(line) for line in written.splitlines() if "http" not in line) <= 80
    everything = run("record", "show", SERIES, "--all").out
    assert all(source.url in everything for source in series.cited())


def test_show_as_json_and_csv(run: Run) -> None:
    series = load().timeseries(SERIES)
    told = run("record", "show", SERIES, "--json").json()
    assert [(p["period"], p["value"]) for p in told["points"]] == list(series.values.items())
    assert len(told["sources"]) == len(series.cited())
    rows = list(csv.DictReader(io.StringIO(run("record", "show", SERIES, "--csv").out)))
    assert [(row["period"], float(row["value"])) for row in rows] == list(series.values.items())
    assert all(row["citation"] and row["unit"] == "US$ bn" for row in rows)


def test_show_a_derived_series_tells_its_recipe(run: Run) -> None:
    written = run("record", "show", DERIVED).out
    assert "Recipe" in written
    assert "why:" in written
    assert run("record", "show", DERIVED, "--json").json()["recipe"]


def test_show_as_of(run: Run) -> None:
    told = run("record", "show", SERIES, "--as-of", "2015-06-30", "--json").json()
    assert told["points"][-1]["period"] == "2014"
    assert told["as_of"] == "2015-06-30"
    assert "As known on 2015-06-30" in run("record", "show", SERIES, "--as-of", "2015-06-30").out
    assert "No values were known then." in run("record", "show", SERIES, "--as-of", "1990").out


@pytest.mark.parametrize("ending", ["svg", "html"])
def test_show_saves_a_chart(run: Run, tmp_path: Path, ending: str) -> None:
    ran = run("record", "show", SERIES, "--save", str(tmp_path / f"chart.{ending}"))
    assert ran.code == 0
    assert "China-Russia goods trade" in (tmp_path / f"chart.{ending}").read_text(encoding="utf-8")


def test_events(run: Run) -> None:
    found = run(
        "record", "events", "veto", "--actor", "prk", "--since", "2022", "--until", "2024-12-31", "--json"
    ).json()
    assert found
    for event in found:
        assert "PRK" in event["actors"]
        assert "2022" <= event["date"] <= "2024-12-31"
        assert event["citation"]
    kinds = {event["kind"] for event in run("record", "events", "--kind", "summit", "--json").json()}
    assert kinds == {"summit"}


def test_sources_and_what_rests_on_them(run: Run) -> None:
    found = run("record", "sources", "levada", "--json").json()
    record = load()
    for source in found:
        used = [row for row in record.observations if row.source == source["source"]]
        assert source["observations"] == len(used)
    one = run("record", "source", "trade-wdi-2026", "--json").json()
    assert one["terms"]["terms"] == "CC BY 4.0"
    assert "trade.gdp.chn" in one["series"]
    assert "CC BY 4.0" in run("record", "source", "trade-wdi-2026").out


def test_sql_as_table_json_and_csv(run: Run) -> None:
    question = f"SELECT period, value, note FROM observations WHERE series = '{SERIES}' ORDER BY period"
    series = load().timeseries(SERIES)
    told = run("record", "sql", question, "--json").json()
    assert [(row["period"], row["value"]) for row in told["rows"]] == list(series.values.items())
    rows = list(csv.reader(io.StringIO(run("record", "sql", question, "--csv").out)))
    assert rows[0] == ["period", "value", "note"]
    assert len(rows) == len(series) + 1
    assert run("record", "sql", question).out.splitlines()[-1].split()[:2] == ["2025", "228.105"]
    ran = run("record", "sql", question, "--rows", "2", "--json")
    assert ran.json()["more"] is True
    assert "only the first 2 rows" in ran.err


def test_sql_tells_its_tables(run: Run) -> None:
    assert {table["table"] for table in run("record", "sql", "--schema", "--json").json()} >= {
        "sources",
        "series",
        "observations",
        "events",
        "topics",
        "units",
        "derived",
        "codings",
    }
    assert "known_since" in run("record", "sql", "--schema").out


def test_sql_as_of(run: Run) -> None:
    question = f"SELECT max(period) AS last FROM observations WHERE series = '{SERIES}'"
    assert run("record", "sql", question, "--as-of", "2015-06-30", "--json").json()["rows"] == [
        {"last": "2014"}
    ]


def test_check_the_whole_record(run: Run) -> None:
    told = run("record", "check", "--json").json()
    assert told["sound"] is True
    assert told["recipes"] > 0
    assert told["codings"] > 0
    assert told["measures"] > 0


def test_check_a_folder_in_the_records_layout(run: Run, tmp_path: Path) -> None:
    import shutil

    from amur.record.record import DATA

    topic = shutil.copytree(DATA / "trade", tmp_path / "trade")
    assert run("record", "check", str(topic), "--json").json()["observations"] > 2000
    assert "No fault found." in run("record", "check", str(topic)).out
    path = topic / "observations.csv"
    text = path.read_text(encoding="utf-8").replace(f"{SERIES},2021,146.887", f"{SERIES},2021,much")
    path.write_text(text, encoding="utf-8")
    told = one_line(run("record", "check", str(topic)))
    assert f"{path}, line " in told
    assert "field 'value': 'much' is not a number" in told


OWN = f"series,period,value,note\n{SERIES},2024,245.5,ministry\n{SERIES},2012,88.2,ministry\n"


def test_own_evidence_goes_in_is_told_of_everywhere_and_comes_out(
    run: Run, tmp_path: Path, data_dir: Path
) -> None:
    file = tmp_path / "ministry.csv"
    file.write_text(OWN)
    before = load(overlay=False).timeseries(SERIES)
    assert run("record", "add", str(file), "--dry-run", "--json").json()["added"] is False
    assert not data_dir.exists()
    assert run("record", "add", str(file), "--json").json()["added"] is True
    assert "already evidence named 'ministry'" in one_line(run("record", "add", str(file)))
    assert run("record", "add", str(file), "--replace", "--yes").code == 0

    told = run("record", "show", SERIES, "--json").json()
    assert told["overlays"] == ["ministry"]
    values = {p["period"]: p["value"] for p in told["points"]}
    assert (values["2024"], values["2012"], values["2023"]) == (245.5, 88.2, before.values["2023"])
    assert "From your own evidence 'ministry': 2012, 2024" in run("record", "show", SERIES).out
    assert run("record", "summary", "--json").json()["overlays"] == ["ministry"]
    assert "your own evidence" in run("record", "list", SERIES).err
    assert "your own evidence" in run("record", "sql", "SELECT count(*) FROM observations").err
    assert "your own evidence" in run("measure", "compare", "trade.dependence").err
    taken = run("record", "sql", "SELECT count(*) n FROM observations WHERE overlay = 'ministry'", "--json")
    assert taken.json()["rows"] == [{"n": 2}]
    assert [each["name"] for each in run("record", "overlays", "--json").json()] == ["ministry"]

    without = run("record", "show", SERIES, "--no-overlay", "--json").json()
    assert {p["period"]: p["value"] for p in without["points"]} == before.values
    assert run("record", "remove", "ministry").code == 0
    assert run("record", "overlays", "--json").json() == []
    assert load().timeseries(SERIES) == before


def test_a_table_of_other_columns_needs_a_mapping_when_nobody_can_be_asked(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("Year,Trade\n2012,88.2\n")
    told = one_line(run("record", "add", str(file)))
    assert "--mapping FILE.toml" in told
    mapping = tmp_path / "odd.toml"
    mapping.write_text(
        f'[columns]\nperiod = "Year"\nvalue = "Trade"\n[[series]]\nseries = "{SERIES}"\nunit = "US$ bn"\n'
    )
    ran = run("record", "add", str(file), "--mapping", str(mapping), "--json")
    assert ran.json()["counts"]["observations"] == 1


def test_codings(run: Run, tmp_path: Path) -> None:
    every = {each["name"]: each for each in run("record", "codings", "--json").json()}
    assert {"china-support", "china-leverage", "russia-concession"} <= set(every)
    one = run("record", "codings", "china-support", "--json").json()
    assert one == every["china-support"]
    written = run("record", "codings", "china-support").out
    assert "2014-Q2" in written
    assert "events:" in written
    own = tmp_path / "own.csv"
    own.write_text("decision,quarter,value,reason\nchina-support,2022-Q1,lethal,a test\n")
    changed = run("record", "codings", "china-support", "--override", str(own), "--json").json()
    assert {q["quarter"]: q["value"] for q in changed["quarters"]}["2022-Q1"] == "lethal"
    assert "your own" in run("record", "codings", "china-support", "--override", str(own)).out
    assert run("record", "codings", "china-support", "--save", str(tmp_path / "c.svg")).code == 0
    assert "lethal" in (tmp_path / "c.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("recor", "there is no command 'recor'. Did you mean record"),
        ("record lst", "no such command 'lst'. Did you mean 'list'?"),
        ("record show", "missing argument"),
        ("record show trade.total.chnrus", "Did you mean trade.total.chn-rus"),
        ("record show trade.total.chn-rus --as-off 2020", "no such option: --as-off"),
        ("record show trade.total.chn-rus --as-of 2021-13-01", "'2021-13-01' is not a date of the calendar"),
        ("record summary --as-of yesterday", "'yesterday' is not a date"),
        ("record summary --as-of 2021-02-30", "'2021-02-30' is not a date"),
        ("record summary --strict", "--strict says nothing without --as-of"),
        ("record list --topic trad", "there is no topic 'trad'. Did you mean trade?"),
        ("record list --role observer", "there is no role 'observer'"),
        ("record list --frequency W", "there is no frequency 'W'. It can be A, Q, M."),
        ("record events --kind sumit", "there is no kind 'sumit'. Did you mean summit?"),
        ("record events --actor CHI", "there is no actor 'CHI'. Did you mean CHN"),
        ("record events --since 2024-99", "field 'since'"),
        ("record events --until soon", "field 'until'"),
        ("record source trade-wdi", "Did you mean trade-wdi-2026"),
        ("record show trade.total.chn-rus --save chart.gif", "End the name in .svg"),
        ("record show trade.total.chn-rus --csv --json", "exclude each other"),
        ("record sql", "no SQL statement"),
        ("record sql SELEC", "syntax error"),
        ("record sql SELECT --rows -1", "no -1 rows"),
        ("record sql --schema --rows many", "invalid value"),
        ("record export trade.total.chn-rus", "Add --to"),
        ("record export --to out.csv", "nothing says what to export"),
        ("record export trade.nothing --to out.csv", "'trade.nothing' is not in the record"),
        ("record export trade.total.chn-rus --to out.doc", "End the name in .csv, .parquet, .json, .xlsx"),
        ("record check nowhere", "no such file or folder"),
        ("record add nowhere.csv", "no such file"),
        ("record remove nothing", "no evidence named 'nothing'"),
        ("record codings china", "Did you mean china-"),
        ("record codings --save chart.svg", "Name it"),
        ("record codings china-support --override nowhere.csv", "no such file"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(
    run: Run, words: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run(*words.split())
    if "--json" in words:
        ran = ran._replace(out="")
    assert told in one_line(ran)
    assert list(tmp_path.iterdir()) == []


def test_a_fault_is_a_json_problem_where_json_was_asked_for(run: Run) -> None:
    ran = run("record", "show", "trade.total.chnrus", "--json")
    problem = ran.json()
    assert ran.code == 2
    assert "chnrus" in problem["title"]
    assert "trade.total.chn-rus" in problem["mend"]
    assert ran.err == f"amur: {problem['detail']}\n"


def test_a_refused_place_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for words in (
        ("show", SERIES, "--save", f"{tmp_path}/file/chart.svg"),
        ("export", SERIES, "--to", f"{tmp_path}/file/out.csv"),
        ("export", SERIES, "--to", f"{tmp_path}/file/folder"),
    ):
        assert "cannot be written" in one_line(run("record", *words))
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_help_and_no_arguments(run: Run) -> None:
    assert run("--help").out == run().out
    assert "Commands:" in run("record").out
    assert "--as-of" in run("record", "show", "--help").out
    assert run("--version").out.startswith("amur ")


# ---------------------------------------------------------------- as a program of its own


def program(*words: str, **more: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "amur", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        **more,  # type: ignore[call-overload]
    )


def test_a_reader_that_leaves_early_is_no_fault() -> None:
    running = program("record", "events")
    assert running.stdout is not None
    running.stdout.readline()
    running.stdout.close()
    running.stdout = None
    _, err = running.communicate(timeout=20)
    assert (running.returncode, err) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for a child")
def test_ctrl_c_is_quiet_and_exits_130() -> None:
    question = "SELECT count(*) FROM range(100000000) a, range(100000) b"
    # A shell that runs the tests in the background has them ignore Ctrl-C, and what they start inherits that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        running = program("record", "sql", question, "--seconds", "60")
    finally:
        signal.signal(signal.SIGINT, before)
    time.sleep(2.5)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=20)
    assert (running.returncode, err) == (130, "amur: stopped\n")


def test_a_terminal_that_knows_only_ascii_gets_its_answer() -> None:
    plain = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    running = subprocess.run(
        [sys.executable, "-m", "amur", "record", "show", SERIES], env=plain, capture_output=True, check=False
    )
    assert running.returncode == 0
    assert b"228.105" in running.stdout


def test_help_needs_none_of_the_heavy_libraries() -> None:
    heavy = ["pandas", "xarray", "pint", "altair", "duckdb", "vl_convert", "numpy"]
    code = (
        "import sys; from amur.cli import main; main(sys.argv[1:]); "
        f"print([m for m in {heavy} if m in sys.modules] or 'none', file=sys.stderr)"
    )
    for words in (
        ["--help"],
        ["record", "--help"],
        ["record", "summary"],
        ["record", "show", SERIES],
        ["record", "events"],
    ):
        ran = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
        assert ran.stderr.strip() == "none", words


def test_json_is_utf8_and_one_document() -> None:
    running = program("record", "list", "Türkiye", "--json")
    out, err = running.communicate()
    assert err == ""
    assert any("Türkiye" in row["title"] for row in json.loads(out))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("record show trade.total.CHN-RUS", "Did you mean trade.total.chn-rus,"),
        ("record show trade.total", "Did you mean trade.total."),
        ("record show 'gas price'", "energy.price.gas"),
        ("record show trade.dependence", "It is a measure: `amur measure show trade.dependence`."),
        ("record show china-support", "It is a coded decision: `amur record codings china-support`."),
        ("record show trade-wdi-2026", "It is a source: `amur record source trade-wdi-2026`."),
        ("record show 2014-05-21.contract", "It is an event: `amur record events 2014-05-21.contract`."),
        ("record show x", "See `amur record list`."),
        ("measure show trade.total.chn-rus", "It is a series: `amur record show trade.total.chn-rus`."),
        ("measure show 'trade dependence'", "Did you mean trade.dependence,"),
        ("measure compare dependance", "Did you mean trade.dependence,"),
    ],
)
def test_a_name_of_something_else_is_led_to_it(run: Run, words: str, told: str) -> None:
    assert told in one_line(run(*shlex.split(words)))


def test_an_event_is_found_by_its_identifier(run: Run) -> None:
    (event,) = run("record", "events", "2014-05-21.contract", "--json").json()
    assert event["event"] == "2014-05-21.contract"


def test_numbers_say_what_own_evidence_is_in_them(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("series,period,value,source,note\ntrade.total.chn-rus,2001,10.7,trade-tass-2025fy,\n")
    assert run("record", "add", str(file), "--yes").code == 0
    assert "mine" in run("numbers").err
    assert "mine" in run("numbers", "--json").err
    assert run("numbers", "--no-overlay").err == ""
