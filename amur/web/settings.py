"""How a server is set: where it listens, what strangers may do, and the bounds of what may be asked."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from amur.web.work.doing.sql import MOST, SECONDS

LOOPBACK = ("127.0.0.1", "localhost", "::1")
EVERY = ("0.0.0.0", "::", "")
"""Addresses that mean every one of this machine: by which names others may call it, ``hosts`` says."""


@dataclass(frozen=True)
class Settings:
    """``read_only`` is for a server that others reach: no uploads, no readings of one's own, none of the owner's evidence.

    ``hosts`` are names, beside the address listened on, by which browsers may call the server. ``body`` and ``query`` bound
    what one request may hold, in bytes; ``sql_seconds`` and ``sql_rows`` a question to the record in SQL.
    """

    host: str = "127.0.0.1"
    port: int = 8400
    read_only: bool = False
    hosts: tuple[str, ...] = ()
    body: int = 2**20
    query: int = 2**14
    sql_seconds: float = SECONDS
    sql_rows: int = MOST

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host in LOOPBACK

    @property
    def known_hosts(self) -> frozenset[str]:
        """The names that a request may be addressed to, in lower case."""
        own = LOOPBACK if self.loopback or self.host in EVERY else (self.host,)
        return frozenset(each.lower().strip("[]") for each in (*own, *self.hosts))
