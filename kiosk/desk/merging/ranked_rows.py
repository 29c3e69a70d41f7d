"""Both sides of a merged list in one order, every row numbered, with the key of each file that may have one."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import polars as pl
from polars import col

from kiosk.desk.merging import carrying, export_ids, row_numbers
from kiosk.desk.merging.disguise import EXTERNAL, Disguise, disguised
from kiosk.desk.merging.row_cells import CELLS, key_column, key_texts, of_external, written
from kiosk.priority.profile import Profile
from schema.merged import COLUMNS, list_id

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.desk.merging.carrying import Carried, Carry
    from kiosk.desk.merging.external import ExternalLists

AGENCY: Final = "agency"


def schema_of(profile: Profile) -> dict[str, type[pl.DataType]]:
    """Columns of people before they are ranked: id, ranking keys, cells."""
    return {"id": pl.String, **{key_column(key): pl.Int64 for key in profile.order}, **dict.fromkeys(CELLS, pl.String)}


class Ranked:
    """Both sides in one order: by the profile's keys, and where those are equal, by chance."""

    def __init__(
        self,
        inside: pl.DataFrame,
        external: ExternalLists,
        profile: Profile,
        month: str,
        ties: Path | None,
        carry: Carry | None,
    ) -> None:
        chance = row_numbers.tie_break(row_numbers.secret_of(ties) if ties else b"")
        mine = inside.with_columns(
            pl.Series("tie", [chance(each) for each in inside["id"]], dtype=pl.Binary),
            pl.lit(None, pl.String).alias(AGENCY),
            pl.lit(False).alias(EXTERNAL),
        )
        theirs = pl.DataFrame(
            [
                {
                    "id": str(number),
                    **{key_column(key): band for key, band in zip(profile.order, each.bands, strict=True)},
                    **of_external(each.row),
                    "tie": bytes.fromhex(each.row.tie_break),
                    AGENCY: agency,
                    EXTERNAL: True,
                }
                for (agency, number), each in external.listed.items()
            ],
            schema={**schema_of(profile), "tie": pl.Binary, AGENCY: pl.String, EXTERNAL: pl.Boolean},
            orient="row",
        )
        keys = [key_column(key) for key in profile.order]
        both = pl.concat([mine, theirs]).sort([*keys, "tie"], descending=[*[True] * len(keys), False])
        self.profile = profile
        self.count = both.height
        shown = both.with_columns(key_texts(profile)).drop("tie")
        names = [f"shown {key}" for key in profile.order]
        self.disguise: Disguise = disguised(shown, [*names, *CELLS], names)
        self.carried: Carried | None = None
        if carry is not None:
            origins = list(both.select("id", AGENCY).iter_rows())
            self.carried = carrying.begin(carry, month, origins, external.agencies)
        numbers = row_numbers.draw(self.count) if self.carried is None else self.carried.numbers
        self.rows = self.disguise.rows.with_columns(
            pl.int_range(1, pl.len() + 1).cast(pl.String).alias("rank"),
            pl.Series("meeting_number", numbers).cast(pl.String),
            pl.lit(profile.fingerprint).alias("profile_fingerprint"),
            *written(profile),
        )

    def list_rows(self) -> pl.DataFrame:
        """The merged list."""
        return self.rows.select(COLUMNS)

    @cached_property
    def list_id(self) -> str:
        """The list's own name, by which its keys say what they are of."""
        return list_id(self.list_rows().iter_rows())

    def said(self, external: ExternalLists) -> dict[str, str]:
        """Meeting number to what became of somebody, as her agency says."""
        theirs = self.rows.filter(EXTERNAL).select("meeting_number", AGENCY, "id").iter_rows()
        said = {number: external.listed[agency, int(own)].row.status for number, agency, own in theirs}
        return {number: status for number, status in said.items() if status}

    def hmis_keys(self) -> dict[str, pl.DataFrame]:
        """Each export's place to the key of its lead."""
        mine = self.rows.filter(~col(EXTERNAL)).with_columns(export_ids.export_of("id").alias("of"))
        names = mine["of"].unique().sort().to_list()
        return {
            str(name): mine.filter(col("of") == name).select("meeting_number", personal_id=export_ids.own_id("id"))
            for name in names
        }

    def agency_keys(self) -> dict[str, pl.DataFrame]:
        """Each agency's own key: nobody sees another's numbers."""
        theirs = self.rows.filter(EXTERNAL)
        return {
            str(name): theirs.filter(col(AGENCY) == name).select(
                "meeting_number", list_number="id", contact_agency_code=AGENCY, merged_list=pl.lit(self.list_id)
            )
            for name in theirs[AGENCY].unique().sort().to_list()
        }
