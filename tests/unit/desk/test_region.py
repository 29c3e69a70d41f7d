from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from kiosk.desk.keys.derivation import new_seed, recipient
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.region import CannotDeal, NotARegion, Region
from kiosk.vault.numbers import CLASSES, draw
from kiosk.vault.private_file import Missing, NotPrivate
from kiosk.vault.station_key import StationKey
from tests.made_up import SEED, SEEDS


def dealt(count: int) -> tuple[Region, list[StationKey]]:
    region, stations = Region.new("MO-606", SEED), []
    for at in range(count):
        region, key = region.deal(f"desk-{at}", SEEDS)
        stations.append(key)
    return region, stations


def test_stations_share_no_class_and_no_secret() -> None:
    """Numbers stay unique offline: 128 stations, 32 classes each, none shared, all dealt; another one is refused."""
    region, stations = dealt(128)
    assert all(len(each.classes) == 32 for each in stations)
    assert not any(one.classes & other.classes for one, other in combinations(stations, 2))
    assert frozenset().union(*(each.classes for each in stations)) == frozenset(range(CLASSES))
    assert len({each.station_secret for each in stations}) == 128
    assert len({each.number_key for each in stations}) == 1
    with pytest.raises(CannotDeal):
        region.deal("one-more", SEEDS)


def test_a_number_tells_nobody_else_where_it_was_given() -> None:
    """S15: classes are dealt at random: with the region's number key nobody can tell which station has which."""
    for _ in range(3):
        _, stations = dealt(4)
        runs = [set(range(first, first + 32)) for first in range(0, CLASSES, 32)]
        assert all(sum(each.classes <= run for run in runs) == 0 for each in stations)
        assert len({min(each.classes) // 64 for each in stations} | {max(each.classes) // 64 for each in stations}) > 2


def test_a_deal_is_never_dealt_again() -> None:
    """A station that is gone leaves its classes to nobody: the count of deals goes on."""
    region, (first, second) = dealt(2)
    left = replace(region, stations=region.stations[:1])
    _, third = left.deal("third", SEEDS)
    assert not third.classes & (first.classes | second.classes)


@pytest.mark.parametrize("label", ["", "desk-0", "the front desk", "x" * 17, "Ünit", 'a"b'])
def test_labels_that_cannot_be(label: str) -> None:
    """A label is a code, and is given once."""
    region, _ = dealt(1)
    with pytest.raises(CannotDeal):
        region.deal(label, SEEDS)
    with pytest.raises(CannotDeal):
        Region.new("the river", SEED)


def test_desk_toml_is_read_as_written(tmp_path: Path) -> None:
    """desk.toml comes back with the provider's seed, holds no secret in clear, and is 0600."""
    other = recipient(new_seed())
    region, _ = Region.new("MO-606", SEED, others=(other,)).deal("front", SEEDS)
    region, key = region.deal("back", SEEDS)
    path = tmp_path / "desk.toml"
    region.write(path, SEED)
    assert Region.read(path, SEEDS) == region
    assert region.recipients == (recipient(SEED), other) == key.recipients
    text = path.read_text()
    assert (
        'label = "front"' in text
        and "class" not in text.replace("class_key", "")
        and path.stat().st_mode & 0o777 == 0o600
    )
    assert not [secret for secret in (region.number_key, key.station_secret, SEED) if secret.hex() in text]
    assert key.station_secret.hex() not in repr(region)


def test_another_seed_reads_nothing(tmp_path: Path) -> None:
    """F4, F10: without the provider's seed desk.toml tells no secret."""
    path = tmp_path / "desk.toml"
    dealt(1)[0].write(path, SEED)
    for seed in (new_seed(), bytes(32)):
        with pytest.raises(NotARegion):
            Region.read(path, Seeds(seed))


def test_any_changed_byte_is_refused(tmp_path: Path) -> None:
    """F2: a station's classes, a secret, a public key put in beside ours: any change of desk.toml is refused."""
    path = tmp_path / "desk.toml"
    dealt(2)[0].write(path, SEED)
    whole = path.read_bytes()
    for at in range(0, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(NotARegion):
            Region.read(path, SEEDS)
    extra = b'\n[[recipients]]\nsuite = 1\npublic = "' + bytes(32).hex().encode() + b'"\n'
    for changed in (whole + extra, whole[: whole.rindex(b"[[stations]]")], b"", b"\n", whole[70:]):
        path.write_bytes(changed)
        with pytest.raises(NotARegion):
            Region.read(path, SEEDS)


def test_missing_or_open_to_others(tmp_path: Path) -> None:
    """A missing desk.toml, or one that others can read, is said."""
    path = tmp_path / "desk.toml"
    with pytest.raises(Missing):
        Region.read(path, SEEDS)
    dealt(1)[0].write(path, SEED)
    path.chmod(0o644)
    with pytest.raises(NotPrivate):
        Region.read(path, SEEDS)


def test_a_station_joins_later(tmp_path: Path) -> None:
    """A station dealt later changes nothing for those before it; each gives its own numbers."""
    path = tmp_path / "desk.toml"
    region, first = dealt(1)
    region.write(path, SEED)
    grown, second = Region.read(path, SEEDS).deal("later", SEEDS)
    grown.write(path, SEED)
    again = Region.read(path, SEEDS)
    assert [each.label for each in again.stations] == ["desk-0", "later"]
    for station, key in zip(again.stations, (first[0], second), strict=True):
        number = draw(key.classes, key.number_key, lambda _: False)
        assert again.station_of(number) == station and station.secret == key.station_secret
        assert again.station_of(number + 1) is None
