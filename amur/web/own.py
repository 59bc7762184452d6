"""A reading of one's own, as it is asked for in an address: what it sets apart, and its file.

An address says which reading it begins with (``base``), and sets parameters apart by name: ``threat_amplifies=0.4`` is
where its prior is centred, in the parameter's own unit, and ``threat_amplifies.width=1.3`` how wide it is. The centre is
the middle of a normal prior, the median of a lognormal and the mean of a beta; the width is one standard deviation, the
factor, or the weight. Nothing here loads the model.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from pydantic import ConfigDict, Field, model_validator

from amur.book.published import published
from amur.errors import AmurError, nearest
from amur.readings import Reading, readings
from amur.web import strips
from amur.web.asked import Asked

type Plain = dict[str, Any]

WIDTH = ".width"
MOST = 60
"""Parameters that one reading may set apart in an address."""
PLAIN = "Set on the page."
CENTRES = {"normal": "middle", "lognormal": "median", "beta": "mean"}
WIDTHS = {"normal": "spread", "lognormal": "factor", "beta": "weight"}
WIDTH_WORDS = {
    "normal": "one standard deviation",
    "lognormal": "times or divided by",
    "beta": "weight: 4 loose, 40 firm",
}


class OwnReading(Asked):
    """A reading: what it begins with, what it says, and its parameters by name (``NAME=centre``, ``NAME.width=width``)."""

    model_config = ConfigDict(extra="allow", frozen=True)

    base: str = Field("", max_length=40, description="The reading it begins with; none: the base priors alone")
    title: str = Field("", max_length=120, description="What it is called")
    says: str = Field("", max_length=400, description="What the relationship is, in one sentence")
    add: str = Field("", max_length=60, description="A parameter to set apart as well, at its base prior")
    drop: list[str] | None = Field(
        None, max_length=MOST, description="Parameters that are left at their base prior after all"
    )

    @model_validator(mode="after")
    def _bounded(self) -> OwnReading:
        extra = self.model_extra or {}
        if len(extra) > 2 * MOST:
            raise ValueError(f"sets too much apart; set at most {MOST} parameters apart")
        return self


class Set(NamedTuple):
    """A parameter that is set apart: kind and numbers of its prior, whether the reading it begins with says the same."""

    name: str
    kind: str
    centre: float
    width: float
    why: str
    claims: tuple[str, ...]
    of_base: bool

    @property
    def numbers(self) -> dict[str, float]:
        """The numbers of the prior as its file has them."""
        told = published()["parameters"][self.name]["prior"]["numbers"]
        centre = self.centre
        if self.kind == "beta":
            centre = (centre - told["low"]) / (told["high"] - told["low"])
        return {CENTRES[self.kind]: _short(centre), WIDTHS[self.kind]: _short(self.width)}

    @property
    def quantiles(self) -> list[float]:
        """Where 5, 25, 50, 75 and 95 percent of the prior lie below."""
        from scipy.special import betaincinv, ndtri

        at = np.array(published()["levels"])
        if self.kind == "normal":
            return [float(each) for each in self.centre + self.width * ndtri(at)]
        if self.kind == "lognormal":
            return [float(each) for each in self.centre * self.width ** ndtri(at)]
        told = published()["parameters"][self.name]["prior"]["numbers"]
        share = self.numbers["mean"]
        low, high = told["low"], told["high"]
        return [
            float(low + (high - low) * each)
            for each in betaincinv(share * self.width, (1 - share) * self.width, at)
        ]


def sets(asked: OwnReading) -> tuple[Set, ...]:
    """What a reading sets apart, in the order of the parameters' table. AmurError names the field that is wrong."""
    known = published()["parameters"]
    like = base(asked)
    given = dict(_given(asked))
    dropped = set(asked.drop or ())
    wanted = {each.parameter for each in like.apart} if like else set()
    wanted |= set(given)
    if asked.add:
        _parameter(asked.add, "add")
        wanted.add(asked.add)
    for name in dropped:
        _parameter(name, "drop")
    made = [_set(name, like, given.get(name, {})) for name in known if name in wanted - dropped]
    if len(made) > MOST:
        raise AmurError(f"sets {len(made)} parameters apart", mend=f"Set at most {MOST} apart.")
    return tuple(made)


def base(asked: OwnReading) -> Reading | None:
    """The reading it begins with."""
    if not asked.base:
        return None
    known = {name: each for name, each in readings().items() if each.structure == "model"}
    if asked.base not in known:
        mend = nearest(asked.base, list(known)) or f"There are {', '.join(known)}."
        raise AmurError(f"there is no reading '{asked.base}' to begin with", field="base", mend=mend)
    return known[asked.base]


def title(asked: OwnReading) -> str:
    """What it is called, if only by what it begins with."""
    told = _clean(asked.title)
    if told:
        return told
    like = base(asked)
    return f"My {like.title[:1].lower()}{like.title[1:]}" if like else "My reading"


def name(asked: OwnReading) -> str:
    """The name of its file, which is none of the ten."""
    stem = re.sub(r"[^a-z0-9]+", "-", title(asked).lower()).strip("-")[:40] or "my-reading"
    return f"my-{stem}.toml" if stem in readings() else f"{stem}.toml"


def text(asked: OwnReading) -> str:
    """The reading as a file: the same address gives the same text."""
    like = base(asked)
    says = _clean(asked.says) or (like.says if like else "A reading of one's own.")
    lines = [
        "# A reading of one's own, made on the page of amur. Check it with: amur readings check FILE",
        f"title = {_quoted(title(asked))}",
        f"says = {_quoted(says)}",
        f"claims = {json.dumps(list(like.claims) if like else [])}",
    ]
    for each in sets(asked):
        numbers = ", ".join(f"{key} = {value!r}" for key, value in each.numbers.items())
        lines += [
            "", "[[apart]]", f'parameter = "{each.name}"', f"prior = {{ {each.kind} = {{ {numbers} }} }}",
            f"why = {_quoted(each.why)}", f"claims = {json.dumps(list(each.claims))}",
        ]  # fmt: skip
    return "\n".join(lines) + "\n"


def of_file(told: Mapping[str, Any]) -> dict[str, str]:
    """The parameters of an address that say what a reading in a file says (``told`` as :meth:`Reading.as_json` gives it)."""
    known = published()["parameters"]
    made = {"title": str(told["title"])[:120], "says": str(told["says"])[:400]}
    for each in told["apart"]:
        name = each["parameter"]
        _parameter(name, "parameter")
        ((kind, numbers),) = each["prior"].items()
        prior = known[name]["prior"]
        if kind != prior["kind"]:
            raise AmurError(
                f"'{name}' has a {kind} prior, and here it can only have a {prior['kind']} one", field=name,
                mend=f"Its base prior is {prior['words']}; or score the file with `amur ask reading --own FILE`.",
            )  # fmt: skip
        centre = float(numbers[CENTRES[kind]])
        if kind == "beta":
            bounds = {key: numbers.get(key, prior["numbers"][key]) for key in ("low", "high")}
            if bounds != {key: prior["numbers"][key] for key in bounds}:
                raise AmurError(
                    f"'{name}' has bounds of its own, which cannot be said here", field=name,
                    mend="Leave low and high out, or score the file with `amur ask reading --own FILE`.",
                )  # fmt: skip
            centre = bounds["low"] + centre * (bounds["high"] - bounds["low"])
        made |= {name: _number(centre), f"{name}{WIDTH}": _number(float(numbers[WIDTHS[kind]]))}
    return made


def address(asked: OwnReading) -> dict[str, Any]:
    """The parameters of the shortest address of a reading: what its base says already is left out."""
    made: dict[str, Any] = {"base": asked.base, "title": _clean(asked.title), "says": _clean(asked.says)}
    if asked.drop and (like := base(asked)):
        # What the base does not set apart has nothing to be dropped from.
        theirs = {each.parameter for each in like.apart}
        made["drop"] = [each for each in dict.fromkeys(asked.drop) if each in theirs]
    for each in sets(asked):
        if not each.of_base:
            made |= {each.name: _number(each.centre), f"{each.name}{WIDTH}": _number(each.width)}
    return {key: value for key, value in made.items() if value}


def shown(asked: OwnReading) -> list[Plain]:
    """What the page shows of each parameter set apart: bounds, base prior, other readings, and all of it on one strip."""
    made = []
    for each in sets(asked):
        told = published()["parameters"][each.name]
        rows: list[Plain] = [
            {"who": "base prior", "kind": "base", "at": told["prior"]["quantiles"]},
            {"who": "yours", "kind": "posterior", "at": each.quantiles},
        ]
        others = {name: _centre(own, told["prior"]) for name, own in told["readings"].items()}
        reach = [*told["range"], *(at for row in rows for at in row["at"]), *others.values()]
        place = strips.scaled(each.kind, reach)
        for row in rows:
            row["places"] = [place(at) for at in row["at"]]
        made.append(
            {
                "name": each.name, "kind": each.kind, "centre": _short(each.centre), "width": _short(each.width), "why": each.why,
                "of_base": each.of_base, "unit": told["unit"], "group": told["group"], "prior": told["prior"], "reason": told["why"],
                "range": _range(each.name), "widths": _widths(told["prior"]), "width_words": WIDTH_WORDS[each.kind], "rows": rows,
                "others": [{"name": name, "value": at, "place": place(at)} for name, at in others.items()],
                "ends": [place(min(reach)), place(max(reach))], "reach": [min(reach), max(reach)],
                "idle": told["idle"],
            }
        )  # fmt: skip
    return made


def _given(asked: OwnReading) -> Iterator[tuple[str, dict[str, float]]]:
    """Centres and widths by parameter, as they are written in the address."""
    found: dict[str, dict[str, float]] = {}
    for key, value in (asked.model_extra or {}).items():
        own = key.removesuffix(WIDTH)
        _parameter(own, key)
        told = value[-1] if isinstance(value, list) else value
        if told == "":
            continue
        try:
            number = float(told)
        except (TypeError, ValueError):
            number = math.nan
        if not math.isfinite(number):
            raise AmurError(f"'{str(told)[:40]}' is not a number", field=key, mend="Write a number.")
        found.setdefault(own, {})["width" if key.endswith(WIDTH) else "centre"] = number
    yield from found.items()


def _parameter(name: str, field: str) -> None:
    known = published()["parameters"]
    if name not in known:
        mend = nearest(name, list(known)) or "See /system/parameters."
        raise AmurError(f"there is no parameter '{name[:60]}'", field=field[:60], mend=mend)
    if known[name]["idle"]:
        raise AmurError(
            f"'{name}' belongs to {known[name]['idle']}, an equation that is not in use", field=field[:60],
            mend="It would move nothing; set parameters of the equation in use apart.",
        )  # fmt: skip


def _set(name: str, like: Reading | None, given: Mapping[str, float]) -> Set:
    prior = published()["parameters"][name]["prior"]
    kind = prior["kind"]
    apart = next((each for each in like.apart if each.parameter == name), None) if like else None
    numbers = {**prior["numbers"], **(apart.numbers if apart else {})}
    centre, width = _centre({"kind": kind, "numbers": numbers}, prior), numbers[WIDTHS[kind]]
    made = (_short(given.get("centre", centre)), _short(given.get("width", width)))
    low, high = _range(name)
    if not low <= made[0] <= high:
        raise AmurError(
            f"{made[0]:g} is beyond the bounds of '{name}'", field=name, mend=f"Give a number from {low:g} to {high:g}."
        )  # fmt: skip
    least, most = _widths(prior)
    if not least <= made[1] <= most:
        raise AmurError(
            f"{made[1]:g} is no width for '{name}' ({WIDTH_WORDS[kind]})", field=f"{name}{WIDTH}",
            mend=f"Give a number from {least:g} to {most:g}.",
        )  # fmt: skip
    same = apart is not None and made == (_short(centre), _short(width))
    return Set(
        name,
        kind,
        *made,
        apart.why if apart and same else PLAIN,
        apart.claims if apart and same else (),
        same,
    )


def _centre(of: Mapping[str, Any], prior: Mapping[str, Any]) -> float:
    """Where a prior is centred, in the parameter's own unit."""
    centre = float(of["numbers"][CENTRES[of["kind"]]])
    if of["kind"] != "beta":
        return centre
    low, high = (of["numbers"].get(key, prior["numbers"][key]) for key in ("low", "high"))
    return float(low + centre * (high - low))


def _range(name: str) -> list[float]:
    """Between which values a prior may be centred: as far as the base prior goes, and as any reading goes."""
    told = published()["parameters"][name]
    middles = [own["quantiles"][2] for own in told["readings"].values()]
    low, high = min([told["range"][0], *middles]), max([told["range"][1], *middles])
    if told["prior"]["kind"] == "beta":
        bounds = told["prior"]["numbers"]
        edge = 0.005 * (bounds["high"] - bounds["low"])
        return [_short(bounds["low"] + edge), _short(bounds["high"] - edge)]
    return [low, high]


def _widths(prior: Mapping[str, Any]) -> list[float]:
    """Between which values a prior may be wide."""
    numbers, kind = prior["numbers"], prior["kind"]
    if kind == "normal":
        return [_short(numbers["spread"] / 20), _short(numbers["spread"] * 2)]
    if kind == "lognormal":
        return [_short(1 + (numbers["factor"] - 1) / 20), _short(max(numbers["factor"] ** 1.5, 2.0))]
    return [min(2.0, _short(numbers["weight"] / 2)), max(400.0, _short(2 * numbers["weight"]))]


def _short(value: float) -> float:
    return float(f"{value:.5g}")


def _number(value: float) -> str:
    return f"{value:.5g}"


def _clean(told: str) -> str:
    return " ".join(re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", " ", told).split())


def _quoted(told: str) -> str:
    return json.dumps(_clean(told), ensure_ascii=False)
