"""Physical factors of the measures: those declared in ``data/bridges.csv``, and the heat of Power of Siberia gas."""

from __future__ import annotations

from amur.units import bridge

BARRELS_PER_TONNE = bridge("crude.bbl-per-t").value
"""Barrels of crude in a tonne, world average; a true factor for ESPO or Urals differs by a percent or two."""

BCM_PER_MT_LNG = bridge("lng.bcm-per-mt").value
"""Billion cubic metres of gas (of the Energy Institute, at 40 MJ) in a million tonnes of LNG."""

GJ_PER_MMBTU = 1.055056
"""Gigajoules in a million British thermal units (international table), as the formulas print it."""

GJ_PER_1000_M3 = 38.0
"""Gross heat of a thousand of Gazprom's cubic metres of Power of Siberia gas. From the record: for 2022 the Energy
Institute has 14.67 bcm at 40 MJ where Gazprom has 15.4 bcm, and 40 x 14.67 / 15.4 = 38.1; for 2020 37.9. Gazprom's
own rounded factor for all its gas (``gas.mmbtu-per-m3.gazprom``) gives 37.7, one percent less."""

GJ_PER_TONNE_LNG = BCM_PER_MT_LNG * bridge("gas.mj-per-m3.ei").value
"""Gross heat of a tonne of LNG: 1.36 thousand cubic metres at 40 MJ, or 54.4 GJ."""

MT_PER_KBD = 365 / BARRELS_PER_TONNE / 1000
"""Million tonnes of crude a year in one thousand barrels a day."""
