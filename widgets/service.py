"""What a list says of one service."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Service:
    """One service as a passer-by may see it."""

    label: str
    phone: str
    does: str
    note: str = ""
    """A word on how sure the entry is ("call first")."""
