"""What a station keeps of news: each provider's newest edition, and never an older one."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from kiosk.desk.keys.signing import sign
from kiosk.news.edition import NotAnEdition, read, region_of
from kiosk.news.keys import NewsKey
from kiosk.news.taking import OlderEdition, UnknownProvider, split, take
from kiosk.news.writing import write
from kiosk.vault.signatures import NEWS_EDITION
from tests.unit.news.made_up_news import DAY, KEY, REGION, SECRET, an_edition

OTHER = NewsKey("MO-500", SECRET, KEY.signers)


def test_only_the_newest_of_each_provider_is_kept(tmp_path: Path) -> None:
    kept = tmp_path / "news.editions"
    first, second, others = an_edition({}, 7), an_edition({}, 8), an_edition({}, 3, "MO-500")
    taken = take(kept, first, [KEY, OTHER])
    assert taken is not None and taken.serial == 7
    assert take(kept, first, [KEY, OTHER]) is None
    for each in (others, second):
        assert take(kept, each, [KEY, OTHER]) is not None
    assert split(kept.read_bytes()) == [others, second]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    with pytest.raises(OlderEdition):
        take(kept, first, [KEY, OTHER])
    assert split(kept.read_bytes()) == [others, second]


def test_what_cannot_be_verified_changes_nothing(tmp_path: Path) -> None:
    kept = tmp_path / "news.editions"
    take(kept, an_edition({}, 7), [KEY])
    before = kept.read_bytes()
    forged = write(REGION, 9, DAY, SECRET, {}, lambda body: (bytes(64),))
    for untrusted, kind in ((forged, NotAnEdition), (b"KSNE", NotAnEdition)):
        with pytest.raises(kind):
            take(kept, untrusted, [KEY])
    with pytest.raises(UnknownProvider):
        take(kept, an_edition({}, 9, "MO-500"), [KEY])
    assert kept.read_bytes() == before


def test_a_new_key_of_the_provider_takes_over_from_a_former_one(tmp_path: Path) -> None:
    """The edition that lies here was verified when it came: its serial counts, though its signer is no longer known."""
    from kiosk.desk.keys.seeds import Seeds
    from kiosk.desk.keys.signing import signers_of

    kept, newer = tmp_path / "news.editions", Seeds(bytes(32))
    take(kept, an_edition({}, 7), [KEY])
    later = NewsKey(REGION, SECRET, signers_of(newer))
    for serial, refused in ((6, True), (8, False)):
        raw = write(REGION, serial, DAY, SECRET, {}, lambda body: sign(NEWS_EDITION, body, newer))
        if refused:
            with pytest.raises(OlderEdition):
                take(kept, raw, [later])
        else:
            assert take(kept, raw, [later]) == read(raw, later)


@pytest.mark.parametrize("untrusted", [b"\0", b"\0\0\0\0", b"\0\0\0\5abc", b"\xff\xff\xff\xff"])
def test_a_file_of_editions_that_is_not_whole_is_refused(untrusted: bytes) -> None:
    with pytest.raises(NotAnEdition):
        split(untrusted)


def test_a_region_is_read_before_anything_is_verified() -> None:
    assert region_of(an_edition({})) == REGION
    odd = bytearray(an_edition({}))
    odd[16:18] = b"\xff\xff"
    with pytest.raises(NotAnEdition):
        region_of(bytes(odd))
