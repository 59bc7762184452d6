"""The commands why, map, book and laws answer and refuse in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from amur.cli import main


def test_why_tells_only_what_it_rests_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", "trust_rus", "--steps", "0", "--json"]) == 0
    near = json.loads(capsys.readouterr().out)
    assert main(["why", "trust_rus", "--steps", "1", "--json"]) == 0
    far = json.loads(capsys.readouterr().out)
    names = [each["name"] for each in near["mechanisms"]]
    assert "trust.forbearance_builds_trust" in names
    assert len(far["mechanisms"]) > len(names)
    assert "trust_gain" in near["parameters"]


def test_map_is_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "around.svg"
    assert main(["map", "--around", "trust_rus", "--save", str(file)]) == 0
    assert "<svg" in file.read_text(encoding="utf-8")
    assert main(["map", "--save", "map.doc"]) == 2
    assert "cannot be saved" in capsys.readouterr().err


def test_faults_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["laws", "no-such-law"]) == 2
    assert main(["why", "trust_russ"]) == 2
    assert "Did you mean trust_rus" in capsys.readouterr().err
