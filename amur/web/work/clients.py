"""Who asks: addresses, told apart as those who hold them can be told apart."""

from __future__ import annotations

import ipaddress


def client_of(address: str) -> str:
    """The one behind an address: of IPv6 the network of 64 bits, all of which one household holds; else the address."""
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return str(ipaddress.ip_network((known, 64), strict=False)) if not known.is_loopback else "::1"
    return str(known)
