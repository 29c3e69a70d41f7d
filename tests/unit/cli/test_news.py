"""`kiosk news` and `kiosk import` of an edition: from the desk's word to what a station can look up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk import cli
from kiosk.desk.keys import derivation, public_file, storage
from kiosk.desk.records.news_ledger import NewsLedger
from kiosk.desk.region import Region
from kiosk.news.edition import Code, mark_of, read
from kiosk.news.opening import look_up
from kiosk.news.taking import split
from kiosk.paths import Place
from kiosk.seal.phrase import phrase_check
from kiosk.vault.numbers import show
from kiosk.vault.station_key import StationKey
from schema.later import Change, Withdrawal
from tests.made_up import CHEAP, PHRASE, SEEDS, Made, a_summary, made_at
from tests.unit.cli.conftest import PASSPHRASE

DAY = date.today() + timedelta(days=14)
Run = Callable[..., str]


@pytest.fixture
def run(desk: Made, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command at the desk, or `at` another folder; what it said. Raises AssertionError on another status."""

    def _run(*words: str, status: int = 0, at: Path = desk.place.home) -> str:
        monkeypatch.setenv("KIOSK_HOME", str(at))
        if words[0] == "news":
            words = (*words, "--passphrase-file", str(file))
        assert cli.run(words) == status, capsys.readouterr()
        said = capsys.readouterr()
        return said.out + said.err

    return _run


def told(raw: bytes, key: StationKey, number: int, phrase: str = PHRASE) -> tuple[Code, bytes, date] | None:
    (news,) = key.news
    found = look_up(read(raw, news), news.secret, number, phrase_check(number, phrase))
    return None if found is None else (found.code, found.agency, found.day)


def test_an_offer_goes_from_the_desk_to_whoever_has_number_and_words(desk: Made, run: Run, tmp_path: Path) -> None:
    """W2, W4: two are told something; one changed her answers, one takes hers back, and the next edition is silent."""
    first, second = desk.keep(), desk.keep()
    desk.keep(Change(first, phrase_check(first, PHRASE), a_summary(first, phrase_check=bytes(8), month="2026-12")))
    key = desk.region.again("front", SEEDS)[1]
    run("news", *show(first).split(), "--offer", "--by", DAY.isoformat(), "--agency", "HARBOR")
    run("news", str(second), "--question", "--by", DAY.isoformat())
    key.write(desk.place.station_key, replace=True)
    said = run("news", "--out", str(tmp_path / "stick"))
    assert "Told now: 2." in said and show(first) in said
    raw = (tmp_path / "stick").read_bytes()
    assert told(raw, key, first) == (Code.OFFER, mark_of("HARBOR"), DAY)
    assert told(raw, key, second) == (Code.QUESTION, mark_of("harbor"), DAY)
    assert told(raw, key, first, "some other words") is None
    assert split(desk.place.editions.read_bytes()) == [raw]
    desk.keep(Withdrawal(second, phrase_check(second, PHRASE), 1))
    again = run("news", "--out", str(tmp_path / "again"))
    assert "Told now: 1." in again and "Dropped" in again
    assert told((tmp_path / "again").read_bytes(), key, second) is None
    assert second not in NewsLedger.read(desk.place, SEEDS).told
    assert "Told now: 0." in run("news", str(first), "--none")
    assert (
        Region.read(desk.place.desk_toml, SEEDS).editions == read((tmp_path / "again").read_bytes(), key.news[0]).serial
    )


def test_a_release_that_ends_is_told_by_its_last_day(desk: Made, run: Run) -> None:
    number = desk.number()
    desk.keep(a_summary(number, release_expires="2028-02"), number)
    assert "by 2028-02-29" in run("news", str(number), "--release")
    none = desk.number()
    desk.keep(a_summary(none, release=False, release_expires=None), none)
    assert "no release" in run("news", str(none), "--release", status=3)
    assert "Nobody stands" in run("news", "12345671", "--release", status=3)


@pytest.mark.parametrize(
    "words",
    [
        ("12345671",),
        ("--offer", "--by", DAY.isoformat()),
        ("12345671", "--offer"),
        ("12345671", "--none", "--by", DAY.isoformat()),
        ("12345600", "--none"),
        ("12345671", "--none", "--agency", "no code"),
    ],
)
def test_what_makes_no_sense_is_said_before_a_passphrase_is_asked(words: tuple[str, ...], run: Run) -> None:
    assert run("news", *words, status=2)


def test_a_station_takes_the_newest_edition_and_refuses_an_older_one(desk: Made, run: Run, tmp_path: Path) -> None:
    there = made_at(tmp_path / "there")
    desk.region, key = Region.read(desk.place.desk_toml, SEEDS).deal("back", SEEDS)
    desk.region.write(desk.place.desk_toml, SEEDS.current)
    key.write(there.place.station_key, replace=True)
    there.place.desk_toml.unlink()
    for name in ("first", "second"):
        run("news", "--out", str(tmp_path / name))
    home = there.place.home
    assert "Taken: the news of MO-606" in run("import", str(tmp_path / "second"), at=home)
    assert "here already" in run("import", str(tmp_path / "second"), at=home)
    assert "older" in run("import", str(tmp_path / "first"), at=home, status=3)
    forged = bytearray((tmp_path / "second").read_bytes())
    forged[100] ^= 1
    (tmp_path / "forged").write_bytes(forged)
    assert "not signed" in run("import", str(tmp_path / "forged"), at=home, status=3)
    assert split(there.place.editions.read_bytes()) == [(tmp_path / "second").read_bytes()]


def test_news_go_on_under_a_new_key(desk: Made) -> None:
    """A rotation seals the ledger again; desk.toml keeps secret and serial."""
    from kiosk.desk.keys.seeds import Seeds
    from kiosk.desk.records import news_ledger
    from kiosk.desk.records.news_ledger import Told

    NewsLedger({12_345_671: Told(Code.OFFER, "HARBOR", DAY)}).write(desk.place, SEEDS.current)
    both = Seeds(bytes(32), SEEDS.current)
    news_ledger.reseal(desk.place, both)
    assert NewsLedger.read(desk.place, Seeds(bytes(32))).told == {12_345_671: Told(Code.OFFER, "HARBOR", DAY)}
    with pytest.raises(news_ledger.NotANewsLedger):
        NewsLedger.read(desk.place, SEEDS)


def test_neighbours_hand_each_other_the_secret_of_their_news(run: Run, desk: Made, file: Path, tmp_path: Path) -> None:
    """`kiosk keys news`: sealed there, taken here with the check by voice, in each station's next file; or new."""
    near = Place(tmp_path / "near")
    near.home.mkdir(mode=0o700)
    seed = bytes(range(32, 64))
    theirs = Region.new("MO-500", seed)
    theirs.write(near.desk_toml, seed)
    storage.FileStore(near.provider_key).put(derivation.wrap(seed, PASSPHRASE, CHEAP))
    public, shared, options = tmp_path / "our.public", tmp_path / "shared", ("--passphrase-file", str(file))
    public_file.write(public, desk.region.recipients[0])
    said = run("keys", "news", "--to", str(public), str(shared), *options, at=near.home)
    check = said.split("send it along: ")[1].split("\n")[0]
    assert "not the file" in run("keys", "news", "--take", str(shared), "--check", "0", *options, status=3)
    assert "MO-500" in run("keys", "news", "--take", str(shared), "--check", check, *options)
    keys = Region.read(desk.place.desk_toml, SEEDS).again("front", SEEDS)[1].news
    assert [each.region for each in keys] == ["MO-606", "MO-500"] and keys[1].secret == theirs.news_secret
    before = Region.read(desk.place.desk_toml, SEEDS).news_secret
    run("keys", "news", "--new", *options)
    assert Region.read(desk.place.desk_toml, SEEDS).news_secret != before
    assert run("keys", "news", "--new", str(shared), *options, status=2)
