"""Made-up people, stations and regions for tests; nothing here ever happened to anybody."""

from __future__ import annotations

import dataclasses
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from kiosk.config import region_of
from kiosk.desk.keys.derivation import Cost
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.records import removing
from kiosk.desk.records.listing import open_list
from kiosk.desk.region import Region
from kiosk.paths import Place
from kiosk.priority.profile import load
from kiosk.seal.phrase import phrase_check
from kiosk.seal.record import seal
from kiosk.vault import migrations
from kiosk.vault.ledgers import Ledgers
from kiosk.vault.numbers import draw, removed_bit
from kiosk.vault.station_key import StationKey
from kiosk.vault.store import Store, mac_of
from kiosk.vault.stores import Records
from schema.agency import Agency
from schema.answers import FACTOR_CODES
from schema.later import Sealable
from schema.summary import AssessmentType, Factors, Pathway, PlanMode, ReferralOutcome, Summary

SEED = bytes(range(32))
"""The made-up provider's seed."""
SEEDS = Seeds(SEED)
"""The same, as the desk passes it around."""
PHRASE = "red apple tea"
HARBOR = Agency("HARBOR", {"en": "Harbor housing line", "es": "Línea Harbor"}, "573-555-0100", {"en": "9 to 5"})
"""The made-up agency that holds records."""
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
"""A passphrase's cost that a test can pay."""


def a_summary(number: int = 10_000_005, **changes: Any) -> Summary:
    """A whole summary of somebody made up."""
    return dataclasses.replace(_made_up(number), **changes)


@cache
def _made_up(number: int) -> Summary:
    return Summary(
        month="2026-11",
        region="MO-606",
        agency="harbor",
        pack="us-mo",
        instrument=1,
        profile=load().fingerprint,
        score=5,
        factors=Factors(living_situation=116, disabling_condition=0, months_homeless=104),
        assessment_type=AssessmentType.IN_PERSON,
        pathway=Pathway.EXTERNAL,
        referral_outcome=ReferralOutcome.LATER,
        release=True,
        release_expires="2027-11",
        plan_mode=PlanMode.SPOKEN,
        revisit=False,
        phrase_check=phrase_check(number, PHRASE),
    )


def remove_taken_back(made: Made) -> int:
    """Remove what visitors took back, as every opening of the list does; returns how many rows went."""
    gone = open_list(made.records, made.region, SEEDS).taken_back
    return removing.remove(made.records, SEEDS, gone) if gone else 0


@dataclass
class Made:
    """A made-up kiosk with its desk beside it."""

    place: Place
    region: Region
    key: StationKey

    @property
    def store(self) -> Store:
        return Store(self.place.summaries, self.key.number_key)

    @property
    def records(self) -> Records:
        return Records(self.place, self.key.number_key, region_of(self.place))

    @property
    def ledgers(self) -> Ledgers:
        return Ledgers(self.place.ledgers)

    def number(self) -> int:
        """A number of this station."""
        return draw(self.key.classes, self.key.number_key, self.store.taken)

    def free(self, number: int) -> int:
        """The number, and no place of the map against it: half of all numbers are never drawn."""
        bit = removed_bit(number, self.key.number_key)
        with closing(migrations.connect(self.place.summaries)) as file:
            file.execute("DELETE FROM removed WHERE bit = ?", (bit,))
        return number

    def remove(self, *numbers: int) -> int:
        """Remove records as the desk does."""
        return removing.remove(self.records, SEEDS, numbers)

    def keep(self, item: Sealable | None = None, number: int | None = None, key: StationKey | None = None) -> int:
        """Keep a record, past the clerk."""
        key = key or self.key
        number = self.free(number) if number else draw(key.classes, key.number_key, self.store.taken)
        sealed = seal(item or a_summary(number), number, key.recipients)
        self.store.append(number, sealed, mac_of(key.station_secret, number, sealed))
        return number


def made_at(home: Path, *, suite: int = 1) -> Made:
    """Make a kiosk and its desk in `home`."""
    home.mkdir(mode=0o700)
    place = Place(home)
    place.run.mkdir(mode=0o700)
    region, key = Region.new("MO-606", SEED, suite=suite).deal("front", SEEDS, (HARBOR,))
    region.write(place.desk_toml, SEED)
    key.write(place.station_key)
    migrations.create(place.summaries)
    return Made(place, region, key)


def factors() -> st.SearchStrategy[Factors]:
    """Any answers, each as likely as the next."""
    return st.builds(Factors, **{name: st.sampled_from(sorted(codes)) for name, codes in FACTOR_CODES.items()})


def months() -> st.SearchStrategy[str]:
    return st.builds("20{:02d}-{:02d}".format, st.integers(0, 99), st.integers(1, 12))


def codes(longest: int) -> st.SearchStrategy[str]:
    return st.from_regex(rf"[A-Za-z0-9][A-Za-z0-9-]{{0,{longest - 1}}}", fullmatch=True)


def summaries() -> st.SearchStrategy[Summary]:
    """Any summary there can be."""
    expiry = st.one_of(st.just((False, None)), st.tuples(st.just(True), st.one_of(st.none(), months())))
    return st.builds(
        lambda released, **fields: Summary(release=released[0], release_expires=released[1], **fields),
        expiry,
        month=months(),
        region=codes(16),
        agency=codes(16),
        pack=codes(24),
        instrument=st.integers(0, 0xFFFF),
        profile=st.binary(min_size=8, max_size=8).map(bytes.hex),
        score=st.integers(0, 0xFFFF),
        factors=factors(),
        assessment_type=st.sampled_from(AssessmentType),
        pathway=st.sampled_from(Pathway),
        referral_outcome=st.sampled_from(ReferralOutcome),
        plan_mode=st.sampled_from(PlanMode),
        revisit=st.booleans(),
        phrase_check=st.binary(min_size=8, max_size=8),
    )
