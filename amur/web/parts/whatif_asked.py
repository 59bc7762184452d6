"""What a what-if can be asked with in an address, and the address that says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from amur import __version__
from amur.errors import AmurError
from amur.questions import again
from amur.questions.whatif import possible
from amur.web.asked import AskedOfFutures
from amur.web.views import link

MOST, SCENARIOS, QUANTITIES, DATES, LONGEST, TITLE = 24, 6, 12, 8, 200, 200
"""Bounds: interventions of a world, its scenarios, quantities, dates, and letters of a line and of a title."""
USUAL_AT = "2030,2036,2046"
USUAL = {"futures": 2048, "seed": 1, "weights": "stacking"}
NAMED = 2
"""Parts of a world that its name tells before it counts the others."""
DATE = r"\d{4}(-Q[1-4])?"


def _several(told: Any) -> Any:
    """Names told one by one or with commas between them; empty fields of a form say nothing."""
    parts = [told] if isinstance(told, str) else told
    if not isinstance(parts, list):
        return parts
    return [each.strip() for part in parts for each in str(part).split(",") if each.strip()]


def _lines(told: Any) -> Any:
    """Lines told one by one; empty fields of a form say nothing."""
    parts = [told] if isinstance(told, str) else told
    return (
        [" ".join(str(each).split()) for each in parts if str(each).strip()]
        if isinstance(parts, list)
        else parts
    )


def _no_break(told: str) -> str:
    if ";" in told or "\0" in told:
        raise ValueError("holds more than one intervention; give each a do= of its own")
    return told


def _dates(told: Any) -> Any:
    return ",".join(part for each in ([told] if isinstance(told, str) else told) for part in _several(each)) or None \
        if isinstance(told, str | list) else told  # fmt: skip


def _few(told: str | None) -> str | None:
    if told and told.count(",") >= DATES:
        raise ValueError(f"names more than {DATES} dates; name fewer")
    return told


Name = Annotated[str, Field(max_length=80, pattern=r"^[a-z0-9_-]+$")]
Quantity = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9_]+$")]
Line = Annotated[str, Field(max_length=LONGEST), AfterValidator(_no_break)]
Title = Annotated[str, Field(max_length=TITLE, pattern=r"^[^\x00-\x1f\x7f]*$")]


class WhatIf(AskedOfFutures):
    """A world made of scenarios and interventions, what it is compared with, and what is looked at."""

    scenario: Annotated[list[Name] | None, BeforeValidator(_several)] = Field(
        None, max_length=SCENARIOS, description="Built-in scenarios or levers by name, laid one over the other"
    )
    do: Annotated[list[Line] | None, BeforeValidator(_lines)] = Field(
        None, max_length=MOST,
        description="Interventions, a line each, laid over the scenarios: hold oil_price 150 start=2027-Q1 ramp=2",
    )  # fmt: skip
    against: Annotated[list[Name] | None, BeforeValidator(_several)] = Field(
        None, max_length=SCENARIOS, description="The world to compare with; without one it is the baseline"
    )
    against_do: Annotated[list[Line] | None, BeforeValidator(_lines)] = Field(
        None, max_length=MOST, description="Interventions of the world to compare with"
    )
    title: Title | None = Field(None, description="What to call the world")
    against_title: Title | None = Field(None, description="What to call the world it is compared with")
    claims: Annotated[
        list[Annotated[str, Field(pattern=r"^[A-Z]{1,3}\d{1,3}$")]] | None, BeforeValidator(_several)
    ] = Field(None, max_length=60, description="Claims that it bears on, beside those of the scenarios")
    quantity: Annotated[list[Quantity] | None, BeforeValidator(_several)] = Field(
        None, max_length=QUANTITIES, description="Quantities to look at; none: the strongest effects"
    )
    at: Annotated[
        Annotated[str, Field(pattern=rf"^{DATE}(,{DATE})*$", max_length=100), AfterValidator(_few)] | None,
        BeforeValidator(_dates),
    ] = Field(None, description="Dates to look at, at most eight, with commas: 2030,2036-Q2,2046")
    v: Annotated[str, Field(max_length=40, pattern=r"^[\w.+-]*$")] | None = Field(
        None, description="The version of Amur that the address was made with"
    )
    stamp: Annotated[str, Field(max_length=64, pattern=r"^[0-9a-f]*$")] | None = Field(
        None, description="The posteriors that the address was made with"
    )

    @property
    def anything(self) -> bool:
        """Whether anything is done in either world."""
        return any((self.scenario, self.do, self.against, self.against_do))

    @property
    def made(self) -> dict[str, str]:
        """What the address says it was made with."""
        return {name: told for name, told in (("version", self.v), ("stamp", self.stamp)) if told}


def of_question(asked: WhatIf) -> dict[str, Any]:
    """The options of the question. AmurError for a line or a name that cannot be, before the model is troubled with it."""
    check(asked)
    told = asked.told()
    for name in ("v", "stamp"):
        told.pop(name, None)
    for name, scenarios, do in (
        ("title", asked.scenario, asked.do),
        ("against_title", asked.against, asked.against_do),
    ):
        if do and not told.get(name):
            told[name] = called(scenarios or (), do)
    return {name: each for name, each in told.items() if each not in (None, "", [])}


def check(asked: WhatIf) -> None:
    """Raise AmurError for a line or a name that cannot be."""
    for field, scenarios, do in (
        ("do", asked.scenario, asked.do),
        ("against_do", asked.against, asked.against_do),
    ):
        many = sum(len(possible.lines_of(name)) for name in scenarios or ()) + len(do or ())
        for line in do or ():
            possible.plain(line)
        if many > 2 * MOST:
            raise AmurError(f"does {many} things at once", field=field, mend=f"Do at most {2 * MOST}.")
    for name in asked.quantity or ():
        possible.known(name, possible.possible()["quantities"], "quantity", "quantity")


def called(scenarios: Sequence[str], do: Sequence[str]) -> str:
    """What a world is called that has no name of its own: its scenarios, then what is done, in words."""
    parts = [possible.found_scenario(name)["title"] for name in scenarios]
    parts += [possible.said(possible.plain(line)) for line in do]
    more = len(parts) - NAMED
    name = " + ".join(parts if more <= 0 else [*parts[:NAMED], f"{more} more"])
    return name if len(name) <= TITLE else f"{name[: TITLE - 1]}…"


def address(asked: WhatIf, path: str = "/whatif", made: bool = True, **more: Any) -> str:
    """The address that says all of it, and (``made``) with which version and posteriors the numbers were made."""
    told = asked.model_dump(exclude={"v", "stamp"})
    told = {name: each for name, each in told.items() if each != USUAL.get(name)}
    if told.get("at") == USUAL_AT:
        del told["at"]
    here = {"v": __version__, "stamp": stamp()} if made and asked.anything else {}
    return link(path, told, **here, **more)


def reproduced(asked: WhatIf) -> dict[str, str]:
    """The call in Python and the command line that give the same numbers; the command is empty where it cannot say it."""
    told = of_question(asked)
    told = {name: each for name, each in told.items() if name not in ("title", "against_title", "claims")}
    return {"python": again.call("whatif", told), "command": again.line("whatif", told)}


def of_file(options: Mapping[str, Any]) -> WhatIf:
    """What a scenario file or a shared what-if asks. AmurError where it is more than an address may say."""
    from amur.questions.whatif.lines import line

    told: dict[str, Any] = {
        name: options[name] for name in USUAL if options.get(name) not in (None, USUAL[name])
    }
    shapes = possible.shapes()
    titles, claims = {}, list(options.get("claims", ()))
    for side, scenarios, do in (("", "scenario", "do"), ("against_", "against", "against_do")):
        lines = [line(each, shapes) for each in options.get(f"{side}interventions", ())]
        if len(lines) > 2 * MOST or any(len(each) > LONGEST for each in lines):
            raise AmurError(
                "does more than an address can say", field="interventions", mend=f"Give at most {MOST}."
            )
        named, rest = _recognised(lines, options.get(f"{side}title", ""))
        if len(rest) > MOST:
            raise AmurError(
                f"holds {len(rest)} interventions", field="interventions", mend=f"Give at most {MOST}."
            )
        told |= {scenarios: named, do: rest}
        claims = [each for each in claims if all(each not in _claims(name) for name in named)]
        title = str(options.get(f"{side}title", ""))[:TITLE]
        if lines and title not in ("", called(named, rest), *(["1 intervention"] if side == "" else [])):
            titles[f"{side}title"] = title
    at = ",".join(str(each).removesuffix("-Q4") for each in _several(list(options.get("at", ()))))
    made = options.get("made", {})
    told |= titles | {
        "claims": claims, "quantity": list(options.get("quantity", ())), "at": at if at != USUAL_AT else "",
        "v": made.get("version"), "stamp": made.get("stamp"),
    }  # fmt: skip
    return _model(told)


def _model(told: dict[str, Any]) -> WhatIf:
    from pydantic import ValidationError

    try:
        return WhatIf(**{name: each for name, each in told.items() if each not in (None, "", [])})
    except ValidationError as error:
        first = error.errors()[0]
        said = str(first["msg"]).removeprefix("Value error, ")
        raise AmurError(
            said[:1].lower() + said[1:],
            field=".".join(map(str, first["loc"])),
            mend="Ask for less in one file.",
        ) from None


def _recognised(lines: list[str], title: str) -> tuple[list[str], list[str]]:
    """The built-in scenarios that lines begin with, where the title says so, and the rest."""
    for name, each in possible.possible()["scenarios"].items():
        if lines[: len(each["do"])] == each["do"] and title.startswith(each["title"]):
            more, rest = _recognised(lines[len(each["do"]) :], title.removeprefix(each["title"]).lstrip(" +"))
            return [name, *more], rest
    return [], lines


def _claims(scenario: str) -> list[str]:
    claims: list[str] = possible.found_scenario(scenario)["claims"]
    return claims


def stamp() -> str:
    """The posteriors that answers are of."""
    from amur.conditioning.shipped import shipped

    return shipped().stamp
