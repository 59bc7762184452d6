"""Charts of the page: laid out for its widths, readable, in colours that the page turns to its own; and what draws them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import altair as alt
import platformdirs
import pytest

from amur.brief.figures import svg
from amur.charts import room
from amur.charts.answers import more
from amur.errors import AmurError
from amur.questions.answer import Answer
from amur.questions.published import names, published
from amur.web import drawn, vega

STATIC = Path(vega.__file__).with_name("static")
CSS = (STATIC / "charts.css").read_text(encoding="utf-8")
SITE = (STATIC / "site.css").read_text(encoding="utf-8")
CHARTS = Path(drawn.__file__).parents[1] / "charts"
COLOUR = re.compile(r'"(#[0-9a-fA-F]{6}|white)"')
SIZED = re.compile(r"font-size[=:]\s*\"?([\d.]+)")
QUESTIONS = [name for name in names() if not name.startswith("argue:")]


@cache
def picture(name: str, width: drawn.Width, part: str = "") -> str:
    return svg(drawn.specification(published(name), width, part))


def wide(told: str) -> float:
    found = re.search(r'<svg[^>]* width="([\d.]+)"', told)
    assert found
    return float(found[1])


# ---------------------------------------------------------------- charts of answers


@pytest.mark.parametrize("width", ["narrow", "wide"])
@pytest.mark.parametrize("name", names())
def test_every_published_chart_fits_its_width_in_letters_that_can_be_read(
    name: str, width: drawn.Width
) -> None:
    told = picture(name, width)
    pixels = drawn.WIDTHS[width]
    assert pixels - 40 <= wide(told) <= pixels + 20
    sizes = [float(size) for size in SIZED.findall(told)]
    assert sizes
    assert min(sizes) >= drawn.SMALLEST


@pytest.mark.parametrize("name", names())
def test_every_colour_of_a_chart_has_a_rule_that_gives_it_the_page_s_own(name: str) -> None:
    used = set(re.findall(r'(?:fill|stroke)="([^"]+)"', picture(name, "wide"))) - {"none", "transparent"}
    assert used
    unruled = {
        f"{kind} {colour}"
        for kind in ("fill", "stroke")
        for colour in re.findall(rf'{kind}="([^"]+)"', picture(name, "wide"))
        if colour not in ("none", "transparent") and f'[{kind}="{colour}"]' not in CSS
    }
    assert unruled == set()


@pytest.mark.parametrize("name", names())
def test_a_chart_of_the_page_holds_the_picture_and_no_more(name: str) -> None:
    spec = drawn.specification(published(name), "narrow")
    assert not {"title", "usermeta"} & set(spec)
    assert spec["config"]["background"] is None
    assert spec["config"]["font"] == drawn.FONT
    assert spec["config"]["aria"] is False
    json.dumps(spec, allow_nan=False)


@pytest.mark.parametrize("name", QUESTIONS)
def test_further_charts_of_an_answer_are_drawn_for_a_page(name: str) -> None:
    of = published(name)
    for part in more(of):
        assert wide(picture(name, "narrow", part)) <= drawn.WIDTHS["narrow"] + 20
        assert drawn.told(of, part).title


def test_the_words_around_a_chart_are_told() -> None:
    told = drawn.told(published("outlook"))
    assert "is the likeliest end state" in told.title
    assert "left of the dashed line, history" in told.subtitle
    assert "\n" not in told.subtitle


def test_a_width_or_a_part_that_there_is_none_of_is_refused() -> None:
    of = published("reading")
    with pytest.raises(AmurError, match="There are narrow, half, wide, full"):
        drawn.specification(of, "broad")  # type: ignore[arg-type]
    with pytest.raises(AmurError, match="movers"):
        drawn.specification(of, "wide", "shakers")


def test_a_chart_without_a_width_is_the_one_for_a_file() -> None:
    from amur.charts import specification
    from amur.charts.answers import chart

    of = published("reading")
    file = specification(chart(of))
    assert "usermeta" in file
    assert file["config"]["background"] == "white"


def test_readings_have_the_same_colour_wherever_they_are_drawn() -> None:
    from amur.charts.answers.reading import colours_of

    of = published("argue:lethal-aid")
    known = colours_of(of.numbers[0].by_reading)
    rows = [row for rows in drawn.specification(of, "wide")["datasets"].values() for row in rows]
    shown = {row["name"]: row["colour"] for row in rows if row.get("colour") and "kind" in row}
    for name, colour in known.items():
        assert shown[name.replace("-", " ")] == colour


# ---------------------------------------------------------------- colours


def values(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))


def palettes() -> dict[str, dict[str, str]]:
    """The page's colours, light and dark, with those of the charts."""

    def between(text: str, begin: str) -> str:
        return text[text.index(begin) :].partition("}")[0]

    light = values(between(SITE, ":root {")) | values(between(CSS, ":root {"))
    dark = values(between(SITE, ':root[data-theme="dark"] {')) | values(
        between(CSS, ':root[data-theme="dark"] {')
    )
    return {"light": light, "dark": light | dark}


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


MARKS = (
    "russia", "china", "third", "fourth", "chart-blue", "chart-violet", "chart-brown", "chart-green", "chart-pink", "chart-grey",
)  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marks_and_words_stand_out_from_the_ground(theme: str) -> None:
    of = palettes()[theme]
    for name in MARKS:
        assert contrast(of[name], of["paper"]) >= 3, name
        assert contrast(of[name], of["wash"]) >= 3, name
    for name in ("ink", "muted"):
        assert contrast(of[name], of["wash"]) >= 4.5, name


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_two_colours_of_charts_are_alike(theme: str) -> None:
    of = palettes()[theme]
    for one, other in combinations(MARKS, 2):
        parts = [[int(of[name][place : place + 2], 16) for place in (1, 3, 5)] for name in (one, other)]
        assert sum(abs(a - b) for a, b in zip(*parts, strict=True)) > 60, (one, other)


def test_dark_is_the_same_whether_it_is_chosen_or_the_machine_s() -> None:
    chosen = CSS[CSS.index(':root[data-theme="dark"] {') :].partition("}")[0]
    machine = CSS[CSS.index(':root:not([data-theme="light"]) {') :].partition("}")[0]
    assert values(chosen) == values(machine) != {}


def test_every_colour_written_in_the_charts_has_a_rule() -> None:
    written = {colour for file in CHARTS.rglob("*.py") for colour in COLOUR.findall(file.read_text("utf-8"))}
    written |= {"#22262b", "#5f666d", "#e1e4e8"}
    assert {"#16325c", "white"} <= written
    # The light end of a scale of a chart for files; the page draws the same with less of one colour.
    for colour in written - {"#f4f5f7"}:
        for kind in ("fill", "stroke"):
            assert f'[{kind}="{colour}"]' in CSS, (kind, colour)


# ---------------------------------------------------------------- room


def test_names_stand_beside_their_rows_where_there_is_room_and_above_them_where_not() -> None:
    names = [
        "A short one",
        "A name that is so long that it must be broken over some lines on any page there is",
    ]
    beside, above = room.rows(names, 720), room.rows(names, 320)
    assert beside.column > 0
    assert above.column == 0
    for of in (beside, above):
        assert " ".join(each["text"] for each in of.texts) == " ".join(names)
        assert of.reach[1] <= of.width
        ys = [each["y"] for each in of.texts]
        assert ys == sorted(ys)
        assert min(ys) > 0
        assert max([*ys, *of.centres.values()]) < of.height
    assert beside.centres[names[0]] == beside.texts[0]["y"]
    assert above.centres[names[0]] > above.texts[0]["y"]


def test_an_axis_holds_all_values_and_does_not_pass_nought_for_room() -> None:
    low, high = room.span([0.0, 1.0])
    assert low == 0
    assert high > 1
    low, high = room.span([-0.5, float("nan"), None, -0.1], zero=True)
    assert low < -0.5
    assert high == 0
    low, high = room.span([5.0, 6.0])
    assert 4 < low < 5


def test_stacked_charts_are_what_altair_makes_of_them() -> None:
    def part(shade: str) -> Any:
        return alt.Chart({"values": ({"x": 1},)}).mark_point(color=shade).encode(x="x:Q")

    ours = room.stack([part("red"), part("blue")], columns=2).properties(title={"text": "T"}).to_dict()
    theirs = (
        alt.concat(part("red"), part("blue"), columns=2, spacing=24).properties(title={"text": "T"}).to_dict()
    )
    assert ours["concat"] == theirs["concat"]
    assert {name: [*rows] for name, rows in ours["datasets"].items()} == {
        name: [*rows] for name, rows in theirs["datasets"].items()
    }
    assert ours["title"] == theirs["title"]
    nested = room.stack([room.stack([part("red")]), part("blue")]).to_dict()
    assert "datasets" not in nested["concat"][0]
    assert nested["concat"][0]["concat"] == ours["concat"][:1]


# ---------------------------------------------------------------- the script that draws


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(platformdirs, "user_cache_dir", lambda *_, **__: str(tmp_path))
    vega.script.cache_clear()
    vega.fingerprint.cache_clear()
    yield tmp_path
    vega.script.cache_clear()
    vega.fingerprint.cache_clear()


def test_the_script_is_made_once_and_kept(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bytes] = []
    monkeypatch.setattr(vega, "_made", lambda: made.append(b"draw()") or b"draw()")
    first, mark = vega.script(), vega.fingerprint()
    assert first.startswith(b"draw()\n//")
    vega.script.cache_clear()
    vega.fingerprint.cache_clear()
    assert (vega.script(), vega.fingerprint()) == (first, mark)
    assert len(made) == 1


@pytest.mark.parametrize("damage", [b"", b"draw()", b"drew()\n//00", b"\n//"])
def test_a_damaged_script_is_made_anew(fresh: Path, damage: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vega, "_made", lambda: b"draw()")
    whole = vega.script()
    (file,) = (fresh / "web").iterdir()
    file.write_bytes(damage)
    vega.script.cache_clear()
    assert vega.script() == whole == file.read_bytes()


def test_a_place_that_cannot_be_written_costs_nothing_but_time(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (fresh / "web").write_text("in the way")
    monkeypatch.setattr(vega, "_made", lambda: b"draw()")
    assert vega.script().startswith(b"draw()")


def test_the_script_is_vega_with_what_evaluates_no_text(fresh: Path) -> None:
    told = vega.script().decode()
    assert "window.vegaEmbed" in told
    assert "expressionInterpreter" in told
    assert len(told) > 500_000


def test_no_part_of_an_answer_is_lost_between_its_charts() -> None:
    of: Answer = published("outlook")
    quantities = dict.fromkeys(str(row["quantity"]) for row in of.tables["fans"])
    assert {f"fan-{name}" for name in quantities} <= set(more(of))
