"""``amur readings``: rival answers to what the relationship is, and a user's own beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from amur.cli import options, output
from amur.cli.options import AsJson, Force

if TYPE_CHECKING:
    from amur.readings.check import Shift
    from amur.readings.predictive import Outcome
    from amur.readings.reading import Reading

app = options.new_app()
Which = Annotated[str, typer.Argument(metavar="READING", help="A name (`amur readings list`) or a .toml file")]


@app.callback()
def about() -> None:
    """Rival answers to what the relationship is, as priors with reasons; write one of your own."""


@app.command("list", short_help="The ten readings: what each says and on which claims.")
def list_readings(as_json: AsJson = False) -> None:
    """The ten readings: what each says and on which claims."""
    from amur.readings import readings

    known = readings().values()
    if as_json:
        output.print_json([each.as_json() for each in known])
        return
    rows = [(each.name, len(each.apart), len(each.predicts), _claims(each), each.says) for each in known]
    output.say(output.entries(("reading", "apart", "predicts", "claims", "says"), rows))


@app.command(short_help="One reading: what it says, sets apart and predicts, each with its reason.")
def show(name: Which, as_json: AsJson = False) -> None:
    """One reading: what it says, sets apart and predicts, each with its reason."""
    from amur.readings import reading

    found = reading(name)
    if as_json:
        output.print_json(found.as_json())
        return
    _head(found)
    if found.apart:
        apart = [
            (each.parameter, _prior(each.kind, each.numbers), " ".join(each.claims), each.why)
            for each in found.apart
        ]
        output.say()
        output.say(output.entries(("sets apart", "prior", "claims", "why"), apart))
    _predictions(found)
    output.say()
    output.say(
        output.table(("changed", "what"), [(each.date, each.what) for each in found.log], wrap=("what",))
    )


@app.command(short_help="Write NAME.toml into this folder: a commented reading to change.")
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Small letters, digits and hyphens")],
    like: Annotated[
        str,
        typer.Option("--from", metavar="READING", help="Begin with a copy of this one", callback=options.said),
    ] = "",
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Write NAME.toml into this folder: a commented reading to change."""
    from amur.readings import reading, template

    file = template.write(name, reading(like) if like else None, force=force)
    if as_json:
        output.print_json({"file": str(file)})
        return
    output.say(f"{file}: change it, then: amur readings check {file}")


@app.command(short_help="Check a reading: what it sets apart, how far, and where it predicts otherwise.")
def check(
    name: Which,
    run: Annotated[
        bool,
        typer.Option("--run", help="Run history and try each prediction against the base prior (a minute)"),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check a reading against the model: what it sets apart, how far, and where it predicts otherwise."""
    from amur.readings import reading
    from amur.readings.check import check as checked

    found = reading(name)
    shifts = checked(found)
    tried: tuple[Outcome, ...] = ()
    if run and found.predicts:
        from amur.readings.predictive import expected, outcomes

        base = expected()
        tried = outcomes(found, expected(found), base)
    if as_json:
        output.print_json(_checked(found, shifts, tried))
        return
    _head(found)
    if shifts:
        rows = [
            (each.parameter, _range(each.base), _range(each.reading), f"{each.move:+.1f}", each.unit)
            for each in shifts
        ]
        output.say()
        output.say(
            output.table(("sets apart", "base prior", "reading", "moved", "unit"), rows, right=("moved",))
        )
        output.say()
        output.say(
            output.paragraph(
                "Medians and middle 90%. Moved: the reading's median as a standard score of the base prior."
            )
        )
    _predictions(found, tried)
    if tried:
        held = sum(each.holds for each in tried)
        output.say(output.paragraph(f"{held} of {len(tried)} predictions come out under these priors."))


def _checked(found: Reading, shifts: tuple[Shift, ...], tried: tuple[Outcome, ...]) -> dict[str, Any]:
    predicts = [each.as_json() for each in tried] or [each.as_json() for each in found.predicts]
    return {
        "name": found.name,
        "title": found.title,
        "says": found.says,
        "structure": found.structure,
        "apart": [each._asdict() for each in shifts],
        "predicts": predicts,
    }


def _head(found: Reading) -> None:
    output.say(output.heading(f"{found.title} ({found.name})"))
    output.say(output.paragraph(found.says))
    if found.claims:
        output.say(f"Claims: {_claims(found)}")


def _predictions(found: Reading, tried: tuple[Outcome, ...] = ()) -> None:
    if not found.predicts:
        return
    output.say()
    if tried:
        rows = [
            (
                each.predicts.of,
                each.predicts.side,
                f"{each.predicts.start}-{each.predicts.end}",
                f"{each.base:.3g}",
                f"{each.reading:.3g}",
                "yes" if each.holds else "no",
            )
            for each in tried
        ]
        columns = ("predicts", "side", "years", "base prior", "reading", "comes out")
        output.say(output.table(columns, rows, right=("base prior", "reading")))
        output.say()
        return
    told = [(each.of, each.side, f"{each.start}-{each.end}", each.why) for each in found.predicts]
    output.say(output.entries(("predicts", "side", "years", "why"), told))


def _claims(found: Reading) -> str:
    """Claim ids; a long run of one essay as its first and last."""
    many = len(found.claims) > 4
    return f"{found.claims[0]}-{found.claims[-1]}" if many else " ".join(found.claims)


def _prior(kind: str, numbers: dict[str, float]) -> str:
    return f"{kind} {', '.join(f'{name} {value:g}' for name, value in numbers.items())}"


def _range(three: tuple[float, float, float]) -> str:
    return f"{three[0]:.3g} ({three[1]:.3g} to {three[2]:.3g})"
