"""Ids of several exports side by side: two implementations may give two people one id."""

from __future__ import annotations

from typing import Final

import polars as pl

OF: Final = "\x1f"
"""Between an export's place among several and an id of it."""


def own_id(column: str) -> pl.Expr:
    """An id as its own export has it."""
    return pl.col(column).str.split(OF).list.last()


def export_of(column: str) -> pl.Expr:
    """Which export an id is of, from 1 on."""
    return pl.when(pl.col(column).str.contains(OF, literal=True)).then(
        pl.col(column).str.split(OF).list.first()
    ).otherwise(pl.lit("1"))  # fmt: skip
