"""Output in the pages: what is compared, what is let pass, and how it is written anew."""

from __future__ import annotations

import pytest
from outputs import pieces, renewed, shown, unlike, unlike_roughly, words  # type: ignore[import-not-found]

PRINTED = """\
Shares of the futures
name        2030    2046
first     12.5%   1,204
second     3.0%      88

Conditional on the model
and its priors.
"""
PAGE = """\
Text.

```sh
amur one two   # a comment
amur three --save x.csv
```

<!-- printed 1-2 "second"+1 -->
```text
old
```

```text
amur only spoken of
```
"""


def test_an_output_is_not_unlike_itself() -> None:
    assert unlike(PRINTED, PRINTED) == []
    assert unlike(shown(PRINTED, "2-3 5"), PRINTED) == []


@pytest.mark.parametrize(
    "passes",
    [
        PRINTED.replace("12.5%", "12.6%").replace("1,204", "1,150"),
        PRINTED.replace("3.0%      88", "3.0%  88"),
        "second     3.0%      88\nfirst     12.5%   1,204\n",
        "Conditional on the\nmodel and its\npriors.\n",
    ],
)
def test_what_another_machine_may_print_passes(passes: str) -> None:
    assert unlike(passes, PRINTED) == []


@pytest.mark.parametrize(
    "made_up",
    [
        PRINTED.replace("second", "third"),
        PRINTED.replace("Conditional", "Certain"),
        PRINTED.replace("12.5%", "82.5%"),
        "first     12.5%   1,204   7\n",
        PRINTED + "One line more.\n",
    ],
)
def test_what_was_made_up_does_not(made_up: str) -> None:
    assert unlike(made_up, PRINTED) != []


def test_a_mark_names_lines_by_number_or_by_their_words() -> None:
    assert shown(PRINTED, "") == PRINTED
    assert shown(PRINTED, "1-2 'Conditional on'+1").splitlines() == [
        "Shares of the futures",
        "name        2030    2046",
        "…",
        "Conditional on the model",
        "and its priors.",
    ]
    assert shown(PRINTED, "1-") == "".join(PRINTED.splitlines(True)[:4]) + "…\n"
    assert shown(PRINTED, "second+") == "…\nsecond     3.0%      88\n…\n"
    with pytest.raises(SystemExit, match="no line behind line 0 holds 'nowhere'"):
        shown(PRINTED, "nowhere")


def test_a_page_is_written_anew_and_only_where_it_is_marked() -> None:
    asked = []

    def run(command: list[str]) -> str:
        asked.append(command)
        return PRINTED if command[0] == "three" else "of another command\n"

    after = renewed(PAGE, run)
    assert asked == [["three", "--save", "x.csv"]]
    assert after == PAGE.replace(
        "old\n", "Shares of the futures\nname        2030    2046\n…\nsecond     3.0%      88\n\n…\n"
    )
    assert renewed(after, run) == after
    assert [piece.shows for piece in pieces(PAGE)] == [None, '1-2 "second"+1']


def test_comments_and_redirections_are_no_words() -> None:
    assert words("amur brief --json > brief.json  # the summary") == ["amur", "brief", "--json"]


FEWER = PRINTED.replace("12.5%", "14.1%").replace("88", "61").replace("first ", "first").replace("its", "these")


def test_an_answer_of_fewer_futures_is_alike_roughly() -> None:
    lines = FEWER.splitlines(keepends=True)
    assert unlike(PRINTED, FEWER) != []
    assert unlike_roughly(PRINTED, "".join([*lines[:2], lines[3], lines[2], *lines[4:]])) == []


@pytest.mark.parametrize(
    "made_up",
    [
        PRINTED.replace("12.5%", "52.5%").replace("3.0%", "8.0%").replace("88", "300"),
        PRINTED.replace("first", "third").replace("second", "fourth"),
        "Conditional on nothing whatever, as anybody knows.\n",
    ],
)
def test_and_what_was_made_up_is_not(made_up: str) -> None:
    assert unlike_roughly(made_up, FEWER) != []
