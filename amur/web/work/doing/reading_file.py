"""Readings from outside: a file read, and a reading held against the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from amur.errors import AmurError
from amur.web.work.doing.given import given

if TYPE_CHECKING:
    from amur.questions.ensembles import Progress
    from amur.readings import Reading


def reading_file(told: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """What the reading in the file ``told["text"]`` named ``told["name"]`` says, as a plain object; the model is not
    asked. AmurError names the file, the line and the field."""
    return _read(told, progress).as_json()


def reading_check(told: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """How far the reading ``told["text"]`` moves each parameter it sets apart, in standard scores of the base prior.
    AmurError where a parameter, a prior or a prediction does not fit the model."""
    from amur.readings.check import check

    text, name = str(told["text"]), str(told.get("name") or "own.toml")
    progress("reading the file", 0, 0)
    with given(text, name) as path:
        from amur.readings import read

        return {"shifts": [each._asdict() for each in check(read(path))]}


def _read(told: Mapping[str, Any], progress: Progress) -> Reading:
    from amur.readings import read, readings

    text, name = str(told["text"]), str(told.get("name") or "own.toml")
    progress("reading the file", 0, 0)
    with given(text, name) as path:
        made = read(path)
        if made.structure != "model":
            raise AmurError(
                "has no structure: it would be persistence over again",
                file=str(path),
                field="structure",
                mend="Write model.",
            )
        if made.name in readings():
            raise AmurError(
                f"has the name of a reading of amur's own, '{made.name}'",
                file=str(path),
                mend="Give the file another name.",
            )
        return made
