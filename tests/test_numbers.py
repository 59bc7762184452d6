"""The numbers of the essays: the rule, the table, and that a cut record does not know what came later."""

import math
from dataclasses import replace

import pytest

from amur import numbers, numbers_table
from amur.errors import AmurError
from amur.record import Record, load


@pytest.fixture(scope="module")
def checked():
    return {row.id: row for row in numbers.check(load(overlay=False))}


@pytest.mark.parametrize(
    ("value", "low", "high", "close", "bound", "verdict"),
    [
        (10.67, 10.65, 10.75, None, "", "confirmed"),
        (146.9, 126, 140, None, "", "close"),
        (154.1, 126, 140, None, "", "contradicted"),
        (113.3, 126, 140, None, "", "contradicted"),
        (72, 30, math.inf, None, "lower", "confirmed"),
        (20, 30, math.inf, None, "lower", "not covered"),
        (20, 30, 31, None, "", "contradicted"),
        (40, 30, 31, None, "lower", "contradicted"),
        (2008, 2004, 2006, 3, "", "close"),
        (2010, 2004, 2006, 3, "", "contradicted"),
        (0.1 + 0.2, 0.3, 0.3, None, "", "confirmed"),
    ],
)
def test_the_rule(value, low, high, close, bound, verdict):
    assert numbers.judge(value, low, high, close, bound) == verdict


def test_the_table_holds_against_the_record():
    assert numbers.validate(load(overlay=False)) == len(numbers.check(load(overlay=False))) >= 25


def test_ids_are_unique_and_claims_exist():
    from amur import claims

    rows = numbers.check(load(overlay=False))
    assert len({row.id for row in rows}) == len(rows)
    assert {row.claim for row in rows} <= {claim.claim for claim in claims.load()}


# Worked by hand from the rows of the record.
@pytest.mark.parametrize(
    ("name", "value", "verdict"),
    [
        ("trade-2001", 10.67, "confirmed"),
        ("trade-2021", 146.887, "close"),
        ("trade-growth", 146.887 / 10.67, "confirmed"),
        ("share-2013", 10.29, "close"),
        ("share-2021", 17.78, "close"),
        ("share-of-china-2021", 2.4, "confirmed"),
        ("arms-to-india", 22.8, "confirmed"),
        ("arms-to-india-growth", 6503.51 / 13524.8, "contradicted"),
        ("arms-to-vietnam-growth", 1664.6 / 3873.55, "contradicted"),
        ("power-of-siberia-capacity", 38, "close"),
        ("power-of-siberia-2", 50, "confirmed"),
        ("skovorodino-mohe", 30, "confirmed"),
        ("discount-2011", 1.5, "confirmed"),
        ("west-over-russia", (759.427 + 684.321 + 235.564) / 190.27, "confirmed"),
        ("exports-double", 129.13 / 79.4, "close"),
        ("quarter-of-trade", 32.99, "contradicted"),
        ("contracts-may-2023", 5, "confirmed"),
        ("exercises", 72, "confirmed"),
    ],
)
def test_values(checked, name, value, verdict):
    assert checked[name].record_value == pytest.approx(value, rel=1e-5)
    assert checked[name].verdict == verdict
    assert checked[name].sources


@pytest.mark.parametrize("name", ["border-length", "gas-deal-length"])
def test_what_the_record_does_not_hold_is_said(checked, name):
    assert checked[name].verdict == "not covered"
    assert checked[name].record_value is None


def test_a_cut_record_does_not_know_what_came_later():
    early = {row.id: row for row in numbers.check(load("2013-12-31", overlay=False))}
    assert early["discount-2011"].verdict == "confirmed"
    for name in ("trade-2021", "quarter-of-trade", "contracts-may-2023", "power-of-siberia-2"):
        assert early[name].verdict == "not covered"


def test_a_number_stated_in_an_event_must_stand_there():
    assert numbers.states("a $1.50 per barrel discount", 1.5)
    assert numbers.states("five documents", 5)
    assert not numbers.states("fifteen documents", 5)
    assert numbers.states("over 2,000 troops", 2000)


SOUND = """\
[[number]]
id = "a"
claim = "G3"
statement = "Goods trade"
wording = "$10.7 billion"
value = 10.7
low = 10.65
high = 10.75
unit = "US$ bn"
[[number.evidence]]
sum = [["trade.total.chn-rus", "2001"]]
"""


@pytest.fixture
def table(tmp_path, monkeypatch):
    def write(text):
        path = tmp_path / "numbers.toml"
        path.write_text(text, encoding="utf-8")
        monkeypatch.setattr(numbers_table, "FILE", path)
        numbers_table._read.cache_clear()
        return path

    yield write
    numbers_table._read.cache_clear()


def test_a_sound_table_is_read(table):
    table(SOUND)
    (number,) = numbers_table.read()
    assert (number.value, number.low, number.high, number.close, number.line) == (10.7, 10.65, 10.75, None, 1)
    assert (number.evidence[0].sum, number.evidence[0].line) == ((("trade.total.chn-rus", "2001"),), 10)
    assert numbers.validate(load(overlay=False)) == 1


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "told"),
    [
        ('id = "a"\n', "", 1, "id", "is missing"),
        ("low =", "lo =", 1, "lo", "not known. Did you mean low"),
        ("value = 10.7", 'value = "10.7"', 1, "value", "is not a number"),
        ("value = 10.7", "value = nan", 1, "value", "is not a number"),
        ("value = 10.7", "value = true", 1, "value", "is not a number"),
        ('"Goods trade"', '""', 1, "statement", "is not a text"),
        ("high = 10.75", "high = 10", 1, "low", "low is 10.65, high 10"),
        ("high = 10.75", "high = 10.75\nclose = 0", 1, "close", "is not positive"),
        ('[["trade.total.chn-rus", "2001"]]', '["trade.total.chn-rus"]', 10, "sum", "not a list of terms"),
        ('"2001"', '"of 2001"', 10, "sum", "'of 2001' is not a period"),
        ("sum =", "sums =", 10, "sums", "Did you mean sum"),
        ('sum = [["trade.total.chn-rus", "2001"]]', 'why = "so"', 10, "evidence", "nothing says how"),
        ("sum =", 'since = "x"\nsum =', 10, "evidence", "sum and since says"),
        ("sum =", "says = 5\nsum =", 10, "says", "go together"),
        ("sum =", 'bound = "upper"\nsum =', 10, "bound", "is not a bound"),
        ("[[number.evidence]]\nsum = [", "evidence = [", 1, "evidence", "not a list of tables"),
        ("value = 10.7", "value = ", 6, None, "is not TOML"),
        ("[[number]]\n", 'also = 1\n[[number]]\n', None, "also", "Write [[number]]"),
    ],
)  # fmt: skip
def test_a_fault_of_the_table_is_one_error(table, old, new, line, field, told):
    path = table(SOUND.replace(old, new, 1))
    with pytest.raises(AmurError) as raised:
        numbers_table.read()
    error = raised.value
    assert (error.file, error.line, error.field) == (str(path), line, field)
    assert told in str(error)
    assert "\n" not in str(error)
    assert error.mend


def test_an_id_is_given_once(table):
    table(SOUND + SOUND)
    with pytest.raises(AmurError, match="line 12, field 'id': 'a' is there twice"):
        numbers_table.read()


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ('"G3"', '"G99"', 1, "no claim 'G99'"),
        ('"2001"', '"1901"', 10, "has no value for 1901"),
        ("sum = [", 'sum = [["security.arms.tiv.rus-ind", "2001"], ', 10, "adds values in TIV mn and US"),
        ('sum = [["trade.total.chn-rus", "2001"]]', 'since = "2001-01-01.no"', 10, "no event '2001-01-01.no'"),
        (
            'sum = [["trade.total.chn-rus", "2001"]]',
            'event = "2011-10.price-dispute"\nsays = 77',
            10,
            "not state 77",
        ),
    ],
)
def test_what_the_record_does_not_bear_out_is_one_error(table, old, new, line, told):
    table(SOUND.replace(old, new, 1))
    with pytest.raises(AmurError, match=told) as raised:
        numbers.validate(load(overlay=False))
    assert raised.value.line == line


def test_a_divisor_of_nothing_is_not_covered(table):
    table(SOUND + 'over = [["alliance.marker.mutual-defence-treaty.chn-rus", "2001"]]\n')
    (row,) = numbers.check(load(overlay=False))
    assert (row.verdict, row.evidence) == ("not covered", ())


def test_own_evidence_is_said():
    """A number looked up in evidence of the user's own names the set it came from."""
    tables = load(overlay=False).tables
    own = [
        row._replace(origin="mine") if row[:2] == ("trade.total.chn-rus", "2001") else row
        for row in tables.observations
    ]
    rows = {row.id: row for row in numbers.check(Record(replace(tables, observations=own)))}
    assert rows["trade-2001"].evidence[0].overlay == "mine"
    assert rows["trade-growth"].evidence[0].overlay == "mine"
    assert rows["trade-2021"].evidence[0].overlay == ""
