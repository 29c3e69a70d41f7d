from __future__ import annotations

import dataclasses
import sqlite3
import typing
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.desk.keys.derivation import new_seed
from kiosk.desk.records.listing import Listing, list_records
from kiosk.desk.records.rows import Apart, Row, Why
from kiosk.seal.record import seal
from kiosk.vault.numbers import draw
from kiosk.vault.station_key import StationKey
from kiosk.vault.store import mac_of
from schema.summary import Factors, Pathway, PlanMode, ReferralOutcome, Summary
from tests.made_up import SEED, SEEDS, Made, a_summary, made_at

CHRONIC = Factors(disabling_condition=1, months_homeless=113, times_homeless=4, living_situation=116)
MARKS = (
    "name",
    "path",
    "victim",
    "violence",
    "dv",
    "abuse",
    "plan",
    "revisit",
    "referral",
    "phrase",
    "birth",
    "address",
)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return made_at(tmp_path / "k")


def listing_at(made: Made) -> Listing:
    return list_records(made.place, SEEDS)


def apart(made: Made) -> list[Apart]:
    return list(listing_at(made).apart)


def put(made: Made, number: int, sealed: bytes, mac: bytes) -> None:
    """Write a row past all our code, as somebody with the file could."""
    with closing(sqlite3.connect(made.place.summaries)) as connection:
        connection.execute("INSERT OR REPLACE INTO sealed_summary VALUES (?, ?, ?)", (number, sealed, mac))
        connection.commit()


def test_kept_records_are_ranked(made: Made) -> None:
    """MO-08: what stations kept is opened and ranked by need, with reasons."""
    little, much = made.keep(a_summary(factors=Factors())), made.keep(a_summary(factors=CHRONIC))
    listing = listing_at(made)
    assert [(row.rank, row.number) for row in listing.rows] == [(1, much), (2, little)]
    assert listing.apart == () and listing.withdrawn == 0
    assert listing.rows[0].why[0].startswith("chronic: chronically homeless")


def test_no_row_has_a_name_or_a_mark() -> None:
    """P10: no field of any row type can hold a name, or tells who chose victim services or made a plan."""
    for shape in (Row, Apart):
        for field in dataclasses.fields(shape):
            assert not any(mark in field.name for mark in MARKS), field.name
        assert not {Summary, Pathway, PlanMode, ReferralOutcome} & set(typing.get_type_hints(shape).values())
    assert not [name for name in (field.name for field in dataclasses.fields(Factors)) if "path" in name]


def test_pathway_plan_and_referral_change_no_row(tmp_path: Path) -> None:
    """P9, P10: kept with every pathway, plan and referral there is, one person's row is the same but for its number."""
    made = made_at(tmp_path / "k")
    for pathway in Pathway:
        for mode in PlanMode:
            for outcome in ReferralOutcome:
                made.keep(a_summary(pathway=pathway, plan_mode=mode, referral_outcome=outcome, revisit=bool(mode)))
    rows = listing_at(made).rows
    assert len(rows) == len(Pathway) * len(PlanMode) * len(ReferralOutcome)
    assert len({dataclasses.replace(row, rank=1, number=0) for row in rows}) == 1


def test_who_has_only_the_public_key_cannot_add_a_row_that_ranks(made: Made) -> None:
    """Design, MAC: a record sealed well under a free number, without a station's secret, is set apart as forged."""
    real = made.keep()
    number = made.number()
    sealed = seal(a_summary(factors=CHRONIC), number, made.key.recipients)
    for mac in (bytes(32), mac_of(bytes(32), number, sealed), mac_of(made.key.number_key, number, sealed)):
        put(made, number, sealed, mac)
        listing = listing_at(made)
        assert [row.number for row in listing.rows] == [real]
        assert listing.apart == (Apart(number, Why.FORGED),)


def test_rows_moved_or_copied_are_set_apart(made: Made) -> None:
    """F2: a row renumbered, copied under another number, or with another row's MAC is never ranked."""
    first, second = made.keep(), made.keep()
    rows = {row.number: row for row in made.store.rows()}
    other = made.number()
    put(made, other, rows[first].untrusted_sealed, rows[first].untrusted_mac)
    assert apart(made) == [Apart(other, Why.FORGED)]
    put(made, first, rows[second].untrusted_sealed, rows[second].untrusted_mac)
    put(made, second, rows[second].untrusted_sealed, rows[first].untrusted_mac)
    assert {each.why for each in apart(made)} == {Why.FORGED} and not listing_at(made).rows


def test_a_station_cannot_give_another_stations_numbers(made: Made) -> None:
    """A station that vouches for a number outside its classes is not believed."""
    made.region, other = made.region.deal("back", SEEDS)
    made.region.write(made.place.desk_toml, SEED)
    number = draw(other.classes, other.number_key, lambda _: False)
    sealed = seal(a_summary(), number, made.key.recipients)
    put(made, number, sealed, mac_of(made.key.station_secret, number, sealed))
    assert apart(made) == [Apart(number, Why.WRONG_NUMBER)]
    good = made.keep(key=other)
    assert [row.number for row in listing_at(made).rows] == [good]


def test_each_kind_of_damage_has_its_word(made: Made) -> None:
    """F1: a vouched-for row that does not open is named by its kind; the others are not touched."""
    good = made.keep()
    other_key = made_key_for(new_seed(), made.key)

    def vouched(change: int, *, key: StationKey = made.key) -> int:
        number = made.number()
        sealed = bytearray(seal(a_summary(), number, key.recipients))
        if change >= 0:
            sealed[change] ^= 1
        put(made, number, bytes(sealed), mac_of(made.key.station_secret, number, bytes(sealed)))
        return number

    expected = {
        vouched(4): Why.UNKNOWN_FORMAT,
        vouched(20): Why.WRONG_KEY,
        vouched(6): Why.WRONG_KEY,
        vouched(540): Why.DAMAGED,
        vouched(-1, key=other_key): Why.NOT_OURS,
    }
    assert {each.number: each.why for each in apart(made)} == expected
    assert [row.number for row in listing_at(made).rows] == [good]


def made_key_for(seed: bytes, key: StationKey) -> StationKey:
    from kiosk.desk.keys.derivation import recipient

    return dataclasses.replace(key, recipients=(recipient(seed),))


def test_another_profile_is_not_ranked_together(made: Made) -> None:
    """MO-05: a score made under another fingerprint is set apart."""
    number = made.keep(a_summary(profile="0" * 16))
    assert apart(made) == [Apart(number, Why.OTHER_PROFILE)] and not listing_at(made).rows


def test_an_older_record_is_judged_anew_and_marked(made: Made) -> None:
    """A record of `hud-generic-1` stands among the others, its two later answers not known, and says so."""
    from kiosk.priority.profile import HUD_GENERIC_1, load

    older, newer = load(HUD_GENERIC_1).fingerprint, load().fingerprint
    old = made.keep(a_summary(profile=older, factors=CHRONIC))
    new = made.keep(a_summary(profile=newer, factors=CHRONIC))
    rows = {row.number: row for row in listing_at(made).rows}
    assert {number: row.older for number, row in rows.items()} == {old: True, new: False}
    assert rows[old].bands == rows[new].bands and not apart(made)
