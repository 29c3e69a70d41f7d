"""How a page of the conversation ends."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a page ended: which way on was taken."""

    goes: str = "next"
    """`next`, `back`, `changed`, `language`, or a way of `schema.pack.Way.goes`."""
