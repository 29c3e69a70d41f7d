"""The provider's removal list: who can make one, who can read what of it, and what is obeyed in which order."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace

import pytest

from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.keys.signing import sign, signers_of
from kiosk.vault import removal_list
from kiosk.vault.numbers import removed_bit
from kiosk.vault.obeying import Heard, TooMany, few, obey
from kiosk.vault.removal_list import LENGTH, PARTS, NotTheProviders, SignerUnknown, make, read
from kiosk.vault.signatures import REGION_FILE, REMOVAL_LIST
from kiosk.vault.store import Store
from tests.killing import steps
from tests.made_up import SEEDS, Made, made_at

KEY = bytes(range(32))
SECRETS = [bytes([each]) * 32 for each in range(1, 4)]
SIGNERS = signers_of(SEEDS)


def a_list(serial: int = 1, seeds: Seeds = SEEDS, **parts: list[int]) -> bytes:
    by_secret = {secret: parts.get(f"s{at}", []) for at, secret in enumerate(SECRETS)}
    return make(serial, KEY, by_secret, lambda body: sign(REMOVAL_LIST, body, seeds))


@pytest.fixture
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made_at(tmp_path_factory.mktemp("k") / "kiosk")


def asks(made: Made, serial: int, numbers: list[int], seeds: Seeds = SEEDS) -> bytes:
    """A list for the station of a made-up kiosk."""
    parts = {made.key.station_secret: numbers}
    return make(serial, made.key.number_key, parts, lambda body: sign(REMOVAL_LIST, body, seeds))


def obeyed(made: Made, raw: bytes, *, yes: bool = False) -> tuple[Heard, int]:
    key = made.key
    with made.store.changing() as file:
        found = obey(file, raw, key.number_key, key.signers, (key.station_secret,), few if not yes else lambda *_: True)
    return found.heard, found.removed


def test_each_station_reads_its_own_part_alone() -> None:
    """A part opens with its station's secret and no other; every list is as long, whatever it asks."""
    raw = a_list(s0=[12_345_674, 12_345_682], s1=[10_000_005])
    found = read(raw, KEY, SIGNERS)
    assert [found.part(secret) for secret in SECRETS] == [{12_345_674, 12_345_682}, {10_000_005}, frozenset()]
    assert found.part(bytes(32)) is None
    full = make(
        2, KEY, {os.urandom(32): [10_000_005] * 64 for _ in range(PARTS)}, lambda b: sign(REMOVAL_LIST, b, SEEDS)
    )
    assert len(raw) == len(full) == len(a_list()) == LENGTH == 35_008
    assert not [number for number in (12_345_674, 10_000_005) if number.to_bytes(4, "big") in raw]


def test_nobody_but_the_provider_makes_one() -> None:
    """S1: any changed byte, another seed, another region, a signature over another kind of file: not the provider's."""
    raw = a_list(s0=[12_345_674])
    for at in [*range(64), *range(64, LENGTH - 64, 997), LENGTH - 128]:
        with pytest.raises(NotTheProviders):
            read(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :], KEY, SIGNERS)
    stranger = Seeds(bytes(32))
    bad = [raw[:-1], raw + b"x", b"", a_list(seeds=stranger), bytes(LENGTH)]
    bad.append(make(1, bytes(32), {}, lambda body: sign(REMOVAL_LIST, body, SEEDS)))
    bad.append(make(1, KEY, {}, lambda body: sign(REGION_FILE, body, SEEDS)))
    for each in bad:
        with pytest.raises(NotTheProviders):
            read(each, KEY, SIGNERS)
    with pytest.raises(SignerUnknown):
        read(raw, KEY, ())


def test_both_keys_sign_while_one_replaces_the_other() -> None:
    """Rotation: a station that knows the present key alone, and one that knows the new one alone, both obey."""
    both = Seeds(bytes(reversed(range(32))), SEEDS.current)
    raw = a_list(seeds=both)
    for each in both:
        assert read(raw, KEY, signers_of(Seeds(each))).serial == 1


def test_lists_are_obeyed_in_order_and_once(made: Made) -> None:
    """S1: a higher serial is obeyed, the same one is known, a lower or foreign one is refused and counted."""
    numbers = [made.keep() for _ in range(4)]
    assert obeyed(made, asks(made, 5, numbers[:1])) == (Heard.DONE, 1)
    assert obeyed(made, asks(made, 5, numbers[1:2])) == (Heard.KNOWN, 0)
    assert obeyed(made, asks(made, 4, numbers[1:2])) == (Heard.OLDER, 0)
    assert obeyed(made, asks(made, 9, numbers[1:2], Seeds(bytes(32)))) == (Heard.STRANGE, 0)
    assert made.store.obeyed() == (5, 2)
    assert {row.number for row in made.store.rows()} == set(numbers[1:])
    assert obeyed(made, asks(made, 6, [*numbers[:2], 12_345_674])) == (Heard.DONE, 1)
    assert made.store.obeyed() == (6, 2) and all(made.store.taken(each) for each in (*numbers[:2], 12_345_674))


def test_a_station_of_the_first_format_obeys_nobody(made: Made) -> None:
    """A station that has no signing key in its file removes nothing, and says why."""
    number = made.keep()
    raw, made.key = asks(made, 1, [number]), replace(made.key, serial=0, signers=(), signatures=(), news=())
    assert obeyed(made, raw) == (Heard.UNKNOWN_SIGNER, 0) and made.store.obeyed() == (0, 0)


def test_much_at_once_needs_a_word(made: Made) -> None:
    """Unattended, more than five records and two in a hundred at once: nothing is removed, not one of them."""
    assert few(5, 5) and few(6, 300) and few(2, 2) and not few(6, 299) and not few(6, 6) and few(20_000, 1_000_000)
    numbers = [made.keep() for _ in range(7)]
    raw = asks(made, 1, numbers[:6])
    with pytest.raises(TooMany, match="6 of the 7"):
        obeyed(made, raw)
    assert len(made.store.rows()) == 7 and made.store.obeyed() == (0, 0)
    assert obeyed(made, raw, yes=True) == (Heard.DONE, 6)


def test_what_stays_of_a_removal_proves_nothing(made: Made) -> None:
    """S16: a place of a map, half of which is set at random from the start: half of all are not dealt anyway."""
    key = made.key.number_key
    with made.store.changing() as file:
        before = {row[0] for row in file.exec_driver_sql("SELECT bit FROM removed")}
    assert 7_700 < len(before) < 8_700
    number = made.keep()
    assert removed_bit(number, key) not in before
    assert obeyed(made, asks(made, 1, [number])) == (Heard.DONE, 1)
    with made.store.changing() as file:
        after = {row[0] for row in file.exec_driver_sql("SELECT bit FROM removed")}
    assert after - before == {removed_bit(number, key)} and before < after
    drawn = [made.number() for _ in range(50)]
    assert not {removed_bit(each, key) for each in drawn} & after
    assert len(Counter(removed_bit(each, key) for each in drawn)) > 40


def test_killed_before_any_step_of_obeying(made: Made) -> None:
    """E1: a list is obeyed whole or not at all, and is obeyed the next time."""
    import shutil

    numbers = [made.keep() for _ in range(4)]
    raw, whole = asks(made, 1, numbers[:2]), made.place.home.with_name("whole")
    shutil.copytree(made.place.home, whole)

    def prepare() -> None:
        shutil.rmtree(made.place.home)
        shutil.copytree(whole, made.place.home)

    seen = set()
    for _ in steps(lambda: obeyed(made, raw), prepare):
        found = {row.number for row in made.store.rows()}
        seen.add((len(found), made.store.obeyed()[0]))
        obeyed(made, raw)
        assert {row.number for row in made.store.rows()} == set(numbers[2:])
    assert seen == {(4, 0), (2, 1)}


def test_a_list_of_an_older_file_is_folded_into_the_map(made: Made) -> None:
    """A database of the first version keeps what it removed: every old mark is a place of the new map."""
    from contextlib import closing

    from kiosk.vault import health, migrations
    from kiosk.vault.numbers import retired_tag

    old, key = made.place.home / "old.db", made.key.number_key
    migrations.create(old, migrations.STEPS[:1])
    numbers = [made.number() for _ in range(40)]
    with closing(migrations.connect(old)) as file:
        file.executemany("INSERT INTO retired VALUES (?)", [(retired_tag(each, key),) for each in numbers])
    health.check(old)
    store = Store(old, key)
    assert all(store.taken(each) for each in numbers) and store.obeyed() == (0, 0)


def test_reading_a_list_loads_no_desk() -> None:
    """P4: what a station obeys with reaches nothing of the desk."""
    told = subprocess.run(
        [sys.executable, "-c", "import kiosk.vault.removal_list, sys, json; print(json.dumps(sorted(sys.modules)))"],
        stdout=subprocess.PIPE,
        check=True,
    )
    assert not [each for each in json.loads(told.stdout) if each.startswith("kiosk.desk")]
    assert removal_list.LENGTH == LENGTH
