"""News secrets go from desk to desk, so that any kiosk of the area tells any provider's news."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.desk.keys import shared_news
from kiosk.desk.keys.derivation import recipient
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.keys.shared_news import NoRoom, NotANewsKey
from kiosk.desk.keys.signing import signers_of
from kiosk.desk.region import DealtElsewhere, Region
from kiosk.news.keys import MOST_PROVIDERS, NewsKey
from kiosk.vault.station_key import StationKey
from tests.made_up import SEED, SEEDS

NEAR = bytes(reversed(SEED))


@pytest.mark.parametrize("suite", [1, 2])
def test_a_station_of_one_provider_gets_the_keys_of_both(tmp_path: Path, suite: int) -> None:
    """Shared, taken, kept in desk.toml, dealt to a station, read back there; taken again it stands once."""
    theirs, ours = Region.new("MO-500", NEAR), Region.new("MO-606", SEED, suite=suite)
    check = shared_news.share(tmp_path / "file", theirs, recipient(SEED, suite), Seeds(NEAR))
    for _ in range(2):
        ours, code = shared_news.take(tmp_path / "file", ours, SEEDS, check.upper())
        assert code == "MO-500"
    ours.write(tmp_path / "desk.toml", SEED)
    again = Region.read(tmp_path / "desk.toml", SEEDS)
    assert again == ours and again.news_secret == ours.news_secret
    _, key = again.deal("front", SEEDS)
    read = StationKey.from_bytes(key.to_bytes())
    assert read.signed_by(signers_of(SEEDS))
    assert read.news == (
        NewsKey("MO-606", ours.news_secret, signers_of(SEEDS)),
        NewsKey("MO-500", theirs.news_secret, signers_of(Seeds(NEAR))),
    )
    assert theirs.news_secret.hex().encode() not in (tmp_path / "desk.toml").read_bytes()


def test_what_is_not_hers_or_not_for_us_is_refused(tmp_path: Path) -> None:
    theirs, ours = Region.new("MO-500", NEAR), Region.new("MO-606", SEED)
    check = shared_news.share(tmp_path / "file", theirs, recipient(SEED), Seeds(NEAR))
    with pytest.raises(NotANewsKey):
        shared_news.take(tmp_path / "file", ours, SEEDS, "0000 " * 5)
    with pytest.raises(NotANewsKey):
        shared_news.take(tmp_path / "file", ours, Seeds(bytes(32)), check)
    with pytest.raises(NotANewsKey):
        shared_news.take(tmp_path / "file", replace(ours, code="MO-500"), SEEDS, check)
    with pytest.raises(DealtElsewhere):
        shared_news.take(tmp_path / "file", replace(ours, deals=False), SEEDS, check)
    full = tuple(NewsKey(f"XX-{at}", os.urandom(32), signers_of(SEEDS)) for at in range(MOST_PROVIDERS - 1))
    with pytest.raises(NoRoom):
        shared_news.take(tmp_path / "file", replace(ours, neighbours=full), SEEDS, check)
