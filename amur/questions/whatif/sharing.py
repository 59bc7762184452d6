"""What-ifs as files that can be handed on and asked again, to the same numbers.

Such a file is a scenario file (``amur simulate --interventions`` reads it too) with a table ``[whatif]``: futures, seed,
weights, dates and quantities, what it is compared with, and what the numbers were made with.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from amur import __version__, atomic
from amur.errors import AmurError, nearest
from amur.questions.answer import Answer
from amur.questions.whatif.asked import Asked
from amur.record.toml import read_toml

FIELDS = ("futures", "seed", "weights", "at", "quantity", "against_title", "against", "made")


def shared(file: str | Path) -> dict[str, Any] | None:
    """The options of ``amur.questions.ask("whatif", ...)`` that a shared file holds; None for another scenario file."""
    from amur.system.interventions import from_json
    from amur.system.scenario_files import read

    path = Path(file)
    _, tables = read_toml(path)
    if "whatif" not in tables:
        return None
    told = tables["whatif"]
    if not isinstance(told, dict):
        raise AmurError("is not a table", file=path, field="whatif", mend="Write [whatif] above its fields.")
    for name in told:
        if name not in FIELDS:
            mend = nearest(name, list(FIELDS)) or f"Known: {', '.join(FIELDS)}."
            raise AmurError(f"'{name}' is not known here", file=path, field=name, mend=mend)
    made, rows = told.get("made", {}), told.get("against", [])
    if not isinstance(made, dict) or not isinstance(rows, list):
        raise AmurError("is not as it was written", file=path, field="whatif", mend="Write the file again.")
    found = read(path) if "interventions" in tables else None
    try:
        options: dict[str, Any] = {
            "title": str(tables.get("title", "")),
            "interventions": found.interventions if found else (),
            "claims": found.claims if found else tuple(tables.get("claims", ())),
            "against_interventions": from_json(rows),
            **{name: told[name] for name in FIELDS[:6] if name in told},
            "made": {str(name): str(value) for name, value in made.items()},
        }
        Asked(**options)
    except AmurError as error:
        raise AmurError(error.problem, file=path, field=error.field, mend=error.mend) from None
    except (TypeError, AttributeError):
        raise AmurError(
            "is not as it was written", file=path, field="whatif", mend="Write the file again."
        ) from None
    return options


def text(made: Answer) -> str:
    """A what-if that was answered, as a file."""
    asked = made.asked
    head = {
        "title": asked["title"],
        "what": "A what-if to ask again: amur ask whatif --scenario-file FILE gives the same numbers.",
        "claims": asked["claims"],
    }
    options = {
        "futures": made.asked["futures"],
        "seed": asked["seed"],
        "weights": asked["weights"],
        "at": asked["at"],
        "quantity": asked["quantity"],
        "against_title": asked["against_title"],
    }
    told = {
        "version": made.made.version,
        "stamp": made.made.stamp,
        "weighed": ", ".join(f"{name} {share:.4f}" for name, share in made.made.weights.items()),
    }
    blocks = [_table("", head), _table("[whatif]", options), _table("[whatif.made]", told)]
    blocks += [_table("[[whatif.against]]", each) for each in asked["against_interventions"]]
    blocks += [_table("[[interventions]]", each) for each in asked["interventions"]]
    return "\n\n".join(blocks) + "\n"


def write(made: Answer, file: str | Path, force: bool = False) -> Path:
    """Write a what-if that was answered as a file to hand on. AmurError where there is one already."""
    return atomic.write_text(check(file, force), text(made))


def check(file: str | Path, force: bool = False) -> Path:
    """The path, where a what-if can be written to it. AmurError for another ending and for a file that exists."""
    path = Path(file)
    if path.suffix != ".toml":
        raise AmurError(f"'{path.name}' is no scenario file", field="share", mend="End the name in .toml.")
    if path.exists() and not force:
        raise AmurError("exists", file=path, mend="Choose another name, or add --force to overwrite it.")
    atomic.check_place(path)
    return path


def differs(made: Mapping[str, str]) -> list[str]:
    """What a shared what-if was made with (``version``, ``stamp``) that is another here: its numbers cannot be expected
    again. Nothing for what was made with the same."""
    from amur.conditioning.shipped import shipped

    here = {"version": __version__, "stamp": shipped().stamp}
    other = [
        f"{name} {told} (here {here[name]})" for name, told in made.items() if told != here.get(name, told)
    ]
    if not other:
        return []
    return [f"This what-if was shared with {' and '.join(other)}: its numbers may be others than the sender's."]


def _table(head: str, values: dict[str, Any]) -> str:
    rows = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]
    return "\n".join([head, *rows] if head else rows)
