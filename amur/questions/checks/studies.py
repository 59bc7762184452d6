"""Published counterfactuals, and the nearest thing that the model computes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from amur.questions.answer import Number
from amur.questions.checks.verdicts import beside
from amur.questions.checks.worlds import THIRD, Histories, Years

PERCENT = "percent"


class Study(NamedTuple):
    """A published number: what it is of, where it is from, and in what ours is another thing."""

    name: str
    title: str
    theirs: float
    unit: str
    there: str
    source: str
    concept: str
    ours: Callable[[Histories], tuple[Number, ...]]


def _losses(world: str, without: str, years: tuple[int, ...]) -> Callable[[Histories], tuple[Number, ...]]:
    def ours(of: Histories) -> tuple[Number, ...]:
        output = [
            of.number(
                f"output_rus:{year}", f"Russia's output in {year}", PERCENT, of.loss(world, without, year)
            )
            for year in years
        ]
        exports = [
            of.number(
                f"exports_rus:{year}", f"Russia's goods exports in {year} over its output", PERCENT,
                of.exports_of_output(world, without, year),
            )
            for year in years[:1]
        ]  # fmt: skip
        return (*output, *exports)

    return ours


def _china_joins(of: Histories) -> tuple[Number, ...]:
    made = []
    for year in (2019, 2016):
        alone = of.loss("as it happened", "no sanctions of 2014", year)
        joined = of.loss("China joins in 2014", "no sanctions of 2014", year)
        more = Years(*(100 * (both / west - 1) for both, west in zip(joined, alone, strict=True)))
        made.append(of.number(f"more:{year}", f"Loss of output added by China, {year}", PERCENT, more))
    made.append(
        of.number("alone:2019", "Loss of output from Western sanctions alone, 2019", PERCENT,
                  of.loss("as it happened", "no sanctions of 2014", 2019))
    )  # fmt: skip
    return tuple(made)


STUDIES = (
    Study(
        "china-joins", "China joins the sanctions of 2014", 22.0, PERCENT,
        "Adding China to the coalition raises Russia's welfare loss by 22%.",
        "Chowdhry, Hinz, Kamin and Wanner, Brothers in Arms: The Value of Coalitions in Sanctions Regimes, DIW Discussion"
        " Paper, 2021/2022 (econstor.eu 10419/266261)",
        "Theirs is a lasting change of welfare in a trade model with many countries, in which lost trade with China is"
        " replaced by trade with others. Ours is the level of output five years on, where all Chinese flows are cut by"
        f" {THIRD:.1%} (what they find the measures of 2014 to have reached of an embargo) and replaced as far as the model"
        " lets them be.",
        _china_joins,
    ),
    Study(
        "sanctions-2014", "The sanctions of 2014 as they were", -0.3, PERCENT,
        "The sanctions of 2014 to 2019 and the countersanctions cost Russia 0.3% of real income.",
        "Flach, Heiland, Larch, Steininger and Teti, Quantifying the partial and general equilibrium effects of sanctions"
        " on Russia, Review of International Economics 32(1), 2024 (doi 10.1111/roie.12707)",
        "Theirs is what less trade costs, with finance and investment left out. Ours is all that sanctions did to output"
        " by 2019, which is learnt from growth after 2014 and cannot be told well from the fall of the oil price then.",
        _losses("as it happened", "no sanctions of 2014", (2019, 2016)),
    ),
    Study(
        "allied-embargo", "An allied trade embargo from 2022", -14.0, PERCENT,
        "An embargo of all trade by the allies costs Russia upwards of 14% of real GDP, even in the short run; most of it"
        " by the exit of allied investment.",
        "Mahlstein, McDaniel, Schropp and Tsigas, Estimating the economic effects of sanctions on Russia: an allied trade"
        " embargo, EUI RSC 2022/36 (hdl.handle.net/1814/74493)",
        "Ours cuts all flows between Russia and the West and knows no Western investment in Russia, the larger part of"
        " their loss. The twin keeps the sanctions of 2021; war and support go on as they did.",
        _losses("allied embargo", "sanctions as in 2021", (2023, 2024)),
    ),
    Study(
        "fossil-embargo", "An embargo on all fossil fuels from 2022", -10.0, PERCENT,
        "An embargo on all Russian fossil fuels costs Russia about 10% of welfare.",
        "Monastyrenko, 2023, Kiel Centre for Globalization (kcg-kiel.org)",
        "Theirs is welfare. Ours is output with the sanctions of 2021 and no Russian oil, gas or coal sold to the West;"
        " what is cut finds other buyers, above all in Asia.",
        _losses("fossil embargo", "sanctions as in 2021", (2023, 2024)),
    ),
    Study(
        "gas-embargo", "An embargo on gas from 2022", -2.9, PERCENT,
        "A stop of trade in gas costs Russia 2.9% of GDP.",
        "Kiel Institute for the World Economy, 2022, as reported at economistastam.org",
        "Ours cuts gas by pipe to Europe and Türkiye, which has few other ways to go; in the twin it falls from 2022 on"
        " too, as pipes were lost, so that there is less to cut.",
        _losses("gas embargo", "sanctions as in 2021", (2023, 2024)),
    ),
)  # fmt: skip


def studies(of: Histories) -> list[dict[str, Any]]:
    """Each published number with ours beside it and a verdict; the first of our numbers is the one that is compared."""
    told = []
    for study in STUDIES:
        numbers = study.ours(of)
        first = numbers[0]
        told.append({
            "name": study.name, "kind": "study", "title": study.title, "theirs": study.theirs, "unit": study.unit,
            "there": study.there, "source": study.source, "concept": study.concept,
            "numbers": [number.as_json() for number in numbers],
            "verdict": beside(study.theirs, first.value, first.low90, first.high90),
        })  # fmt: skip
    return told
