"""Countries and groups by the codes that the record writes."""

from __future__ import annotations

from amur.brief.words import COUNTRIES

PLACES: dict[str, str] = COUNTRIES | {
    "ALB": "Albania", "ARE": "United Arab Emirates", "ARM": "Armenia", "AUS": "Australia", "BRA": "Brazil", "CZE": "Czechia",
    "DEU": "Germany", "DZA": "Algeria", "EGY": "Egypt", "EMU": "Euro area", "EST": "Estonia", "ETH": "Ethiopia",
    "EUN": "European Union (27)", "EUR": "Europe", "FIN": "Finland", "FRA": "France", "GEO": "Georgia", "HRV": "Croatia",
    "HUN": "Hungary", "IDN": "Indonesia", "IRQ": "Iraq", "ISR": "Israel", "KGZ": "Kyrgyzstan", "KOR": "South Korea",
    "LTU": "Lithuania", "LVA": "Latvia", "MKD": "North Macedonia", "MMR": "Myanmar", "MNE": "Montenegro", "MNG": "Mongolia",
    "MYS": "Malaysia", "PHL": "Philippines", "POL": "Poland", "QAT": "Qatar", "SAU": "Saudi Arabia", "SRB": "Serbia",
    "SWE": "Sweden", "TJK": "Tajikistan", "TKM": "Turkmenistan", "TUR": "Türkiye", "TWN": "Taiwan", "UZB": "Uzbekistan",
    "WLD": "World", "WST": "The West", "YEM": "Yemen", "ZAF": "South Africa",
}  # fmt: skip


def names_of(codes: str) -> str:
    """Codes parted by semicolons as names; one that is not known is left as it is."""
    return ", ".join(PLACES.get(code, code) for code in codes.split(";") if code)


def choices(codes: set[str]) -> list[tuple[str, str]]:
    """Codes with their names for a reader to choose from: the two that the record is about first."""
    first = [code for code in ("CHN", "RUS", "USA", "EUU") if code in codes]
    rest = sorted(codes - set(first), key=lambda code: PLACES.get(code, code))
    return [(code, PLACES.get(code, code)) for code in (*first, *rest)]
