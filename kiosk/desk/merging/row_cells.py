"""What a row of the merged list shows, as text: made from codes, the same way for every kind of list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from kiosk.priority.profile import SCORE, Profile
from schema.answers import NOT_A_VALUE, NOT_COLLECTED, AgeBand, HouseholdType
from schema.external import ExternalRow, sheltered, youth_household
from schema.summary import Factors

CELLS: Final = (
    "sheltered",
    "disabling_condition",
    "times_band",
    "veteran",
    "youth_household",
    "with_children",
    "household_size_band",
)
"""The columns behind the ranking keys, in the order in which they are given up last to first."""
BY_KEY: Final = {"chronic": "chronic_status", "months": "months_band", "length": "months_band"}
"""Ranking keys that have a column of their own."""


def key_column(key: str) -> str:
    """The column of a ranking key's band, as a whole number."""
    return f"key {key}"


def of_external(row: ExternalRow) -> dict[str, str]:
    """The cells of an external row."""
    return {
        "sheltered": row.sheltered,
        "disabling_condition": known(row.disabling_condition),
        "times_band": known(row.times_band),
        "veteran": known(row.veteran),
        "youth_household": known(row.youth_household),
        "with_children": "1" if row.household_type == HouseholdType.ADULTS_AND_CHILDREN else "",
        "household_size_band": size(row.household_size_band),
    }


def of_factors(said: Mapping[str, int]) -> dict[str, str]:
    """The cells of a row whose list says ranking factors."""
    factors = Factors(**said)
    return {
        "sheltered": sheltered(factors),
        "disabling_condition": known(factors.disabling_condition),
        "times_band": known(factors.times_homeless),
        "veteran": known(factors.veteran),
        "youth_household": known(youth_household(factors)),
        "with_children": "1" if factors.household_type == HouseholdType.ADULTS_AND_CHILDREN else "",
        "household_size_band": size(factors.household_size),
    }


def known(code: int) -> str:
    """A code, or nothing where it only says why there is none."""
    return "" if code in NOT_A_VALUE else str(code)


def size(code: int) -> str:
    """A household's size from two people on: a cell that told one person from unknown would mark who was not asked."""
    return "" if code in NOT_A_VALUE or code < 2 else str(min(code, 5))


def age_band(age: int | None) -> int:
    """HUD's report band of an age in years."""
    if age is None:
        return NOT_COLLECTED
    return int(AgeBand.UNDER_18 if age < 18 else min(7, 2 + (age >= 25) * (1 + (age - 25) // 10)))


def key_texts(profile: Profile) -> list[pl.Expr]:
    """The ranking keys' bands as the text that is shown."""
    return [pl.col(key_column(key)).cast(pl.String).alias(f"shown {key}") for key in profile.order]


def written(profile: Profile) -> list[pl.Expr]:
    """The columns from `score` to `months_band` out of what is shown of the keys."""
    said = [f"shown {key}" for key in profile.order]
    bands = pl.concat_str(
        [pl.lit(f"{key}=") + pl.col(f"shown {key}") for key in profile.order], separator=" "
    )  # fmt: skip
    by_column = {column: key for key, column in BY_KEY.items() if key in profile.order}
    score: pl.Expr = pl.lit("")
    if SCORE in profile.order:
        low = pl.col(f"shown {SCORE}").cast(pl.Int64, strict=False) * profile.score_band
        score = (
            pl.when(low.is_not_null())
            .then(pl.format("{} to {}", low, low + profile.score_band - 1))
            .otherwise(pl.lit(""))
        )
    assert said
    return [
        score.alias("score"),
        bands.alias("bands"),
        *(
            (pl.col(f"shown {by_column[column]}") if column in by_column else pl.lit("")).alias(column)
            for column in ("chronic_status", "months_band")
        ),
    ]
