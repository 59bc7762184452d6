"""Charts: nothing bridged over gaps, colours that can be told apart, sources that travel with the picture."""

from __future__ import annotations

import json
import re
import struct
import zlib
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from amur import charts
from amur.errors import AmurError
from amur.record import Source, TimeSeries
from amur.record.timeseries import Point

SOURCES = {
    "a": Source("a", "Customs & Co", "Trade <yearbook>", "2020", "https://example.org/a"),
    "b": Source("b", "Bank", "Outlook", "2021-05-01", "https://example.org/b"),
}


def series(
    values: dict[str, float], name: str = "trade.test.chn-rus", unit: str = "US$ bn", **more: str
) -> TimeSeries:
    points = tuple(Point(period, value, ("a",), more.get("note", "")) for period, value in values.items())
    frequency = {4: "A", 7: "Q" if "Q" in next(iter(values), "2000") else "M"}[len(next(iter(values), "2000"))]
    return TimeSeries(
        name,
        more.get("title", "Test"),
        unit,
        frequency,
        "A test.",
        points,
        reporter=more.get("reporter", "CHN"),
        partner=more.get("partner", "RUS"),
        sources=SOURCES,
    )


def layer(chart: object, mark: str) -> dict[str, object]:
    spec = charts.specification(chart)  # type: ignore[arg-type]
    return next(each for each in spec["layer"] if each["mark"]["type"] == mark)


def rows(chart: object) -> list[dict[str, object]]:
    spec = charts.specification(chart)  # type: ignore[arg-type]
    return [row for data in spec["datasets"].values() for row in data]


def test_missing_years_break_the_line() -> None:
    gappy = series({"2000": 1, "2001": 2, "2005": 3, "2006": 4, "2010": 5})
    assert [[p.period for p in run] for run in charts.segments(gappy)] == [
        ["2000", "2001"],
        ["2005", "2006"],
        ["2010"],
    ]
    chart = charts.line([gappy])
    runs = {row["period"]: row["run"] for row in rows(chart)}
    assert runs["2000"] == runs["2001"] != runs["2005"] == runs["2006"] != runs["2010"]
    assert layer(chart, "line")["encoding"]["detail"]["field"] == "run"


def test_every_line_in_a_drawn_picture_joins_neighbours_only() -> None:
    gappy = series({"2000": 1, "2001": 2, "2005": 3, "2006": 4})
    picture = charts.render(charts.line([gappy]), ".svg").decode()
    drawn = re.findall(r'aria-roledescription="line mark"[^>]* d="([^"]*)"', picture) or re.findall(
        r'd="(M[^"Z]*)"[^>]*stroke="#16325c"', picture
    )
    assert len(drawn) == 2
    assert all(path.count("L") == 1 for path in drawn)


def test_sparse_series_and_single_points_show_markers_and_dense_ones_do_not() -> None:
    assert all(row["dot"] for row in rows(charts.line([series({"2000": 1, "2001": 2})])))
    months = {f"{year}-{month:02d}": 1.0 * month for year in range(2000, 2006) for month in range(1, 13)}
    assert not any(row["dot"] for row in rows(charts.line([series(months)])))
    del months["2001-05"], months["2001-07"]
    dots = [row["period"] for row in rows(charts.line([series(months)])) if row["dot"]]
    assert dots == ["2001-06"]


def test_the_unit_is_on_the_axis_and_the_publisher_under_the_chart() -> None:
    line = layer(charts.line([series({"2000": 1, "2001": 2})]), "line")["encoding"]
    assert line["y"]["axis"]["title"] == "US$ bn"
    assert line["x"]["axis"]["title"] == ["Source: Customs & Co."]


def test_the_caption_tells_of_later_vintages_and_of_the_users_own_evidence() -> None:
    given = series({"2000": 1, "2001": 2})
    points = (given.points[0]._replace(revised=True), given.points[1]._replace(origin="ministry"))
    line = layer(charts.line([replace(given, points=points)]), "line")["encoding"]
    told = " ".join(line["x"]["axis"]["title"])
    assert "later vintage" in told
    assert "own evidence (ringed in lines): ministry" in told


def test_units_must_agree_and_there_must_be_something_to_draw() -> None:
    with pytest.raises(AmurError, match="different units"):
        charts.line([series({"2000": 1}), series({"2000": 1}, unit="Mt")])
    with pytest.raises(AmurError, match="nothing to draw: no values in trade.test"):
        charts.line([series({"2000": 1})], since="2005")
    with pytest.raises(AmurError, match="2 labels"):
        charts.line([series({"2000": 1})], labels=["a", "b"])
    with pytest.raises(AmurError, match="nothing to draw"):
        charts.ranking({}, unit="percent")


def test_a_step_holds_to_the_end_of_its_last_period() -> None:
    coded = series({"2000-Q1": 0, "2000-Q2": 1}, unit="code 0-2")
    chart = charts.chart([coded])
    assert layer(chart, "line")["mark"]["interpolate"] == "step-after"
    assert max(str(row["day"]) for row in rows(chart)) == "2000-07-01"


def test_named_levels_are_all_on_the_axis_even_those_never_reached() -> None:
    coded = series({"2000-Q1": 0, "2000-Q2": 1}, unit="code 0-2")
    y = layer(charts.steps([coded], levels={0: "calm", 1: "tense", 2: 'so-called "war"'}), "line")["encoding"][
        "y"
    ]
    assert y["scale"]["domain"] == [0, 2]
    assert json.loads(re.search(r"\((\{.*\})\)", y["axis"]["labelExpr"])[1])["2"] == 'so-called "war"'


def test_bars_leave_the_place_of_a_missing_year_empty() -> None:
    x = layer(charts.bars([series({"2000": 1, "2003": 2})]), "bar")["encoding"]["x"]
    assert x["scale"]["domain"] == ["2000", "2001", "2002", "2003"]
    with pytest.raises(AmurError, match="frequencies"):
        charts.bars([series({"2000": 1}), series({"2000-01": 1})])


def test_a_ranking_keeps_its_order_and_writes_its_numbers() -> None:
    chart = charts.ranking({"b": 1234.5, "a": 0.04567, "c": -2}, unit="percent", highlight="a")
    assert layer(chart, "bar")["encoding"]["y"]["sort"] == ["b", "a", "c"]
    assert [(row["text"], row["on"]) for row in rows(chart)] == [
        ("1,234", False),
        ("0.0457", True),
        ("−2", False),
    ]


def test_flows_take_the_colour_of_where_they_come_from() -> None:
    there = series({"2000": 1}, "trade.exports.chn-rus")
    back = series({"2000": 1}, "trade.exports.rus-chn")
    assert charts.colours([there, back]) == [charts.COLOURS["CHN"], charts.COLOURS["RUS"]]
    assert charts.colours([there, there]) == list(charts.COLOURS.values())[:2]


# Machado, Oliveira and Fernandes 2009, A physiologically-based model for simulation of color vision
# deficiency, IEEE TVCG 15(6): full protanopia, deuteranopia, tritanopia, on linear RGB.
BLINDNESS = {
    "none": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def lab(colour: str, seen: str = "none") -> np.ndarray:
    """CIELAB (D65) of a colour as somebody with a colour blindness sees it."""
    c = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    linear = np.clip(np.array(BLINDNESS[seen]) @ linear, 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ linear
    x, y, z = np.cbrt(np.maximum(xyz / [0.95047, 1, 1.08883], 0.008856))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("seen", BLINDNESS)
def test_colours_can_be_told_apart_by_everybody(seen: str) -> None:
    for one, other in combinations(charts.COLOURS.values(), 2):
        assert np.linalg.norm(lab(one, seen) - lab(other, seen)) > 20, (one, other)


def test_colours_can_be_told_apart_in_grey_print() -> None:
    for one, other in combinations(charts.COLOURS.values(), 2):
        assert abs(lab(one)[0] - lab(other)[0]) > 7, (one, other)
    assert abs(lab(charts.COLOURS["CHN"])[0] - lab(charts.COLOURS["RUS"])[0]) > 15


@pytest.mark.parametrize("ending", [".svg", ".png", ".html"])
def test_a_saved_chart_is_the_same_every_time(ending: str, tmp_path: Path) -> None:
    given = series({"2000": 1, "2001": 2})
    first = charts.save(charts.line([given]), tmp_path / f"one{ending}").read_bytes()
    assert first == charts.save(charts.line([given]), tmp_path / f"two{ending}").read_bytes()
    assert len(first) > 1000


def test_a_pdf_has_its_font_inside() -> None:
    picture = charts.render(charts.line([series({"2000": 1, "2001": 2})]), ".pdf")
    assert picture.startswith(b"%PDF")
    assert b"LiberationSans" in picture
    assert b"/FontFile" in picture


def test_an_svg_carries_the_full_citations() -> None:
    picture = charts.render(charts.line([series({"2000": 1, "2001": 2})]), ".svg").decode()
    from xml.etree import ElementTree

    root = ElementTree.fromstring(picture)
    told = {child.tag.rpartition("}")[2]: child.text for child in root}
    assert "Customs & Co: Trade <yearbook> (2020). https://example.org/a" in str(told["desc"])
    assert json.loads(str(told["metadata"]))["citations"] == [SOURCES["a"].citation()]
    assert told["title"] == "Test"


def test_a_png_carries_the_full_citations_in_a_sound_chunk() -> None:
    picture = charts.render(charts.line([series({"2000": 1, "2001": 2})]), ".png")
    at, found = 8, {}
    while at < len(picture):
        (size,) = struct.unpack(">I", picture[at : at + 4])
        kind, body = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + size]
        (crc,) = struct.unpack(">I", picture[at + 8 + size : at + 12 + size])
        assert crc == zlib.crc32(kind + body)
        found[kind] = body
        at += 12 + size
    assert next(iter(found)) == b"IHDR"
    assert SOURCES["a"].citation().encode() in found[b"iTXt"]


def test_a_page_loads_nothing_and_no_text_breaks_out_of_it() -> None:
    nasty = '</script><script>alert("x")</script><img src=https://example.org/x>'
    page = charts.render(
        charts.line([series({"2000": 1, "2001": 2}, title=nasty, note=nasty)]), ".html"
    ).decode()
    assert page.count("<script>") == page.count("</script>") == 2
    assert "default-src 'none'" in page
    assert "Customs &amp; Co: Trade &lt;yearbook&gt; (2020)" in page
    outside = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert not re.findall(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=", outside)
    assert not re.findall(r"@import|url\(", outside)


def test_only_known_endings_are_saved_and_a_refused_place_is_one_error(tmp_path: Path) -> None:
    chart = charts.line([series({"2000": 1, "2001": 2})])
    with pytest.raises(AmurError, match=r"End the name in .svg, .png, .html, .pdf"):
        charts.save(chart, tmp_path / "chart.gif")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(AmurError, match="not a folder"):
        charts.save(chart, tmp_path / "file" / "chart.svg")
    assert (tmp_path / "file").read_text() == "in the way"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (146.887, "146.9"),
        (1234567, "1,234,567"),
        (0.000123456, "0.0001235"),
        (-3.5, "−3.5"),
        (9.9996, "10"),
    ],
)
def test_numbers_for_reading(value: float, text: str) -> None:
    assert charts.number(value) == text


def test_the_users_own_points_are_ringed() -> None:
    plain = series({"2000": 1, "2001": 2, "2002": 3})
    own = replace(plain, points=(*plain.points[:2], plain.points[2]._replace(origin="ministry")))
    marks = [each["mark"] for each in charts.specification(charts.line([own]))["layer"]]
    assert sum(mark.get("filled") is False for mark in marks) == 1
    assert [row["period"] for row in rows(charts.line([own])) if row.get("own")] == ["2002"]
    marks = [each["mark"] for each in charts.specification(charts.line([plain]))["layer"]]
    assert not any(mark.get("filled") is False for mark in marks)
