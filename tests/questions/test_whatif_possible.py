"""What surfaces offer to do in a what-if is what the model can do; lines are read and written without it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from amur.errors import AmurError
from amur.questions.whatif import intervention, possible
from amur.questions.whatif.lines import line
from amur.questions.whatif.making import declared
from amur.system.interventions import as_json, from_json
from amur.system.scenario_files import scenarios


def test_the_file_is_what_the_model_declares_and_of_the_posteriors_shipped():
    """Where this fails: python -m amur.questions.whatif.making"""
    kept = possible.possible()
    for name, each in json.loads(json.dumps(declared())).items():
        assert kept[name] == each, name
    assert possible.fresh()
    assert set(kept["effects"]) == set(scenarios())


def test_where_quantities_usually_run_is_within_their_bounds():
    kept = possible.possible()
    for name, (low, middle, high) in kept["usual"].items():
        about = kept["quantities"][name]
        assert low <= middle <= high
        assert about["low"] is None or about["low"] <= low
        assert about["high"] is None or high <= about["high"]
    assert all(name in kept["usual"] for name, about in kept["quantities"].items() if about["for"])


def test_it_is_read_without_the_model():
    code = (
        "import sys; from amur.questions.whatif import possible, Asked; from amur.questions.whatif.sharing import text;"
        "print(possible.said(possible.plain('hold oil_price 150')), '|', 'jax' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "Brent crude at 150 US$/bbl | False"


@pytest.mark.parametrize("name", sorted(scenarios()))
def test_scenarios_are_told_in_lines_that_say_the_same(name: str):
    lines = possible.lines_of(name)
    assert tuple(map(intervention, lines)) == scenarios()[name].interventions
    assert from_json([possible.plain(each) for each in lines]) == scenarios()[name].interventions


LINES = (
    "hold oil_price 150.123456789 start=2027-Q1 end=2029-Q4 ramp=2 fade=3",
    "hold aid_ukr 20 begin=80 ramp=8 start=2027",
    "change gdp_chn 0.87",
    "change oil_price -12.5 how=add start=2028-Q3",
    "force support dual-use start=2027-Q1",
    "scale common-rival 1.5",
    "scale ambiguity.ambiguity_pays 0",
    "cut gas_chn 0.3 start=2027-Q1",
    "add lng_chn 4.5 end=2040",
    "line power-of-siberia-2 built start=2033-Q1",
    "capacity espo-spur 1.5",
    "capacity power-of-siberia -5 how=add",
    "freeze trade at=2021-Q4",
)


@pytest.mark.parametrize("told", LINES)
def test_a_line_is_read_and_written_to_the_last_digit(told: str):
    plain = possible.plain(told)
    assert from_json([plain]) == (intervention(told),)
    written = line(as_json([intervention(told)])[0], possible.shapes())
    assert intervention(written) == intervention(told)
    assert possible.said(plain)


@pytest.mark.parametrize(
    ("told", "field", "mend"),
    [
        ("hold oil_prise 150", "quantity", "oil_price"),
        ("hold dependence_rus 0.5", "quantity", ""),
        ("holt oil_price 150", "do", "hold"),
        ("hold oil_price 150 begins=2", "begins", "begin"),
        ("hold oil_price much", "value", ""),
        ("cut oil_chn", "share", "cut FLOW SHARE"),
        ("capacity cku-railway 2", "line", ""),
        ("force support", "option", ""),
        ("", "do", "hold oil_price"),
    ],
)
def test_what_cannot_be_is_refused_without_the_model(told: str, field: str, mend: str):
    with pytest.raises(AmurError) as refused:
        possible.plain(told)
    assert refused.value.field == field
    assert mend in str(refused.value.mend)
