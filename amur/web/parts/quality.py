"""How good is it: targets met and missed, skill, calibration, turning points, weaknesses, the ledger of forecasts."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi import Path as InPath
from pydantic import Field
from starlette.requests import Request

from amur.book.published import published as system
from amur.charts import ledger as drawn
from amur.charts.quality import Chart, charts
from amur.errors import nearest
from amur.questions.checks import page as checks_page
from amur.questions.checks import published as outside
from amur.validation import page as validation_page
from amur.validation.ledger_file import PUBLISHED, Ledger, read_ledger
from amur.validation.published import WEAKNESSES, published
from amur.validation.weak import weaknesses
from amur.validation.words import AFTERWARDS, NAMES, TITLES, as_words, interval, listed, share, signed, verdict
from amur.web import asking, pictured, strips, texts
from amur.web.asked import Asked
from amur.web.pages import shown
from amur.web.problems import missing, there
from amur.web.work import Task

router = APIRouter()

type Plain = dict[str, Any]

PICTURES = {
    "validation-series": "series", "validation-horizons": "horizons", "validation-calibration": "calibration",
    "validation-weights": "weights", "validation-2013": "turn-2013", "validation-2021": "turn-2021",
    "conditioning-weights": "weights", "conditioning-transforms": "ahead",
}  # fmt: skip
"""The chart that stands for each picture of the docs."""
PAGES = {
    "validation": "Validation: every table",
    "conditioning": "How the record weighs the readings",
    "recovery": "Model recovery, and calibration of the sampler",
    "checks": "Outside checks of what-ifs",
    "weaknesses": "The biggest weaknesses we know",
}
"""Longer pages, as they stand in the docs."""
MAIN = ("series", "horizons", "origins", "calibration", "ahead", "chances", "ablations", "sure", "weights")


class AskedOfQuality(Asked):
    """Which setting the table of series is of."""

    setting: Literal["given", "given-lines", "nothing"] = Field(
        "given", description="What was known of the time ahead"
    )


class AskedOfForecasts(Asked):
    """Which forecasts."""

    find: str = Field("", max_length=120, description="Words that must all occur")
    theme: str = Field("", max_length=30, description="Of one theme")
    kind: Literal["", "quantity", "count", "event"] = Field("", description="Of one kind")


def quality(request: Request, asked: Annotated[AskedOfQuality, Query()]) -> Plain:
    """How good the forecasts are: targets set beforehand, skill against baselines, calibration, where the model is poor."""
    told = published()
    every = charts()
    return {
        "asked": asked.model_dump(),
        "settings": [(name, NAMES[name]) for name in told["settings"]],
        "forecasts": told["forecasts"], "series": len(told["series"]), "origins": [told["origins"][0], told["origins"][-1]],
        "stamp": told["stamp"], "version": told["version"],
        "targets": [
            {**each, "found_in_words": as_words(each), "interval_in_words": interval(each["interval"]) if each["interval"] else "",
             "verdict": verdict(each), "short": listed([_titled(told, name) for name in each["which"]], 6)}
            for each in told["targets"]
        ],
        "met": sum(each["met"] for each in told["targets"]),
        "afterwards": AFTERWARDS,
        "headline": _headline(told),
        "by_group": [
            _group(told, setting, group, title)
            for setting in told["settings"]
            for group, title in {"overall": "All", **TITLES, "politics_security": "Politics and security"}.items()
        ],
        "by_series": _series(told, asked.setting),
        "settings_in_words": texts.plain(validation_page.SETTINGS_IN_WORDS),
        "turning": sorted(name for name in every if name.startswith("turn-")),
        "charts": {name: {"title": each.title, "about": each.about} for name, each in every.items()},
        "main": MAIN,
        "weak": weaknesses(told),
        "sure": _sure(),
        "checks": _checks(),
        "ledger": _ledger_in_short(),
        "pages": PAGES,
    }  # fmt: skip


def long(
    request: Request,
    page: Annotated[str, InPath(max_length=40, pattern="^[a-z-]+$", description="Which page")],
) -> Plain:
    """A longer page of the docs, in Markdown."""
    there(page, PAGES, f"there is no page '{page}' here", "See /quality.")
    text = _text(page)
    return {
        "page": page, "title": texts.title(text), "markdown": text, "pages": PAGES, "headings": texts.headings(text),
        "pictures": {name: f"/api/quality/{chart}" for name, chart in PICTURES.items()},
    }  # fmt: skip


def forecasts(request: Request, asked: Annotated[AskedOfForecasts, Query()]) -> Plain:
    """The frozen forecasts of 2026 and 2027: what is forecast, by when, with which probability or spread."""
    ledger = _ledger()
    words = asked.find.lower().split()
    found = [
        each
        for each in ledger.forecasts.values()
        if (not asked.theme or each["theme"] == asked.theme)
        and (not asked.kind or each["type"] == asked.kind)
        and all(word in f"{each['id']} {each['theme']} {each['question']}".lower() for word in words)
    ]
    today = dt.date.today().isoformat()
    targets: dict[str, Plain] = {}
    for each in found:
        name = each["id"].rpartition(".")[0]
        target = targets.setdefault(
            name,
            {"name": name, **{key: each[key] for key in ("question", "theme", "type", "unit")}, "rows": []},
        )
        target["rows"].append(
            {"id": each["id"], "period": each["period"], "due": each["due"], "over": each["due"] < today,
             "model": drawn.summary(each, ledger.levels), "oil": _oil(each, ledger), "base": _base(each, ledger)}
        )  # fmt: skip
    themes = sorted({each["theme"] for each in ledger.forecasts.values()})
    return {
        "asked": asked.model_dump(), "targets": list(targets.values()), "many": len(found), "all": len(ledger.forecasts),
        "themes": themes, "today": today, "ledger": _ledger_in_short(), "stamp": dict(ledger.stamp),
        "chart": {"title": drawn.events(ledger).title, "about": drawn.events(ledger).about},
    }  # fmt: skip


def target(
    request: Request,
    name: Annotated[str, InPath(max_length=60, pattern="^[a-z0-9_-]+$", description="A target of the ledger")],
) -> Plain:
    """One target: its forecasts, how each is resolved, the baselines beside it, and how it hangs on the price of oil."""
    ledger = _ledger()
    found = _of(ledger, name)
    return {
        "name": name, "question": found[0]["question"], "unit": found[0]["unit"], "type": found[0]["type"],
        "forecasts": [
            {key: each[key] for key in ("id", "period", "due", "resolution", "by_hand")} | {"model": drawn.summary(each, ledger.levels)}
            for each in found
        ],
        "rows": drawn.rows(found, ledger), "frozen": ledger.frozen, "series": _named(found[0]["resolution"]),
        "charts": {which: {"title": each.title, "about": each.about} for which, each in _charts_of(name).items()},
    }  # fmt: skip


async def scores(request: Request) -> Plain:
    """What has come of the forecasts by today: scored beside the baselines, or open."""
    told: Plain = await asking.done(request, Task("ledger", {}))
    return told


def _text(page: str) -> str:
    if page == "validation":
        return validation_page.page(published())
    if page == "checks":
        return checks_page.page(outside())
    if page == "weaknesses":
        return WEAKNESSES.read_text(encoding="utf-8")
    return str(system()["pages"][page])


def _titled(told: Plain, name: str) -> str:
    series, _, ahead = name.partition(", ")
    return str(told["series"][series]["title"]) + (f", {ahead}" if ahead else "")


def _headline(told: Plain) -> list[Plain]:
    given, near = told["by_setting"]["given"], told["near"]["nothing"]
    nothing = told["by_setting"]["nothing"]["overall"]
    rows = [
        ("Flows, shares, prices", "against the best of six baselines, forcings given", given["flows"], "skill"),
        ("Politics and security", "against the best of six baselines, forcings given", given["politics_security"], "skill"),
        ("Flows one and two years ahead", "against the best, nothing given", near, "skill"),
        ("90% intervals hold", "of what came, nothing given", nothing, "coverage"),
    ]  # fmt: skip
    return [
        {"label": label, "note": note, "value": share(cell["coverage90"]) if kind == "coverage" else signed(cell["skill_best"]),
         "spread": "" if kind == "coverage" else f"90%: {interval(cell['skill_best_interval'])}"}
        for label, note, cell, kind in rows
    ]  # fmt: skip


def _group(told: Plain, setting: str, group: str, title: str) -> Plain:
    cell = told["by_setting"][setting][group]
    return {
        "setting": NAMES[setting],
        "group": title,
        "series": cell["many"],
        "forecasts": cell["forecasts"],
        **_skills(cell),
        **{f"coverage{at}": share(cell[f"coverage{at}"]) for at in (50, 80, 90)},
    }


def _skills(cell: Plain) -> Plain:
    return {
        name: signed(cell[f"skill_{name}"]) + (f" ({bounds})" if (bounds := interval(cell[f"skill_{name}_interval"])) != "–" else "")
        for name in ("drift", "best")
    }  # fmt: skip


def _series(told: Plain, setting: str) -> list[Plain]:
    rows = [
        (name, each, each["settings"][setting])
        for name, each in told["series"].items()
        if setting in each["settings"]
    ]
    order = list(TITLES)
    rows.sort(key=lambda row: (order.index(row[1]["group"]), -row[2]["skill_best"]))
    return [
        {"name": name, "title": each["title"], "group": TITLES[each["group"]], "forecasts": cell["forecasts"],
         "best_baseline": each["best_baseline"], "worse": cell["worse_best"], "value": cell["skill_best"],
         "coverage90": share(cell["coverage90"]), **_skills(cell),
         "horizons": {ahead: signed(one["skill_best"]) for ahead, one in cell["horizons"].items()}}
        for name, each, cell in rows
    ]  # fmt: skip


def _sure() -> Plain:
    told = system()
    words = [strips.word(each["contraction"]) for each in told["parameters"].values()]
    return {
        "recovered": told["recovered"],
        "parameters": {word: words.count(word) for word in ("data-driven", "informed", "prior-driven")},
        "many": len(words),
    }


def _checks() -> list[Plain]:
    made = []
    for each in outside()["checks"]:
        if each["kind"] == "study":
            ours = each["numbers"][0]
            made.append(
                {"title": each["title"], "theirs": f"{each['theirs']:g} {each['unit']}", "source": each["source"],
                 "ours": f"{ours['value']:.3g} {ours['unit']} (90%: {ours['low90']:.3g} to {ours['high90']:.3g})", "verdict": each["verdict"]}
            )  # fmt: skip
    return made


@cache
def _ledger() -> Ledger:
    return read_ledger(PUBLISHED)


def _ledger_in_short() -> Plain:
    ledger = _ledger()
    today = dt.date.today().isoformat()
    due = sorted(each["due"] for each in ledger.forecasts.values())
    return {
        "frozen": ledger.frozen, "forecasts": len(ledger.forecasts),
        "targets": len({name.rpartition(".")[0] for name in ledger.forecasts}),
        "events": sum(each["type"] == "event" for each in ledger.forecasts.values()),
        "past": sum(each < today for each in due), "next": next((each for each in due if each >= today), due[-1]),
    }  # fmt: skip


def _of(ledger: Ledger, name: str) -> list[Plain]:
    found = [dict(each) for key, each in ledger.forecasts.items() if key.rpartition(".")[0] == name]
    if not found:
        names = sorted({key.rpartition(".")[0] for key in ledger.forecasts})
        raise missing(f"the ledger has no target '{name}'", nearest(name, names) or "See /quality/forecasts.")
    return found


def _named(resolution: str) -> list[str]:
    """The series of the record that a rule names."""
    from amur.record import load

    known = load(overlay=False).series
    return [
        each
        for each in re.findall(r"[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+", resolution.rstrip("."))
        if each in known
    ]


def _oil(each: Plain, ledger: Ledger) -> dict[str, float]:
    """The middle of a forecast at each oil price at which there is one."""
    return {
        price: drawn.summary(other, ledger.few)["value"]
        for price, other in each.get("at_oil", {}).items()
        if "note" not in other
    }


def _base(each: Plain, ledger: Ledger) -> Plain:
    """The baseline that stands beside a forecast in a list: the base rate of an event, drift of anything else."""
    for name in ("base_rate", "drift", "persistence"):
        other = each.get("baselines", {}).get(name)
        if other and "note" not in other:
            return {"by": name.replace("_", " "), **drawn.summary(other, ledger.levels)}
    return {}


def _charts_of(name: str) -> dict[str, Chart]:
    ledger = _ledger()
    found = _of(ledger, name)
    return {f"{name}": drawn.beside(found, ledger), f"{name}-oil": drawn.at_oil(found, ledger)}


def _ledger_charts() -> dict[str, Chart]:
    ledger = _ledger()
    made = {"events": drawn.events(ledger)}
    for name in dict.fromkeys(key.rpartition(".")[0] for key in ledger.forecasts):
        made |= _charts_of(name)
    return made


pictured.offer(router, "/quality/forecasts", _ledger_charts, "forecasts")
pictured.offer(router, "/quality", charts, "quality")
shown(router, "/quality", quality, "quality.html.j2", "How good is it", "Forecasts scored, weaknesses told")
shown(router, "/quality/forecasts", forecasts, "quality_forecasts.html.j2", "The forecast ledger", "Said before it could be known, and never changed")  # fmt: skip
shown(router, "/quality/forecasts/scores", scores, "quality_scores.html.j2", "What came of the forecasts", "Scored by the record as it is now")  # fmt: skip
shown(router, "/quality/forecasts/{name}", target, "quality_target.html.j2", "A forecast")
shown(router, "/quality/{page}", long, "quality_page.html.j2", "How good is it")
