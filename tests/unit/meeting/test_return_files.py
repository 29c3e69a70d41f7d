"""From the meeting back to the agency: one sealed file each, refused where it is not hers; outcomes on their way."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

import schema.agency
from kiosk.cli import run
from kiosk.desk.exporting.k_anonymity import lonely
from kiosk.desk.keys import derivation
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.keys.spoken_check import of_signer
from kiosk.desk.keys.storage import FileStore
from kiosk.desk.records.offers import Offers
from kiosk.desk.records.returned import NeverListed, NotForUs, NotNewer, NotTheirs, open_file, take
from kiosk.directory import area_file
from kiosk.directory.area import Area, Provider
from kiosk.meeting import returning
from kiosk.meeting.acts import Acts
from kiosk.meeting.agencies import Agency, NotAgencies, load
from kiosk.seal.return_file import LABEL, Entry, NotAReturnFile, ReturnFile, pack, seal, unpack
from kiosk.vault.signatures import signed
from schema.later import Withdrawal
from tests.fixtures import external
from tests.fixtures.list_holder import NOVEMBER, OCTOBER, Place, people
from tests.fixtures.meeting import WORDS, a_vacancy
from tests.made_up import CHEAP, SEED, SEEDS, Made, a_summary, made_at, remove_taken_back

OTHER = bytes(range(1, 33))
LIST = Ed25519PrivateKey.from_private_bytes(bytes(32))
SIGNER = LIST.public_key().public_bytes_raw()
HERS, HIS = 83_301_078, 12_345_671


def a_file(folder: Path, *entries: Entry, seed: bytes = SEED, key: Ed25519PrivateKey = LIST, **changes: Any) -> Path:
    """A return file for the made-up provider."""
    to = derivation.recipient(seed)
    content = ReturnFile(SIGNER, "MO-600", "harbor", to.key_id, 7, date(2026, 11, 20), entries)
    body = pack(replace(content, **changes))
    path = folder / "a.return"
    path.write_bytes(seal(body + key.sign(signed(LABEL, body)), to))
    return path


def taken(path: Path, offers: Offers, check: str = "", seeds: Seeds = SEEDS) -> None:
    take(path, seeds, offers, agencies={"harbor"}, standing={HERS}, removed={HIS}, check=check)


def known() -> Offers:
    """A desk that has compared the list's key by voice."""
    return Offers(signers={SIGNER.hex(): "MO-600"})


@given(st.dictionaries(st.integers(10_000_000, 99_999_999), st.sampled_from(["offered", "housed"]), max_size=130))
def test_its_length_tells_no_count(rows: dict[int, str]) -> None:
    """64 entries or the next power of two, whoever is in it; and what goes in comes out, by number."""
    entries = tuple(
        Entry(number, state, 3, "2026-12-04" if state == "offered" else "") for number, state in rows.items()
    )
    content = ReturnFile(SIGNER, "MO-600", "HARBOR", bytes(range(1, 9)), 7, date(2026, 11, 20), entries)
    body = pack(content)
    again, signed_part, signature = unpack(body + b"s" * 64)
    assert again == replace(content, entries=tuple(sorted(entries, key=lambda each: each.number)))
    assert signed_part == body and signature == b"s" * 64
    assert len(body) == 101 + 10 * (64 if len(rows) <= 64 else 128 if len(rows) <= 128 else 256)
    for wrong in (body, body[:-1] + b"s" * 64, b"", bytes(len(body))):
        with pytest.raises(NotAReturnFile):
            unpack(wrong)


def test_a_desk_refuses_what_is_not_hers(tmp_path: Path) -> None:
    """Another key's, another agency's, another list's, an older one, and numbers never listed: nothing is taken."""
    entry = Entry(HERS, "offered", 3, "2026-12-04")
    refused: list[tuple[dict[str, Any], type[Exception]]] = [
        ({"seed": OTHER}, NotForUs),
        ({"agency": "north"}, NotForUs),
        ({"key_id": bytes(range(8))}, NotForUs),
        ({"key": Ed25519PrivateKey.from_private_bytes(OTHER)}, NotTheirs),
        ({"serial": 6}, NotNewer),
    ]
    for changes, fault in refused:
        offers = known()
        offers.serials[f"{SIGNER.hex()} harbor"] = 6
        with pytest.raises(fault):
            taken(a_file(tmp_path, entry, **changes), offers)
        assert not offers.offers and offers.serials == {f"{SIGNER.hex()} harbor": 6}
    offers = known()
    with pytest.raises(NeverListed):
        taken(a_file(tmp_path, entry, Entry(22_222_229, "housed")), offers)
    path = a_file(tmp_path, entry)
    raw = bytearray(path.read_bytes())
    raw[200] ^= 1
    path.write_bytes(raw)
    with pytest.raises(NotForUs):
        taken(path, offers)
    assert not offers.offers


def test_the_lists_key_is_compared_by_voice_once(tmp_path: Path) -> None:
    """An unknown list needs the check that was read out, a wrong one helps nobody, a known list none any more."""
    path, offers = a_file(tmp_path, Entry(HERS, "offered", 3, "2026-12-04")), Offers()
    for check in ("", of_signer(OTHER)):
        with pytest.raises(NotTheirs):
            taken(path, offers, check)
    taken(path, offers, of_signer(SIGNER).upper())
    assert offers.offers[HERS].state == "offered"
    with pytest.raises(NotNewer):
        taken(path, offers)
    taken(a_file(tmp_path, Entry(HERS, "housed"), Entry(HIS, "offered"), serial=8), offers)
    assert {number: each.state for number, each in offers.offers.items()} == {HERS: "housed"}, "W4: no removed number"


def test_an_outcome_is_sent_until_the_meeting_has_moved_on(tmp_path: Path) -> None:
    """W5: a list that got lost takes no outcome with it; one that arrived is not said again over newer words."""
    offers, offered = known(), Entry(HERS, "offered", 3, "2026-12-04")
    taken(a_file(tmp_path, offered), offers)
    assert offers.overdue(date(2026, 12, 4)) == [] and offers.overdue(date(2026, 12, 5)) == [HERS]
    offers.outcome(HERS, "reached", date(2026, 11, 25))
    assert offers.overdue(date(2026, 12, 5)) == [HERS], "reached is no answer"
    assert offers.statuses(date(2026, 12, 5)) == {HERS: "reached"} and offers.statuses(date(2027, 1, 5)) == {}
    offers.outcome(HERS, "accepted", date(2026, 11, 26))
    assert offers.overdue(date(2026, 12, 5)) == []
    taken(a_file(tmp_path, offered, serial=8), offers)
    assert offers.statuses(date(2027, 3, 1)) == {HERS: "accepted"}, "the meeting has not heard it"
    taken(a_file(tmp_path, Entry(HERS, "accepted", 3), serial=9), offers)
    assert offers.statuses(date(2027, 3, 1)) == {}


def test_a_status_makes_nobody_stand_out() -> None:
    """What became of an offer drops no row off the list for being alone."""
    rows = [external.made_up(1), replace(external.made_up(1), list_number=HERS, status="accepted")]
    assert lonely(rows, 2) == []


def test_agencies_come_with_their_keys(tmp_path: Path) -> None:
    """A code and a key each; anything else is no list of agencies."""
    to = derivation.recipient(SEED)
    path = tmp_path / "agencies.toml"
    path.write_text(agencies_toml({"harbor": SEED}))
    assert load(path) == (Agency("harbor", to),)
    for wrong in ("", '[harbor]\nsuite = "x25519"\npublic = "00"\n', '["a b"]\nsuite = "x25519"\n', "x"):
        path.write_text(wrong)
        with pytest.raises(NotAgencies):
            load(path)


def test_agencies_come_from_the_areas_registry(tmp_path: Path) -> None:
    """`area.toml` of `kiosk directory` names them, too; a provider without a key holds no numbers and gets nothing."""
    to = derivation.recipient(SEED)
    listed = tuple(
        Provider(schema.agency.Agency(code, {"en": f"House {code}"}, "", {"en": "all hours"}), keys=keys)
        for code, keys in (("HARBOR", (to,)), ("LINE", ()))
    )
    area_file.write(tmp_path / "area.toml", Area("MO-600", "Made up", "us-mo", listed))
    assert load(tmp_path / "area.toml") == (Agency("HARBOR", to),)


def agencies_toml(seeds: dict[str, bytes]) -> str:
    return "".join(
        f'[{code}]\nsuite = "x25519"\npublic = "{derivation.recipient(seed).public.hex()}"\n'
        for code, seed in seeds.items()
    )


@contextmanager
def cheaply(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passphrases that cost little."""
    real = derivation.Cost
    monkeypatch.setattr(derivation, "Cost", lambda *parts: real(*parts) if parts else CHEAP)
    yield


def a_desk(kiosk_home: Path) -> Made:
    made = made_at(kiosk_home)
    FileStore(made.place.provider_key).put(derivation.wrap(SEED, WORDS, CHEAP))
    return made


def test_the_loop_from_desk_to_meeting_and_back(
    tmp_path: Path, kiosk_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """W4, W5: an offer reaches her agency, its outcome the next meeting; what she takes back is in no file any more."""
    with cheaply(monkeypatch):
        made, holder = a_desk(kiosk_home), Place(tmp_path)
        numbers = [made.keep(a_summary(release_expires="2099-12")) for _ in range(4)]
        words = ["--passphrase-file", str(holder.words)]
        others = [external.made_up(seed, contact_agency_code="north", release_expires="2099-12") for seed in (7, 8)]

        def merged(day: str, *carry: str) -> None:
            listed = tmp_path / f"harbor-{day}.csv"
            assert run(["export", str(listed), *words]) == 0
            assert holder.merge(day, people(), [others, listed], *carry) == 0
            assert holder.take(day, *(["--area", "MO-600"] if not carry else [])) == 0

        def returned(day: str) -> Path:
            """The return files of a meeting; harbor's own."""
            folder = tmp_path / f"returns-{day}"
            keys = [str(each) for each in tmp_path.glob(f"list-{day[:7]}.external-key.*.csv")]
            given = ["--return", str(folder), "--agencies", str(tmp_path / "agencies.toml"), "--external-key", *keys]
            assert run(["meeting", str(holder.file), *given, *words]) == 0
            (mine,), (theirs,) = folder.glob("harbor-*"), folder.glob("north-*")
            assert mine.stat().st_size == theirs.stat().st_size, "one for every agency, all of one length"
            with pytest.raises(NotForUs):
                open_file(theirs, SEEDS)
            return mine

        (tmp_path / "agencies.toml").write_text(agencies_toml({"harbor": SEED, "north": OTHER}))
        merged(OCTOBER)
        hers, his = (holder.numbers(OCTOBER)[str(number)] for number in numbers[:2])
        file = holder.opened
        at_it = Acts(file.meeting, "JD", date(2026, 10, 21))
        at_it.vacancy(a_vacancy("V-01", "anybody", 9))
        for number in (hers, his):
            at_it.offer(number, "V-01", date(2026, 11, 2), dict.fromkeys(file.meeting.place, "R1"))
        file.save()
        check = of_signer(returning.public_key(file.meeting))
        assert run(["returned", str(returned(OCTOBER)), "--check", check, *words]) == 0
        said = capsys.readouterr().out
        assert "2 in the last meetings, 2 OVERDUE" in said
        assert run(["returned", "--outcome", str(numbers[0]), "accepted", *words]) == 0
        assert run(["returned", "--outcome", str(numbers[3]), "lost", *words]) == 3

        merged(NOVEMBER, "--carry", str(holder.file))
        with (tmp_path / f"harbor-{NOVEMBER}.csv").open() as opened:
            statuses = {int(row["list_number"]): row["status"] for row in csv.DictReader(opened)}
        assert statuses == {number: "accepted" if number == numbers[0] else "" for number in numbers}
        assert holder.meeting.person(hers).state.word == "accepted"
        assert holder.meeting.overdue(his, date(2026, 11, 20)), "an offer without an outcome comes back"

        made.keep(Withdrawal(numbers[1], a_summary().phrase_check, 1))
        assert remove_taken_back(made) > 0
        assert numbers[1] not in Offers.read(made.place, SEEDS).offers
        assert str(numbers[1]) not in str(Offers.read(made.place, SEEDS).offers)
        assert run(["returned", str(returned(NOVEMBER)), *words]) == 0
        assert "1 about numbers that were removed since: not kept." in capsys.readouterr().out
        merged("2026-12-20", "--carry", str(holder.file))
        assert his not in {row.meeting_number for row in holder.meeting.rows}
        december, _, _ = open_file(returned("2026-12-20"), SEEDS)
        assert [each.number for each in december.entries] == [numbers[0]]

        old = [str(each) for each in tmp_path.glob("list-2026-10.external-key.*.csv")]
        given = ["--return", str(tmp_path / "x"), "--agencies", str(tmp_path / "agencies.toml"), "--external-key", *old]
        assert run(["meeting", str(holder.file), *given, *words]) == 3
        assert "the key of another list" in capsys.readouterr().err and not (tmp_path / "x").exists()
