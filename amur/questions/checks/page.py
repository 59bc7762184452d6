"""The page of the outside checks, and each check in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from amur.conditioning.page_words import minus, table
from amur.questions.answer import in_words
from amur.questions.words import figure

type Plain = Mapping[str, Any]

HEAD = """\
# Outside checks of what-ifs

A what-if has no truth to be scored against. Here our effects stand beside published studies that computed the nearest
thing with other means, and beside what the record shows of times at which the world itself changed one thing more than
others. Where concepts differ it is said in what; a verdict is found in the numbers, not chosen."""


def page(told: Plain) -> str:
    """The page in Markdown."""
    studies = [each for each in told["checks"] if each["kind"] == "study"]
    natural = [each for each in told["checks"] if each["kind"] == "experiment"]
    lines = [HEAD, "", *_summary(studies), ""]
    for each in studies:
        lines += _study(each)
    lines += ["## Natural experiments of the record", "", *_ratios(told["ratios"]), ""]
    for each in natural:
        lines += _experiment(each)
    lines += [
        "## How it was made",
        "",
        (
            f"{told['futures']:,} histories from 1992 to 2025 of the readings as the record left them, weighed by stacking; twins"
            " share their parameters, and in history nothing is left to luck, so that intervals are over parameter sets and"
            " readings alone. Decisions, war and world markets are as the record has them in every twin, unless they are what is"
            " changed: an effect is that of one cause with all else as it was, not what would have happened."
        ),
        "",
        (
            f"amur {told['version']}, stamp {told['stamp']}. `python -m amur.questions.checks` makes it again;"
            " `amur ask whatif --checks` shows it."
        ),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _summary(studies: Sequence[Plain]) -> list[str]:
    rows = [
        (
            each["title"],
            f"{minus(format(each['theirs'], 'g'))} {each['unit']}",
            _beside(each["numbers"][0]),
            each["verdict"],
        )
        for each in studies
    ]
    return table(("what happens", "theirs", "ours (90% interval)", "verdict"), rows, 4)


def _study(each: Plain) -> list[str]:
    rows = [
        (
            number["about"],
            _beside(number),
            f"{number['data_share']:.0%} {in_words(number['data_share'])}",
            _readings(number),
        )
        for number in each["numbers"]
    ]
    return [
        f"## {each['title']}", "", f"*{each['there']}* {each['source']}.", "",
        *table(("ours", "value (90% interval)", "data share", "readings"), rows, 4), "",
        each["concept"], "", f"**Verdict**: {each['verdict']}.", "",
    ]  # fmt: skip


def _experiment(each: Plain) -> list[str]:
    rows = [
        (
            row["about"], f"{row['from']}–{row['to']}", _seen(row), _beside(row["model"]), _beside(row["effect"]),
            row["verdict"],
        )
        for row in each["rows"]
    ]  # fmt: skip
    also = [
        f"- {told['about']}: {_value(told['first'])} ({told['from']}) to {_value(told['last'])} ({told['to']}),"
        f" {_signed(told['growth'])}%"
        for told in each["also"]
    ]
    events = [f"- {told}" for told in each["events"]]
    heads = (
        "",
        "years",
        "record's change",
        "model's change (90%)",
        f"effect against '{each['without']}' (90%)",
        "verdict",
    )
    return [
        f"### {each['title']}", "", each["what"], "", *table(heads, rows, 6), "",
        *([*also, ""] if also else []), *([*events, ""] if events else []),
        *([f"**{each['against']}.**", ""] if each["against"] else []), each["caution"], "", "Sources: " + "; ".join(source.rstrip(".") for source in each["sources"]) + ".", "",
    ]  # fmt: skip


def _ratios(told: Plain) -> list[str]:
    words = {
        "dependence_rus": "China's share of Russia's trade",
        "yuan_share": "settlement in the two currencies",
    }
    return [
        "The response to 2022 over that to 2014: "
        + "; ".join(
            f"{words[name]} {each['record']:.1f} times in the record, {each['model']:.1f} times in the model,"
            f" {each['effect']:.1f} times for the effect of sanctions alone"
            for name, each in told.items()
        )
        + "."
    ]


def here(each: Plain) -> str:
    """What the model says in a check, in a sentence."""
    if each["kind"] == "study":
        return (
            "; ".join(f"{number['about']} {_beside(number)} {number['unit']}" for number in each["numbers"])
            + "."
        )
    return "; ".join(
        f"{row['about']} {_beside(row['model'])} {row['unit']} in all, of which {_beside(row['effect'])} against '{each['without']}'"
        for row in each["rows"]
    ) + "."  # fmt: skip


def there(each: Plain) -> str:
    """What the study or the record says, in a sentence."""
    if each["kind"] == "study":
        return f"{each['there']} {each['source']}."
    told = [
        f"{row['about']} {_seen(row)} from {row['from']} to {row['to']}"
        for row in each["rows"]
        if row["record"]
    ]
    more = [f"{told['about']} {_signed(told['growth'])}%" for told in each["also"]]
    return f"{each['what']} In the record: {'; '.join([*told, *more])}."


def _seen(row: Plain) -> str:
    return f"{_signed(row['record']['change'])} {row['unit']}" if row["record"] else "unseen"


def _beside(number: Plain) -> str:
    return f"{_signed(number['value'])} ({_signed(number['low90'])} to {_signed(number['high90'])})"


def _readings(number: Plain) -> str:
    told = sorted(number["by_reading"].items(), key=lambda each: each[1])
    return f"{_signed(told[0][1])} ({told[0][0]}) to {_signed(told[-1][1])} ({told[-1][0]})"


def _value(value: float) -> str:
    return minus(figure(value))


def _signed(value: float) -> str:
    return ("+" if value > 0 else "") + minus(figure(value))
