"""`area.toml`: read strictly, written whole, and no address or uncompared key in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.directory.area import FLAGS, TAGS, Provider
from kiosk.directory.area_file import BadArea, parse, read, write
from kiosk.directory.area_text import text
from kiosk.directory.refused_text import refused
from kiosk.seal.record import Recipient
from tests.unit.directory.area import COUNTIES, HARBOR, RIVER, area

ALL_TRUE: dict[str, Any] = dict.fromkeys(FLAGS, True)
WHOLE = Provider(
    RIVER,
    COUNTIES[:2],
    **ALL_TRUE,
    notes="Ask for the intake worker.",
    tags=("deaf", "teen"),
    last_called=date(2026, 11, 22),
    source="Made Up Coalition, 2026-11",
    keys=(Recipient(1, bytes(32)),),
)


def test_a_registry_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    """MO-04: every field of a provider survives the file, which only its owner can read."""
    file = tmp_path / "area.toml"
    write(file, area(WHOLE, Provider(HARBOR)))
    assert read(file) == area(WHOLE, Provider(HARBOR))
    assert file.stat().st_mode & 0o777 == 0o600


words = st.text(st.characters(categories=("L", "N", "P"), max_codepoint=0x2FF), min_size=1, max_size=40)


@given(
    label=words,
    flags=st.tuples(*(st.booleans() for _ in FLAGS)),
    tags=st.sets(st.sampled_from(TAGS)),
    counties=st.sets(st.sampled_from(COUNTIES)),
    day=st.none() | st.dates(date(2020, 1, 1)),
)
def test_any_provider_that_fits_comes_back(
    label: str, flags: tuple[bool, ...], tags: set[str], counties: set[str], day: date | None
) -> None:
    """Whatever letters a label has, the writer's file says the same to the reader."""
    agency = replace(RIVER, label={"en": label})
    true: dict[str, Any] = dict(zip(FLAGS, flags, strict=True))
    made = area(Provider(agency, tuple(counties), **true, tags=tuple(tags), last_called=day))
    if not refused(label):
        assert parse(text(made).encode()) == made


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("format = 1", "format = 2", "`format` is 1"),
        ("format = 1", "format = 1\nstreet = 1", "`street` is no field"),
        ('code = "RIVER"', 'code = "AGENCY-1"', "`code` is 2 to 12 capital letters"),
        ('code = "RIVER"', 'code = "river"', "one without a code: `code`"),
        ('code = "RIVER"', 'code = "HARBOR-2"', "HARBOR-2 stands twice"),
        ("able = true", "abel = true", "provider RIVER: `abel` is no field"),
        ("able = true", 'able = "yes"', "provider RIVER: `able` is true or false"),
        ('"573-555-0100"', '"(573) 555 0100"', "provider RIVER: `telephone` is written like 800-555-0100"),
        ("2026-11-22", '"2026-11-22"', "provider RIVER: `last_called` is a day such as"),
        ('"deaf"', '"cats"', "provider RIVER: `tags` is a list"),
        ('"Cedar County"', '"*"', "provider RIVER: `counties` is a list that names each county once"),
        ("Ask for the intake worker.", "We are at 12 Elm Street.", "`notes` holds what looks like a street address"),
        ("Made Up Coalition", "ab" * 32, "`source` holds what looks like a public key"),
        ('"River housing line"', '"12 Elm St"', "`label and hours` holds what looks like a street address"),
        ("00" * 32, "00" * 31, "provider RIVER: `keys` is a list of public keys"),
        ("suite = 1", "x = [", "is not valid TOML, line"),
    ],
)
def test_what_does_not_fit_is_named(was: str, becomes: str, said: str) -> None:
    """MO-04: one sentence names the provider and the field, with a hint; nothing is made of the rest."""
    good = text(area(WHOLE, Provider(HARBOR)))
    assert was in good
    with pytest.raises(BadArea) as caught:
        parse(good.replace(was, becomes, 1).encode())
    assert said in str(caught.value) and "kiosk directory" in caught.value.hint


@pytest.mark.parametrize(
    "said",
    [
        "Monday to Friday, 9 to 5",
        "24 hours a day, 7 days a week",
        "call 2 times on the way",
        "RAINN: rainn.org",
        "2-1-1",
    ],
)
def test_plain_words_are_no_address(said: str) -> None:
    """Hours and numbers in ordinary words stand."""
    assert refused(said) == ""
