"""Infrastructure: what hastens and hinders the lines between the two."""

from __future__ import annotations

from collections.abc import Callable

from amur.system.decisions import Leverage, Taiwan
from reference.lines import CONTRACT, LINES
from reference.maths import Names, clip


def changes(
    now: Names, was: Names, chosen: Names, outside: Names, p: Names
) -> dict[str, dict[str, list[float]]]:
    """For each mechanism its pull on every line."""
    unsigned = [stage < CONTRACT for stage in now.line_stage]
    ease = now.leverage_chn
    if chosen.leverage == Leverage.SQUEEZE:
        ease += 1
    by_strait = now.chn_oil_malacca + now.chn_oil_unmet
    elsewhere = now.chn_oil_overland + now.chn_oil_pacific + now.chn_oil_opensea
    exposed = by_strait / max(by_strait + elsewhere, 1)
    fear = now.threat_chn
    if chosen.taiwan >= Taiwan.CRISIS:
        fear += 1
    trust = (now.trust_chn + now.trust_rus) / 2
    denied = p.line_denied * was.sanctions / 3
    hindered = p.line_controls * outside.link_controls * (0.5 + outside.western_coordination)
    piped = now.gas_pipe_capacity + outside.gas_cas
    room = clip(1 - piped / max(outside.gas_demand_chn, 1), 0, 1)

    def cut_off(line: Names, at: int) -> float:
        return p.line_need * ((1 - now.gas_wst_share) if line.gas else was.sanctions / 3)

    def fossil(line: Names) -> int:
        return 1 if line.oil or line.gas or line.lng else 0

    pulls: dict[str, Callable[[Names, int], float]] = {
        "projects_take_years": lambda line, at: p.line_haste,
        "the_cut_off_build_east": cut_off,
        "beijing_holds_out": lambda line, at: -p.line_holdout * ease if line.gas and unsigned[at] else 0.0,
        "fear_of_the_strait": lambda line, at: 0.0 if line.plant else p.line_fear * exposed * fear,
        "trust_signs": lambda line, at: p.line_trust * trust,
        "worry_keeps_the_river_unbridged": lambda line, at: (
            -p.line_border * now.border_worry if line.goods or line.food else 0.0
        ),
        "technology_denied": lambda line, at: -denied if line.lng else -denied / 4 if line.gas else 0.0,
        "chinese_money_builds": lambda line, at: p.line_money * (1 - now.payment_friction) if line.lng else 0.0,
        "links_are_hindered": lambda line, at: 0.0 if line.plant else -hindered,
        "the_seller_hurries": lambda line, at: p.seller_haste * outside.transition * fossil(line),
        "the_buyer_waits": lambda line, at: (
            -p.buyer_wait * outside.transition * fossil(line) if unsigned[at] else 0.0
        ),
        "demand_calls": lambda line, at: p.line_room * room if line.gas else 0.0,
    }
    return {
        f"infrastructure.{name}": {"pull_lines": [pull(line, at) for at, line in enumerate(LINES)]}
        for name, pull in pulls.items()
    }
