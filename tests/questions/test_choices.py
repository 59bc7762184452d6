"""What surfaces offer without the model is what the model knows."""

from __future__ import annotations

import subprocess
import sys

from amur.questions import choices


def test_the_file_is_what_the_model_says():
    """Where this fails: python -m amur.questions.choices"""
    assert choices.FILE.read_text(encoding="utf-8") == choices.text()


def test_it_is_read_without_the_model():
    code = "import sys; from amur.questions.choices import choices; print(len(choices()['actors']), 'jax' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "5 False"


def test_every_side_is_offered_alike():
    """Each actor has levers, aims and costs, each with a reason."""
    for actor in choices.choices()["actors"]:
        assert actor["levers"]
        assert {each["kind"] for each in actor["aims"]} == {"aim", "cost"}
        assert all(each["why"] for each in [*actor["levers"], *actor["aims"]])
