from __future__ import annotations

import errno
import hashlib
import hmac
import os
import shutil
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete

from kiosk.desk.keys.derivation import recipient
from kiosk.desk.keys.resealing import reseal
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.records.listing import list_records
from kiosk.errors import KioskError
from kiosk.seal.record import seal
from kiosk.vault import transfer_file
from kiosk.vault.exporting import export_all
from kiosk.vault.numbers import number_class, retired_tag, valid
from kiosk.vault.obeying import Heard
from kiosk.vault.private_file import AlreadyThere
from kiosk.vault.removal_list import region_mark
from kiosk.vault.store import SUMMARIES, mac_of
from kiosk.vault.transfer import Belonging, Taken, bring_in
from kiosk.vault.transfer_file import NotAStick
from tests.file_order import order_tells
from tests.killing import steps
from tests.made_up import SEED, SEEDS, Made, a_summary, made_at

HEAD = 32
RECORD = 36 + 548


@pytest.fixture
def one(tmp_path: Path) -> Made:
    return made_at(tmp_path / "one")


@pytest.fixture
def other(one: Made, tmp_path: Path) -> Made:
    """A second machine of the same region, whose station has classes of its own."""
    made = made_at(tmp_path / "other")
    one.region, made.key = one.region.deal("back", SEEDS)
    one.region.write(one.place.desk_toml, SEED)
    made.key.write(made.place.station_key, replace=True)
    made.region = one.region
    return made


def out(made: Made, path: Path) -> Path:
    export_all(path, made.place, made.key.number_key)
    return path


def into(made: Made, path: Path, *, seed: bytes = SEED, desk: bool = True, forget: bool = True) -> Taken:
    key = made.key
    ids = frozenset({recipient(seed).key_id})
    ours = Belonging(key.number_key, ids, frozenset(), key.station_secret, key.classes)
    if not desk:
        ours = replace(ours, desk=False, signers=key.signers, obeys=(key.station_secret,))
    taken = bring_in(path, made.place.summaries, ours)
    return replace(taken, said=None) if forget else taken


def rows(made: Made) -> list[tuple[int, bytes, bytes]]:
    return [(row.number, row.untrusted_sealed, row.untrusted_mac) for row in made.store.rows()]


def test_a_station_and_its_desk(one: Made, other: Made, tmp_path: Path) -> None:
    """Stick: what one machine wrote stands on the other, byte for byte, opens there, and twice is as good as once."""
    numbers = {other.keep() for _ in range(9)}
    mine = one.keep()
    path = out(other, tmp_path / "stick")
    assert path.stat().st_size == HEAD + 9 * RECORD + 40 + 32
    assert into(one, path) == Taken(new=9)
    assert {row.number for row in list_records(one.place, SEEDS).rows} == {*numbers, mine}
    before = one.place.summaries.read_bytes()
    assert into(one, path) == Taken(known=9)
    assert rows(other) == [row for row in rows(one) if row[0] != mine]
    assert len(before) == one.place.summaries.stat().st_size and not order_tells(one.place.summaries)


def test_the_bytes_are_those_of_the_page(one: Made, other: Made, tmp_path: Path) -> None:
    """docs/seal-format.md, "On a stick": written by hand from that page, the file is the same to the byte."""
    kept = sorted(other.keep() for _ in range(3))
    one.remove(other.keep())
    other.place.removals.touch(mode=0o600)
    other.place.removals.write_bytes(one.place.removals.read_bytes())
    other.store.retire([number for number in other.store.numbers() if number not in kept])
    key = other.key.number_key
    mark = hmac.digest(key, b"kiosk stick region", "sha256")[:16]
    by_hand = b"KSRS\x02\0\0\0" + mark + struct.pack(">II", 3, 3)
    for number, sealed, mac in rows(other):
        by_hand += struct.pack(">I", number) + mac + sealed
    by_hand += one.place.removals.read_bytes()
    numbers = hashlib.sha256(struct.pack(">3I", *kept)).digest()
    by_hand += bytes(8) + hmac.digest(
        other.key.station_secret, b"kiosk station says" + mark + bytes(8) + numbers, "sha256"
    )
    by_hand += hmac.digest(key, b"kiosk stick digest" + by_hand, "sha256")
    assert out(other, tmp_path / "stick").read_bytes() == by_hand


def test_a_removed_number_comes_back_from_no_stick(one: Made, other: Made, tmp_path: Path) -> None:
    """E13: what the provider removed stands on no list again, and the next opening removes it again."""
    numbers = [other.keep() for _ in range(4)]
    older = out(other, tmp_path / "older")
    into(one, older)
    assert one.remove(*numbers[:2]) == 2
    assert into(one, older) == Taken(known=2, new=2)
    assert {row.number for row in list_records(one.place, SEEDS).rows} == set(numbers[2:])
    assert {row[0] for row in rows(one)} == set(numbers[2:])


def test_a_station_removes_what_its_provider_asks(one: Made, other: Made, tmp_path: Path) -> None:
    """S1: the provider's list removes a station's own records there, once, and a stick of a station removes nothing."""
    numbers = [other.keep() for _ in range(4)]
    mine = one.keep()
    into(one, out(other, tmp_path / "first"))
    one.remove(*numbers[:2], mine)
    stick = out(one, tmp_path / "asks")
    taken = into(other, stick, desk=False)
    assert (taken.known, taken.removal.heard, taken.removal.removed) == (2, Heard.DONE, 2)
    assert {row[0] for row in rows(other)} == set(numbers[2:]) and all(other.store.taken(each) for each in numbers[:2])
    assert into(other, stick, desk=False).removal.heard is Heard.KNOWN
    assert into(one, out(other, tmp_path / "no-asking")).removal.heard is Heard.NONE
    assert {row[0] for row in rows(one)} == set(numbers[2:])


def test_no_stick_removes_a_record_or_takes_a_number(one: Made, other: Made, tmp_path: Path) -> None:
    """S1: a station that marks every number of another one removes no record of it, and takes no number away."""
    before = [one.keep() for _ in range(3)]
    key = one.key.number_key
    every = {number for number in range(10_000_000, 10_400_000) if number_class(number, key) in one.key.classes}
    coming = other.keep()
    [(number, sealed, mac)] = rows(other)
    tags = sorted(retired_tag(number, key) for number in {*every, *before})
    body = b"KSRS\x01\0\0\0" + hmac.digest(key, b"kiosk stick region", "sha256")[:16]
    body += struct.pack(">II", 1, len(tags)) + struct.pack(">I", number) + mac + sealed + b"".join(tags)
    path = tmp_path / "hostile"
    path.write_bytes(signed(key, body))
    assert into(one, path) == Taken(new=1, marks=len(tags)) and into(one, path, desk=False).marks == len(tags)
    assert {row[0] for row in rows(one)} == {*before, coming}
    assert not one.store.taken(one.free(min(each for each in every if valid(each))))
    assert len(list_records(one.place, SEEDS).rows) == 4


def test_a_station_takes_only_its_own_back(one: Made, other: Made, tmp_path: Path) -> None:
    """A mere station takes no other's records: the provider's list for it would not reach them there."""
    mine, theirs = other.keep(), one.keep()
    into(one, out(other, tmp_path / "first"))
    stick = out(one, tmp_path / "back")
    with other.store.changing() as connection:
        connection.execute(delete(SUMMARIES))
    assert into(other, stick, desk=False) == Taken(new=1, others=1)
    assert [row[0] for row in rows(other)] == [mine] != [theirs]


def test_no_stick_lays_a_record_under_a_stations_own_number(one: Made, other: Made, tmp_path: Path) -> None:
    """A record that this station did not make is not taken under one of its numbers; its own copy comes back."""
    mine = one.keep()
    into(other, out(one, tmp_path / "mine"))
    made = rows(one)
    with one.store.changing() as connection:
        connection.execute(delete(SUMMARIES))
    theirs = other.keep(number=one.number())
    assert into(one, out(other, tmp_path / "theirs")) == Taken(new=1, squatting=(theirs,))
    assert rows(one) == made and made[0][0] == mine


def test_another_record_under_the_same_number_is_told(one: Made, other: Made, tmp_path: Path) -> None:
    """Stick: a number whose bytes differ is reported; ours stays; the rest comes in."""
    number, fine = other.keep(), other.keep()
    one.keep(number=number, key=other.key)
    mine = rows(one)
    assert into(one, out(other, tmp_path / "stick")) == Taken(new=1, clashing=(number,))
    assert mine[0] in rows(one) and {row[0] for row in rows(one)} == {number, fine}


def test_records_sealed_to_other_keys_stay_outside(one: Made, other: Made, tmp_path: Path) -> None:
    """Stick: what nobody here could ever open is named and not taken."""
    number = other.keep()
    assert into(one, out(other, tmp_path / "stick"), seed=bytes(32)) == Taken(strange=(number,))
    assert rows(one) == []


def test_copies_from_before_a_rotation(one: Made, other: Made, tmp_path: Path) -> None:
    """Stick: after the desk sealed all again, a station's older copies clash with nothing, and a stick from the desk
    puts the new ones in their place; one that the desk did not vouch for takes no place.
    """
    numbers = {other.keep() for _ in range(3)}
    older = out(other, tmp_path / "older")
    into(one, older)
    newer = bytes(reversed(range(32)))
    both = Seeds(newer, SEED)
    assert reseal(one.store, one.region, both, [recipient(newer)], lambda done, count: None).again == 3
    assert into(one, older, seed=newer) == Taken(known=3)
    back = out(one, tmp_path / "back")
    stranger = replace(other.key, station_secret=bytes(32))
    other.key, key = stranger, other.key
    assert into(other, back, seed=newer).clashing == tuple(sorted(numbers))
    other.key = key
    assert into(other, back, seed=newer) == Taken(renewed=3)
    assert rows(other) == rows(one)
    assert into(one, out(other, tmp_path / "again"), seed=newer) == Taken(known=3)


def bit(at: int) -> Callable[[bytes], bytes]:
    return lambda data: data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def signed(key: bytes, body: bytes) -> bytes:
    """A body with a digest that fits: whoever made it has the region's key."""
    return body + hmac.digest(key, b"kiosk stick digest" + body, "sha256")


def test_no_bit_of_a_stick_can_be_changed(one: Made, other: Made, tmp_path: Path) -> None:
    """F1: any flipped bit, any missing end, anything added: refused whole, nothing taken."""
    for _ in range(3):
        other.keep()
    whole = out(other, tmp_path / "stick").read_bytes()
    bad = tmp_path / "bad"
    damaged = [bit(at)(whole) for at in [*range(HEAD), *range(HEAD, len(whole), 41), len(whole) - 1]]
    damaged += [whole[:end] for end in (0, 1, HEAD, HEAD + 32, HEAD + RECORD, len(whole) - 1)]
    damaged += [whole + b"x", whole + whole, b"\0" * 5000, b"PK\x03\x04" + whole[4:]]
    for data in damaged:
        bad.write_bytes(data)
        with pytest.raises(NotAStick):
            into(one, bad)
    assert rows(one) == []


def test_hostile_sticks_by_somebody_with_the_regions_key(one: Made, other: Made, tmp_path: Path) -> None:
    """F2: duplicates, disorder, wrong counts, strange numbers and suites are refused whole, digest or not."""
    for _ in range(3):
        other.keep()
    body = out(other, tmp_path / "stick").read_bytes()[:-32]
    records = [body[HEAD + at * RECORD :][:RECORD] for at in range(3)]
    head, tag = body[: HEAD - 8], bytes(32)
    one_record, suite = records[0], bytearray(records[0])
    suite[36 + 5] = 2
    bodies = [
        head + struct.pack(">II", 2, 0) + one_record * 2,
        head + struct.pack(">II", 2, 0) + records[1] + records[0],
        head + struct.pack(">II", 0xFFFFFFFF, 0) + b"".join(records),
        head + struct.pack(">II", 2, 1) + one_record + bytes(RECORD),
        head + struct.pack(">II", 1, 0) + struct.pack(">I", 7) + one_record[4:],
        head + struct.pack(">II", 1, 0) + struct.pack(">I", 0xFFFFFFFF) + one_record[4:],
        head + struct.pack(">II", 1, 0) + bytes(suite),
        head + struct.pack(">II", 0, 2) + tag * 2,
        head + struct.pack(">II", 0, 0xFFFFFFFF) + tag,
        head + struct.pack(">II", 2, 0) + b"".join(records),
    ]
    bad = tmp_path / "bad"
    for each in bodies:
        bad.write_bytes(signed(one.key.number_key, each))
        with pytest.raises(NotAStick):
            into(one, bad)
    assert rows(one) == []


def test_a_huge_file_is_refused_unread(one: Made, tmp_path: Path) -> None:
    """Stick: ten gigabytes of nothing, and things that are no file, are refused at once."""
    huge = tmp_path / "huge"
    with huge.open("wb") as file:
        file.write(transfer_file._HEAD.pack(b"KSRS", 1, region_mark(one.key.number_key), 1, 0))
        file.truncate(10 * 2**30)
    for path in (huge, tmp_path, Path("/dev/zero")):
        with pytest.raises(NotAStick):
            into(one, path)
    tidy_fifo = tmp_path / "fifo"
    os.mkfifo(tidy_fifo)
    with pytest.raises(NotAStick):
        into(one, tidy_fifo)
    with pytest.raises(KioskError):
        into(one, tmp_path / "absent")


def test_another_regions_stick(one: Made, tmp_path: Path) -> None:
    """Stick: a region takes its own files only, and says so."""
    stranger = made_at(tmp_path / "stranger")
    stranger.keep()
    with pytest.raises(NotAStick, match="another region"):
        into(one, out(stranger, tmp_path / "stick"))


def test_a_stick_that_changes_under_ones_hands(one: Made, other: Made, tmp_path: Path) -> None:
    """Stick: a file that is another one after it was checked gives nothing: the transaction is dropped."""
    for _ in range(3):
        other.keep()
    path = out(other, tmp_path / "stick")
    check = transfer_file.check

    def then_change(file: object, key: bytes) -> transfer_file.Stick:
        found = check(file, key)  # type: ignore[arg-type]
        data = bytearray(path.read_bytes())
        data[HEAD + 4 + 32 + 400] ^= 1
        path.write_bytes(data)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kiosk.vault.transfer.check", then_change)
        with pytest.raises(NotAStick, match="changed while"):
            into(one, path)
    assert rows(one) == []


def test_killed_before_any_step_of_an_import(one: Made, other: Made, tmp_path: Path) -> None:
    """E1: kill -9 at every step of an import leaves all of it or nothing, and run again it is all there."""
    numbers = [other.keep() for _ in range(3)]
    one.keep()
    path, whole = out(other, tmp_path / "stick"), tmp_path / "whole"
    shutil.copytree(one.place.home, whole)
    before, after = rows(one), sorted([*rows(one), *rows(other)])

    def prepare() -> None:
        shutil.rmtree(one.place.home)
        shutil.copytree(whole, one.place.home)

    seen = set()
    for _ in steps(lambda: into(one, path), prepare):
        now = rows(one)
        assert now in (before, after)
        seen.add(len(now))
        into(one, path)
        assert rows(one) == after and not order_tells(one.place.summaries)
    assert seen == {1, 1 + len(numbers)}


def test_killed_before_any_step_of_an_export(other: Made, tmp_path: Path) -> None:
    """E1: kill -9 at every step of an export: the file is whole, or not there and can be made again."""
    other.keep()
    path, folder = tmp_path / "stick" / "file", tmp_path / "stick"
    folder.mkdir()

    def prepare() -> None:
        path.unlink(missing_ok=True)

    for step in steps(lambda: out(other, path), prepare):
        if not path.exists():
            assert step > 0
            out(other, path)
        with path.open("rb") as file:
            assert transfer_file.check(file, other.key.number_key).records == 1
        with pytest.raises(AlreadyThere):
            out(other, path)


def test_a_forged_record_is_carried_and_set_apart(one: Made, other: Made, tmp_path: Path) -> None:
    """F2: a record that a known key sealed and no station vouches for comes in, and is never ranked."""
    number = other.number()
    sealed = seal(a_summary(number), number, one.key.recipients)
    other.store.append(number, sealed, mac_of(bytes(32), number, sealed))
    into(one, out(other, tmp_path / "stick"))
    listing = list_records(one.place, SEEDS)
    assert not listing.rows and [each.number for each in listing.apart] == [number]


@pytest.mark.parametrize("taken", [False, True])
def test_a_stick_without_second_names(
    other: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: bool
) -> None:
    """Stick: on a file system that knows no hard links the file is whole, too, and never takes another's name."""
    other.keep()
    path = tmp_path / "stick"

    def refused(self: Path, target: Path) -> None:
        if taken:
            path.write_bytes(b"somebody was faster")
        raise PermissionError(errno.EPERM, "no second names here")

    monkeypatch.setattr(Path, "hardlink_to", refused)
    if taken:
        with pytest.raises(AlreadyThere):
            out(other, path)
        assert path.read_bytes() == b"somebody was faster"
    else:
        with out(other, path).open("rb") as file:
            assert transfer_file.check(file, other.key.number_key).records == 1
        assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []
