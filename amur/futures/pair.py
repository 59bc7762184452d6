"""Twins: the same futures with and without interventions, and what the interventions changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from amur.futures.simulate import simulate
from amur.system.decisions import OPTIONS

if TYPE_CHECKING:
    import xarray as xr


class Pair(NamedTuple):
    """Futures as they are, and their twins under the interventions: the same seed, the same luck."""

    without: xr.Dataset
    under: xr.Dataset

    @property
    def difference(self) -> xr.Dataset:
        """Twin by twin: what the interventions added to each quantity, and where a decision or end state is another."""
        told = {}
        for name, before in ((str(name), before) for name, before in self.without.data_vars.items()):
            after = self.under[name]
            if name in OPTIONS or name == "endstate":
                attributes = {"units": "1", "long_name": f"{before.attrs['long_name']}: 1 where it is another"}
                told[name] = (after != before).astype("int8").assign_attrs(attributes)
            else:
                meaning = f"{before.attrs['long_name']}: difference"
                told[name] = (after - before).assign_attrs(before.attrs | {"long_name": meaning})
        made = self.without[[]].assign(told)
        return made.assign_attrs(
            self.under.attrs | {"title": "Differences of twins: under interventions less without"}
        )


def pair(**asked: Any) -> Pair:
    """Run twins: arguments are those of :func:`amur.futures.simulate.simulate`; without interventions, and with.

    >>> from amur.futures.pair import pair
    >>> twins = pair(members=64, until="2027-Q4", scenario="malacca-closure")
    >>> float(twins.difference["trust_rus"].isel(quarter=0).max())
    0.0
    """
    bare = {name: value for name, value in asked.items() if name not in ("interventions", "scenario")}
    return Pair(simulate(**bare), simulate(**asked))
