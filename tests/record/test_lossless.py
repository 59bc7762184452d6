"""Nothing was lost or altered when the evidence was brought into the package.

Two proofs. ``original_keys.csv`` names every original row and ``original_checksums.csv`` holds a count and a
SHA-256 for each folder and table as it came; the rows of these keys must still give the same. Where the
evidence as it came (``../shared/record``) is at hand, every field of it is compared as well. Rows added since
are no concern of either.

    python tests/record/test_lossless.py     writes both files anew from ../shared/record
"""

import csv
import hashlib
from collections import defaultdict
from itertools import groupby
from pathlib import Path

import pytest

from amur.record import periods, schema
from amur.record.record import built_in

HERE = Path(__file__).parent
ORIGINAL = HERE.parents[2] / "shared" / "record"
FOLDERS = ["diplomacy", "energy", "finance", "forcings", "gaps", "security", "society", "trade"]
TABLES = {
    "sources": schema.SOURCES,
    "series": schema.SERIES,
    "observations": schema.OBSERVATIONS,
    "events": schema.EVENTS,
}

UNITS = {
    "%": "percent",
    "CNY per USD": "CNY/US$",
    "RUB per CNY": "RUB/CNY",
    "RUB per USD": "RUB/US$",
    "USD mn": "US$ mn",
    "USD/1000 m3": "US$/1000 m3",
    "USD/bbl": "US$/bbl",
    "USD/mmbtu": "US$/mmbtu",
    "USD/t": "US$/t",
    "billion CNY": "CNY bn",
    "billion EUR": "EUR bn",
    "billion RUB": "RUB bn",
    "billion USD": "US$ bn",
    "billion USD of 2021": "US$ bn of 2021",
    "billion USD per year": "US$ bn/yr",
    "million EUR per day": "EUR mn/d",
    "million TIV": "TIV mn",
    "million US$": "US$ mn",
    "million US$ at 2024 prices and exchange rates": "US$ mn of 2024",
    "million b/d": "mb/d",
    "million current US$": "US$ mn",
    "million t": "Mt",
    "million tonnes": "Mt",
    "percent of newspaper articles": "percent of articles",
    "percent per year": "percent/yr",
    "ships per week": "ships/week",
    "thousand TEU": "kTEU",
    "tonnes": "t",
}
"""How units were respelled on the way: one label for one unit."""


def as_it_came(folder, table):
    with (ORIGINAL / folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if table == "series":
                row["unit"] = UNITS.get(row["unit"], row["unit"])
                row["reporter"], row["partner"] = row["reporter"].upper(), row["partner"].upper()
            if table == "observations":
                row["value"] = float(row["value"])
            yield row


def rows_of(table):
    """All rows of a table now, as dictionaries of its columns, by key (for events: by the identifier)."""
    tables = built_in()
    rows = getattr(tables, table)
    columns = list(TABLES[table].columns)
    result = {}
    for row in rows.values() if isinstance(rows, dict) else rows:
        fields = {column: getattr(row, column) for column in columns}
        result[" ".join(fields[name] for name in TABLES[table].key)] = fields
    return result


def checksum(rows):
    lines = sorted("\x1f".join(str(value) for value in row.values()) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def spread(keys):
    """'series 1992..2025' for a run of periods, and other keys as they are."""
    for key in keys:
        name, _, told = key.partition(" ")
        first, _, last = told.partition("..")
        if not last:
            yield key
            continue
        frequency = periods.frequency_of(first)
        for number in range(periods.ordinal(first), periods.ordinal(last) + 1):
            yield f"{name} {periods.from_ordinal(number, frequency)}"


def runs(keys):
    """The other way: the keys of observations with unbroken runs of periods drawn together."""
    by_series = defaultdict(list)
    for key in keys:
        by_series[key.split(" ")[0]].append(key.split(" ")[1])
    for series, told in sorted(by_series.items()):
        numbers = enumerate(sorted(told, key=periods.ordinal))
        for _, group in groupby(numbers, key=lambda pair: periods.ordinal(pair[1]) - pair[0]):
            run = [period for _, period in group]
            yield f"{series} {run[0]}" + (f"..{run[-1]}" if len(run) > 1 else "")


def read(name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CHECKSUMS = read("original_checksums.csv") if (HERE / "original_checksums.csv").exists() else []


@pytest.fixture(scope="module")
def now():
    return {table: rows_of(table) for table in TABLES}


@pytest.fixture(scope="module")
def keys():
    result = defaultdict(list)
    for row in read("original_keys.csv"):
        result[row["folder"], row["table"]].append(row["key"])
    return result


def test_every_folder_and_table_has_a_checksum():
    assert {(row["folder"], row["table"]) for row in CHECKSUMS} == {(f, t) for f in FOLDERS for t in TABLES}
    totals = defaultdict(int)
    for row in CHECKSUMS:
        totals[row["table"]] += int(row["count"])
    assert totals == {"sources": 1146, "series": 676, "observations": 19785, "events": 831}


@pytest.mark.parametrize("row", CHECKSUMS, ids=lambda row: f"{row['folder']}.{row['table']}")
def test_original_rows_are_unaltered(row, now, keys):
    wanted = list(spread(keys[row["folder"], row["table"]]))
    assert len(wanted) == len(set(wanted)) == int(row["count"])
    lost = [key for key in wanted if key not in now[row["table"]]]
    assert not lost
    assert checksum(now[row["table"]][key] for key in wanted) == row["sha256"]


def test_a_changed_field_changes_the_checksum(now, keys):
    rows = [dict(now["observations"][key]) for key in spread(keys["trade", "observations"])]
    before = checksum(rows)
    rows[0]["note"] += "."
    assert checksum(rows) != before


@pytest.mark.skipif(not ORIGINAL.exists(), reason="the evidence as it came is not at hand")
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_field_as_it_came(folder, now):
    for table in ("sources", "series", "observations"):
        for row in as_it_came(folder, table):
            key = " ".join(row[name] for name in TABLES[table].key)
            assert now[table].get(key) == row
    events = {tuple(v for k, v in row.items() if k != "event") for row in now["events"].values()}
    missing = [row for row in as_it_came(folder, "events") if tuple(row.values()) not in events]
    assert not missing


def write():
    """Write both files from the evidence as it came."""
    events = {tuple(v for k, v in row.items() if k != "event"): key for key, row in rows_of("events").items()}
    sums, names = [], []
    for folder in FOLDERS:
        for table in TABLES:
            rows = list(as_it_came(folder, table))
            if table == "events":
                rows = [{"event": events[tuple(row.values())], **row} for row in rows]
            keys = [" ".join(row[name] for name in TABLES[table].key) for row in rows]
            sums.append([folder, table, len(rows), checksum(rows)])
            told = runs(keys) if table == "observations" else sorted(keys)
            names += [[folder, table, key] for key in told]
    for name, header, lines in [
        ("original_checksums.csv", ["folder", "table", "count", "sha256"], sums),
        ("original_keys.csv", ["folder", "table", "key"], names),
    ]:
        with (HERE / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *lines])


if __name__ == "__main__":
    write()
