"""The whole way back: kiosk, provider, list, meeting, offer, and news at another provider's kiosk; then taken back.

Every step is a command in a process of its own, and whatever goes from one person to the next is a file that one of
them wrote. Who plays: two providers with a desk each, three stations, and whoever holds the area's list.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk import config
from kiosk.commands.returned import lines
from kiosk.desk.keys import derivation, public_file
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.keys.storage import FileStore
from kiosk.desk.records.news_ledger import NewsLedger
from kiosk.desk.records.offers import Offers
from kiosk.desk.records.removal_ledger import RemovalLedger
from kiosk.desk.records.returned import open_file
from kiosk.desk.region import Region
from kiosk.directory import area_file
from kiosk.directory.area import Area, Provider
from kiosk.meeting import origins
from kiosk.meeting.acts import Acts
from kiosk.meeting.meeting import Difference
from kiosk.meeting.meeting_file import MeetingFile, former
from kiosk.meeting.packing import pack_rows, pack_state
from kiosk.paths import Place
from kiosk.seal import wire
from kiosk.seal.phrase import phrase_check
from kiosk.seal.record import seal
from kiosk.sitting.enquiry import Claim, Enquiry, Told
from kiosk.sitting.steps import BEFORE
from kiosk.vault.numbers import show
from kiosk.vault.station_key import StationKey
from kiosk.vault.store import Store
from schema.agency import Agency
from schema.later import Sealable, Withdrawal
from tests.clerk_process import clerk_at
from tests.command_line import kiosk
from tests.fixtures.list_holder import HEAD, NOVEMBER, OCTOBER, people
from tests.fixtures.meeting import WORDS, a_vacancy
from tests.fixtures.small_export import split, write
from tests.kit import snapshot
from tests.made_up import CHEAP, HARBOR, PHRASE, a_summary
from tests.postgres import Database, Server
from tests.screens.sitting.stage import seat

pytestmark = [pytest.mark.tool("postgres"), pytest.mark.timeout(240)]

NORTH = Agency("NORTH", {"en": "North line", "es": "Línea Norte"}, "573-555-0101", {"en": "9 to 5", "es": "de 9 a 5"})
DECEMBER = "2026-12-20"
ANSWER_BY = date(2026, 11, 2)
"""The day of the offers of October: past, whenever this is run."""
CALL_BY = date.today() + timedelta(days=14)


class Machine:
    """One machine's data folder, and what is typed there."""

    def __init__(self, shared: Path, name: str) -> None:
        self.shared = shared
        """Where files lie that are carried from one to another."""
        self.place = Place(shared / name)

    def kiosk(self, *words: str | Path) -> str:
        """Run a command; what it said."""
        done = kiosk(*map(str, words), cwd=self.shared, KIOSK_HOME=str(self.place.home))
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout + done.stderr

    def opened(self, *words: str | Path) -> str:
        """Run a command that wants the passphrase."""
        return self.kiosk(*words, "--passphrase-file", self.shared / "passphrase")


class Desk(Machine):
    """A provider's desk."""

    def __init__(self, shared: Path, region: str, agency: Agency) -> None:
        super().__init__(shared, f"desk-{agency.code}")
        self.code, self.region = agency.code, region
        self.opened("keys", "new", "--region", region)
        store = FileStore(self.place.provider_key)
        blob = store.get()
        assert blob is not None
        seed = derivation.unwrap(blob, WORDS)
        self.place.provider_key.unlink()
        store.put(derivation.wrap(seed, WORDS, CHEAP))  # the same key: each command opens it sooner
        self.seeds = Seeds(seed)
        self.public = shared / f"{agency.code}.public"
        self.opened("keys", "show", "--public", self.public)
        self.provider = Provider(agency, keys=(public_file.read(self.public),))

    def list(self, month: str) -> Path:
        """Write the external list of a month."""
        path = self.shared / f"{self.code}-{month}.csv"
        self.opened("export", path)
        return path


class Kiosk(Machine):
    """A station, set up from a region file that its provider's desk wrote."""

    def __init__(self, desk: Desk, label: str, *also: str) -> None:
        super().__init__(desk.shared, f"station-{label}")
        self.agency = desk.code
        file = self.shared / f"{label}.region"
        desk.opened("region", "--station", label, file)
        self.kiosk("setup", "--yes", "--region", file, "--agency", desk.code, *also)
        file.unlink()
        self.key = StationKey.read(self.place.station_key)

    def keep(self, asked: Sealable | None = None) -> int:
        """What a sitting sends when somebody keeps: a number is put aside, and what is sealed lies under it."""
        with clerk_at(self.place.home) as clerk:
            number = clerk.number()
            item = asked or a_summary(
                number, region=self.key.region, agency=self.agency, month="2026-10", release_expires="2099-12"
            )
            assert clerk.keep(number, seal(item, number, self.key.recipients)) == wire.Kept()
            assert clerk.end() == (0, "")
        return number


class Holder(Machine):
    """Whoever merges and runs the meeting."""

    def __init__(self, shared: Path, area: Area) -> None:
        super().__init__(shared, "holder")
        self.place.home.mkdir()
        origins.carry_secret(self.place.home / "carry.key", WORDS, CHEAP)
        self.file = self.place.home / "meeting.list"
        self.registry = self.place.home / "area.toml"
        area_file.write(self.registry, area)

    def merge(self, day: str, lists: list[Path]) -> str:
        """Merge a month's HMIS export with the agencies' lists, and take what comes of it into the meeting."""
        enrollments = [
            {"EnrollmentID": f"E{name}", "PersonalID": name, "HouseholdID": f"H{name}", **HEAD} for name in people()
        ]
        export = write(self.place.home / f"hmis-{day[:7]}", split(enrollments, day))
        out, key = self.merged(day), self.place.home / "carry.key"
        carry: list[str | Path] = ["--carry", self.file] if self.file.exists() else []
        given: list[str | Path] = ["--hmis", export, "--external", *lists, "--day", day]
        said = self.opened("merge", *given, "--out", out, "--carry-key", key, *carry)
        area = [] if carry else ["--area", "MO-600"]
        return said + self.opened("meeting", self.file, "--from", out, "--by", "JD", *area)

    def merged(self, day: str) -> Path:
        return self.place.home / f"list-{day[:7]}.csv"

    def keys(self, day: str) -> list[Path]:
        """The agencies' keys of a list."""
        return sorted(self.place.home.glob(f"list-{day[:7]}.external-key.*.csv"))

    def number_of(self, number: int, day: str) -> str:
        """The meeting number of somebody who left `number`."""
        rows = [row for path in self.keys(day) for row in csv.DictReader(path.read_text().splitlines())]
        return next(row["meeting_number"] for row in rows if row["list_number"] == str(number))

    def destroy(self, day: str) -> None:
        """Destroy a month's lists and keys, once the next ones are taken in (docs/provider.md)."""
        for path in self.place.home.glob(f"list-{day[:7]}*"):
            path.unlink()
        (self.shared / f"HARBOR-{day[:7]}.csv").unlink()

    def write_returns(self, day: str) -> tuple[dict[str, Path], str]:
        """Write every agency's return file; by code, with the check that is read out."""
        folder = self.shared / f"returns-{day[:7]}"
        given: list[str | Path] = ["--agencies", self.registry, "--external-key", *self.keys(day)]
        said = self.opened("meeting", self.file, "--return", folder, *given)
        found = re.search(r"by voice once: (.+)", said)
        assert found is not None
        return {path.name.split("-")[0]: path for path in folder.iterdir()}, found[1]


class Story:
    """What happened, from October to December."""

    def __init__(self, shared: Path, region: Database) -> None:
        self.shared, self.region = shared, region
        words = shared / "passphrase"
        words.touch(0o600)
        words.write_text(WORDS + "\n")
        self._found_the_area()
        self._october()
        self._november()
        self._taken_back()
        self._december()

    def _found_the_area(self) -> None:
        self.harbor, self.north = Desk(self.shared, "MO-606", HARBOR), Desk(self.shared, "MO-500", NORTH)
        area = Area("MO-600", "Made Up Area", "us-mo", (self.harbor.provider, self.north.provider))
        for desk in (self.harbor, self.north):
            area_file.write(desk.place.area_toml, area)
        config.write(
            self.harbor.place.station_toml,
            config.Station(
                pack="us-mo", language="en", role="staff", station="DESK", region="MO-606", agency="HARBOR",
                database=self.region.url(self.region.provider),
            ),
        )  # fmt: skip
        shared = self.shared / "news.secret"
        said = self.harbor.opened("keys", "news", "--to", self.north.public, shared)
        check = said.split("send it along: ")[1].split("\n")[0]
        self.north.opened("keys", "news", "--take", shared, "--check", check)
        self.front = Kiosk(self.harbor, "FRONT")
        self.back = Kiosk(self.harbor, "BACK", "--database", self.region.url())
        self.there = Kiosk(self.north, "THERE")
        self.holder = Holder(self.shared, area)

    def _carry_records(self, station: Kiosk, desk: Desk) -> None:
        """Take a stick from a station to its desk, and destroy it."""
        stick = self.shared / "stick"
        station.kiosk("export", "--sealed", stick)
        desk.opened("import", stick)
        stick.unlink()

    def _edition(self, month: str, *news: str) -> bytes:
        """Write harbor's edition; it reaches the other provider's station by stick, and its own by the region."""
        path = self.shared / f"edition-{month}"
        self.harbor.opened("news", *news, "--out", path)
        assert "Taken: the news of MO-606" in self.there.kiosk("import", path)
        return self.there.place.editions.read_bytes()

    def _october(self) -> None:
        self.hers, self.others, self.his = self.front.keep(), self.back.keep(), self.there.keep()
        self._carry_records(self.front, self.harbor)
        self._carry_records(self.there, self.north)
        self.north_list = self.north.list("2026-10")  # nothing changes there: it is given again each month
        self.holder.merge(OCTOBER, [self.harbor.list("2026-10"), self.north_list])
        self.her_place = self.holder.number_of(self.hers, OCTOBER)
        self.his_place = self.holder.number_of(self.his, OCTOBER)
        file = MeetingFile.open(self.holder.file, WORDS)
        at_it = Acts(file.meeting, "JD", date(2026, 10, 21))
        at_it.vacancy(a_vacancy("V-01", "anybody", 9))
        for number in (self.her_place, self.his_place):
            at_it.offer(number, "V-01", ANSWER_BY, dict.fromkeys(file.meeting.place, "R1"))
        self.holder.file.unlink()
        MeetingFile.new(self.holder.file, file.meeting, WORDS, CHEAP)  # the same meeting: it opens sooner
        returns, check = self.holder.write_returns(OCTOBER)
        returns["NORTH"].unlink()  # it never arrives
        self.harbor_heard = self.harbor.opened("returned", returns["HARBOR"], "--check", check)
        self.north_waits = [*lines(Offers.read(self.north.place, self.north.seeds), date.today())]
        self.edition = self._edition("2026-10", str(self.hers), "--offer", "--by", CALL_BY.isoformat())
        self.synced = self.back.kiosk("sync")

    def _november(self) -> None:
        self.harbor.opened("returned", "--outcome", str(self.hers), "accepted")
        listed = self.harbor.list("2026-11")
        rows = csv.DictReader(listed.read_text().splitlines())
        self.statuses = {int(row["list_number"]): row["status"] for row in rows}
        self.shown = self.holder.merge(NOVEMBER, [listed, self.north_list])
        self.november = MeetingFile.open(self.holder.file, WORDS).meeting
        self.her_place_in_november = self.holder.number_of(self.hers, NOVEMBER)
        returns, check = self.holder.write_returns(NOVEMBER)
        self.north_heard = self.north.opened("returned", returns["NORTH"], "--check", check)
        self.holder.destroy(OCTOBER)
        self.before = self.traces()

    def _taken_back(self) -> None:
        """At a station of harbor's she asks for it; the desk carries it out, and a stick tells the other station."""
        self.asked = self.back.keep(Withdrawal(self.hers, phrase_check(self.hers, PHRASE), 1))
        self.asked_there = {row[0] for row in self.region.rows()}
        self.withdrawn = self.harbor.opened("withdraw")
        self.offers_left = Offers.read(self.harbor.place, self.harbor.seeds)
        stick = self.shared / "stick"
        self.harbor.opened("export", "--sealed", stick)
        self.front_removed = self.front.kiosk("import", stick)
        stick.unlink()

    def _december(self) -> None:
        self.merge_said = self.holder.merge(DECEMBER, [self.harbor.list("2026-12"), self.north_list])
        self.last_edition = self._edition("2026-12")
        self.returns, _ = self.holder.write_returns(DECEMBER)
        self.harbor.opened("returned", self.returns["HARBOR"])
        self.holder.destroy(NOVEMBER)

    def traces(self) -> set[str]:
        """Files of anybody that show her number or her place on the list as they lie there, and tables of the region.

        In letters, as pages show it, and as SQLite and PostgreSQL write a whole number.
        """
        needles = [str(self.hers), show(self.hers), show(self.hers).replace("\xa0", " ")]
        raw = self.hers.to_bytes(4, "big")
        found = set()
        for path in self.shared.rglob("*"):
            if path.is_file():
                content = path.read_bytes()
                inside = any(each.encode() in content for each in needles)
                if self.holder.place.home in path.parents:
                    inside = inside or names(content.decode("latin-1"), self.her_place)
                if inside or (".db" in path.name and raw in content):
                    found.add(str(path.relative_to(self.shared)))
        with self.region.superuser() as connection:
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            for (table,) in tables:
                rows = connection.execute(f'SELECT t::text FROM "{table}" t').fetchall()
                if any(needle in row for (row,) in rows for needle in needles):
                    found.add(f"table {table}")
        return found


def names(text: str, number: str) -> bool:
    """Whether a number of the meeting stands in a text by itself: its five digits may be in a longer row of letters."""
    return re.search(rf"(?<![0-9A-Za-z]){number}(?![0-9A-Za-z])", text) is not None


@contextmanager
def _surroundings(home: Path) -> Iterator[None]:
    """What a test has by itself, and a fixture of a module has not."""
    before = os.umask(0o077)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("LANG", "C.UTF-8")
        yield
    os.umask(before)


@pytest.fixture(scope="module")
def story(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Three months, played once."""
    shared = tmp_path_factory.mktemp("loop")
    database = Database(server)
    with _surroundings(shared):
        played = Story(shared, database)
    yield played
    database.drop()


def looked_up(station: Kiosk, editions: bytes, number: int, phrase: str) -> Told:
    """What a sitting at a station finds; the same that its page does."""
    enquiry = Enquiry(station.key.news, None, lambda: editions)
    return enquiry._look_up(Claim(number, phrase))


async def test_another_providers_kiosk_tells_her_whom_to_call_and_by_when(story: Story) -> None:
    """W1, W2: her number and her three words, at a station that never had her record; nothing for anybody else."""
    key = story.there.key
    async with seat(BEFORE, given=replace(snapshot(), agencies=key.agencies, news=key.news)) as at:
        at.app.sitting.enquiry = Enquiry(key.news, None, lambda: story.edition)
        await at.type(str(story.hers))
        await at.press("enter")
        await at.type(PHRASE)
        await at.press("enter", "enter", "1", "enter")
        day = f"{CALL_BY.day} {CALL_BY:%B} {CALL_BY.year}"
        await at.see(f"Please call Harbor housing line (573-555-0100) by {day}. There is an offer for you.")
    for number, phrase in ((story.hers, "red apple milk"), (story.his, PHRASE)):
        assert looked_up(story.there, story.edition, number, phrase).news == ()
    assert "Newer editions of news taken: 1." in story.synced, "its own station over the region has it, too"


def test_an_outcome_reaches_the_next_meeting_and_she_keeps_her_place(story: Story) -> None:
    """The desk hears of the offer, its outcome goes with the next list, and a carried merge finds her again."""
    assert f"{show(story.hers)}  offered, to answer by {ANSWER_BY}" in story.harbor_heard
    assert story.statuses == {story.hers: "accepted", story.others: ""}
    assert story.her_place_in_november == story.her_place
    assert story.november.person(story.her_place).state.word == "accepted"
    assert story.november.difference == Difference(), "nobody is new, gone or changed"


def test_a_return_file_that_never_arrives_loses_nobody(story: Story) -> None:
    """W5: his desk heard nothing; a month later the meeting calls the offer overdue, and with the next file so does it.

    Between the two meetings the desk cannot know: a file that is lost in silence is seen by the meeting alone.
    """
    assert story.north_waits == ["0 in the last meetings, 0 OVERDUE, 0 outcomes to send."]
    assert story.november.person(story.his_place).state.word == "offered"
    assert "1 offers open, 1 OVERDUE." in story.shown
    assert story.november.overdue(story.his_place, date.today())
    assert f"{show(story.his)}  offered, to answer by {ANSWER_BY} OVERDUE" in story.north_heard


def test_before_she_takes_it_back_her_number_is_found(story: Story) -> None:
    """Presence before absence: the search sees her in the station's file, in the list and in the keys of the merge."""
    key = f"holder/list-2026-11.external-key.{HARBOR.code}.csv"
    assert story.before >= {
        "station-FRONT/summaries.db", "desk-HARBOR/summaries.db", "HARBOR-2026-11.csv", key, "holder/list-2026-11.csv"
    }  # fmt: skip


def test_after_she_took_it_back_no_file_of_anybody_holds_her_number(story: Story) -> None:
    """W4: not a desk's, a station's, the region's, the list holder's, nor what goes between them."""
    assert "Removed here: 2." in story.withdrawn and "list 2 asks: 1." in story.front_removed
    assert story.traces() == set()
    assert story.asked_there == {story.others, story.asked}, "her request came by the region"
    assert [row[0] for row in story.region.rows()] == [story.others]
    place, seeds = story.harbor.place, story.harbor.seeds
    ledger = RemovalLedger.read(place, seeds, Region.read(place.desk_toml, seeds))
    assert story.hers in ledger.numbers, "the one sealed archive: nothing may bring her number back"


def test_what_is_sealed_knows_nothing_of_her_either(story: Story) -> None:
    """W4: opened with every key there is, offers, news, meeting, origins and return files: she is one in a count."""
    assert not story.offers_left.offers and not story.offers_left.outcomes, "before the next return file came"
    for desk in (story.harbor, story.north):
        offers = Offers.read(desk.place, desk.seeds)
        assert story.hers not in offers.offers and story.hers not in offers.outcomes
        assert story.hers not in NewsLedger.read(desk.place, desk.seeds).told
        entries = open_file(story.returns[desk.code], desk.seeds)[0].entries
        assert [each.number for each in entries] == ([story.his] if desk is story.north else [])
    for station in (story.front, story.back, story.there):
        assert story.hers not in Store(station.place.summaries, station.key.number_key).numbers()
    for file in (story.holder.file, former(story.holder.file)):
        meeting = MeetingFile.open(file, WORDS).meeting
        inside = (pack_rows(meeting) + pack_state(meeting)).decode().replace("\\u001f", " ")
        assert names(inside, story.his_place) and not names(inside, story.her_place)
        assert str(story.hers) not in inside
        assert meeting.difference.taken_back == 1
    sealed = origins.read(origins.beside(story.holder.merged(DECEMBER)), WORDS)
    assert not names(str(sealed), story.her_place) and str(story.hers) not in str(sealed)
    assert "1 on no list any more, taken back or deleted" in story.merge_said


def test_the_last_edition_is_silent_and_looks_like_the_first(story: Story) -> None:
    """W1, W4: her number and her words find nothing any more, and no length tells that there was news once."""
    assert looked_up(story.there, story.last_edition, story.hers, PHRASE).news == ()
    assert len(story.last_edition) == len(story.edition)
