"""From one month's list to the next: who keeps a number, who is new, gone or changed, and who is forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kiosk.cli import run
from kiosk.desk.keys import derivation
from kiosk.desk.merging.carrying import Carry, begin, finish
from kiosk.meeting.acts import Acts
from kiosk.meeting.meeting_file import MeetingFile, former
from kiosk.meeting.months import month_text
from kiosk.meeting.packing import pack_rows, pack_state
from tests.fixtures import external
from tests.fixtures.list_holder import NOVEMBER, OCTOBER, Place, people
from tests.fixtures.meeting import WORDS, a_vacancy, rows
from tests.made_up import CHEAP

NORTH = [external.made_up(seed, contact_agency_code="NORTH", release_expires="2027-06") for seed in range(40, 44)]
SOUTH = [external.made_up(seed, contact_agency_code="SOUTH", release_expires="2027-06") for seed in range(50, 53)]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A list holder whose passphrase costs little."""
    real = derivation.Cost
    monkeypatch.setattr(derivation, "Cost", lambda *parts: real(*parts) if parts else CHEAP)
    return Place(tmp_path)


def test_a_month_later(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    """The same people keep numbers and states; who is new, gone or changed is told, and nobody's side is."""
    assert place.merge(OCTOBER, people(), [NORTH, SOUTH]) == 0 and place.take(OCTOBER, "--area", "MO-600") == 0
    before = place.numbers(OCTOBER)
    file = place.opened
    at_it = Acts(file.meeting, "JD", date(2026, 10, 21))
    at_it.vacancy(a_vacancy("V-01", "anybody", 9))
    kept = [before["QP03"], before[str(NORTH[1].list_number)], before["QP05"], before[str(SOUTH[0].list_number)]]
    for number in kept:
        at_it.offer(number, "V-01", date(2026, 11, 2), dict.fromkeys(file.meeting.place, "R1"))
        at_it.note(number, "C1")
    file.save()

    changed = people() | {"NEW1": {}}
    changed["QP00"] = {"ExitDate": "2026-11-01", "Destination": "101"}
    changed["QP01"] = {"ProjectID": "P13", "ProjectType": "13", "MoveInDate": "2026-11-01"}
    north = [replace(NORTH[0], status="reached"), replace(NORTH[1], status="accepted"), NORTH[3]]
    south = [replace(SOUTH[0], status="declined"), replace(SOUTH[1], release_expires="2026-10"), SOUTH[2]]
    capsys.readouterr()
    carry = ["--carry", str(place.file), "--leave-out-expired"]
    assert place.merge(NOVEMBER, changed, [north, south], *carry) == 0
    told = capsys.readouterr().out
    assert "Carried: 19 of the last list are on this one." in told
    assert "Gone, in all 4: 1 housed, 1 exited, 1 whose release ended, 1 on no list any more" in told
    after = place.numbers(NOVEMBER)
    gone = ("QP00", "QP01", str(SOUTH[1].list_number), str(NORTH[2].list_number))
    assert {name: number for name, number in before.items() if name not in gone}.items() <= after.items()
    assert after["NEW1"] not in before.values()

    assert place.take(NOVEMBER) == 0
    meeting = place.meeting
    assert meeting.difference.new == {after["NEW1"]}
    assert dict(meeting.difference.gone) == {before["QP01"]: "housed"} | dict.fromkeys(
        (before["QP00"], before[str(SOUTH[1].list_number)]), "left"
    )
    assert meeting.difference.taken_back == 1
    states = [meeting.person(number) for number in kept]
    assert [each.state.word for each in states] == ["offered", "accepted", "offered", "declined"]
    assert all(each.notes == ("C1",) for each in states)
    assert meeting.overdue(kept[0], date(2026, 11, 20)), "W5: an offer of which nobody heard comes back as overdue"
    assert [each.undone for each in meeting.changes] and meeting.begun < len(meeting.changes)
    assert month_text(meeting.since[meeting.place[kept[0]]]) == "2026-10"
    assert month_text(meeting.since[meeting.place[after["NEW1"]]]) == "2026-11"


def test_who_changed_is_told(tmp_path: Path) -> None:
    """A row that says something else than last time is changed, whatever its rank; one that moved alone is not."""
    former = rows(4)
    carry = Carry(bytes(32), tmp_path / "x", lambda _: b"")
    tags = [carry.tag(f"P{at}", None) for at in range(4)]
    carry = replace(carry, former=dict(zip(tags, former, strict=True)))
    carried = begin(carry, "2026-11", [(f"P{at}", None) for at in (1, 0, 2, 3)], ())
    now = [former[1]._replace(rank="1"), former[0]._replace(rank="2"), former[2]._replace(veteran="1"), former[3]]
    now[2] = now[2] if former[2].veteran != "1" else former[2]._replace(veteran="0")
    finish(carry, carried, now, {}, {})
    assert [str(number) for number in carried.numbers] == [row.meeting_number for row in now]
    assert carried.changed == [former[2].meeting_number] and carried.new == [] and carried.counts.total() == 0


def test_nothing_of_who_took_it_back_stays(place: Place) -> None:
    """W4: after a withdrawal file, former generation and record know nothing of her but one in a count."""
    assert place.merge(OCTOBER, people(), [NORTH, SOUTH]) == 0 and place.take(OCTOBER) == 0
    hers, other = (place.numbers(OCTOBER)[str(each.list_number)] for each in NORTH[:2])
    file = place.opened
    at_it = Acts(file.meeting, "JD", date(2026, 10, 21))
    at_it.vacancy(a_vacancy("V-01", "anybody", 9))
    for number in (hers, other):
        at_it.pass_over(number, "V-01", "R1")
        at_it.note(number, "C1")
    tag = file.meeting.tags[file.meeting.place[hers]]
    file.save()
    assert hers in what_is_in(place.file) and hers in what_is_in(former(place.file)), "presence before absence"
    assert place.merge(NOVEMBER, people(), [NORTH[1:], SOUTH], "--carry", str(place.file)) == 0
    assert place.take(NOVEMBER) == 0
    said = what_is_in(place.file)
    assert hers not in said and tag.hex() not in said and other in said
    assert not former(place.file).exists()
    assert place.meeting.difference.taken_back == 1
    assert [each.number for each in place.meeting.changes if each.number] == [other, other]


def what_is_in(path: Path) -> str:
    """Everything that a meeting's file holds, opened."""
    meeting = MeetingFile.open(path, WORDS).meeting
    return (pack_rows(meeting) + pack_state(meeting)).decode()


def test_no_origin_is_in_any_file_of_the_meeting(place: Place) -> None:
    """W3: no PersonalID, visitor's number, agency or mark of harm, in the sealed files' insides nor in their bytes."""
    assert place.merge(OCTOBER, people(), [NORTH, SOUTH]) == 0 and place.take(OCTOBER) == 0
    keys = place.numbers(OCTOBER)
    assert "QP03" in keys and str(NORTH[0].list_number) in keys, "presence before absence"
    origins = place.merged(OCTOBER).with_suffix(".origins")
    inside = what_is_in(place.file)
    for secret in (*people(), *(str(each.list_number) for each in (*NORTH, *SOUTH)), "NORTH", "SOUTH"):
        assert secret not in inside
        for path in (place.file, origins, place.folder / "carry.key"):
            assert secret.encode() not in path.read_bytes()
    assert not any(word in inside.lower() for word in ("violence", "survivor", "fleeing", "harm", "personal"))


def test_fresh_numbers_and_none_of_the_former(place: Place) -> None:
    """`--fresh`: states stay, numbers do not, and no record or former file ties the two together."""
    assert place.merge(OCTOBER, people(), [NORTH, SOUTH]) == 0 and place.take(OCTOBER) == 0
    before = place.numbers(OCTOBER)
    file = place.opened
    Acts(file.meeting, "JD", date(2026, 10, 21)).note(before["QP04"], "C1")
    file.save()
    assert place.merge(NOVEMBER, people(), [NORTH, SOUTH], "--carry", str(place.file), "--fresh") == 0
    assert place.take(NOVEMBER) == 0
    after = place.numbers(NOVEMBER)
    assert not {*before.values()} & {*after.values()} and before.keys() == after.keys()
    assert place.meeting.person(after["QP04"]).notes == ("C1",)
    said = what_is_in(place.file)
    assert not any(number in said for number in before.values()) and not former(place.file).exists()


def test_a_list_that_was_forgotten_forgets_nobody(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    """A whole external list that is not given would drop its people: the merge is refused until somebody says so."""
    assert place.merge(OCTOBER, people(), [NORTH, SOUTH]) == 0 and place.take(OCTOBER) == 0
    assert place.merge(NOVEMBER, people(), [NORTH], "--carry", str(place.file)) == 3
    assert "1 of the external lists of last time are not given" in capsys.readouterr().err
    assert not place.merged(NOVEMBER).exists()
    assert place.merge(NOVEMBER, people(), [NORTH], "--carry", str(place.file), "--fewer-lists") == 0
    assert place.take(NOVEMBER) == 0 and len(place.meeting.rows) == 20


def test_what_does_not_belong_together_is_refused(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    """Origins of another list, a list without origins, a carry without its key: nothing changes."""
    assert place.merge(OCTOBER, people(), [NORTH]) == 0 and place.take(OCTOBER) == 0
    raw = place.file.read_bytes()
    assert place.merge(NOVEMBER, people(15), [NORTH]) == 0
    mixed = place.merged(OCTOBER).with_suffix(".origins")
    given = ["meeting", str(place.file), "--passphrase-file", str(place.words), "--from"]
    assert run([*given, str(place.merged(NOVEMBER)), str(mixed)]) == 3
    assert "origins of another list" in capsys.readouterr().err
    place.merged(NOVEMBER).with_suffix(".origins").unlink()
    assert run([*given, str(place.merged(NOVEMBER))]) == 3
    assert "no origins" in capsys.readouterr().err
    out = ["--out", str(place.folder / "x.csv"), "--carry", str(place.file)]
    assert run(["merge", "--hmis", str(place.folder / "2026-11"), *out]) == 2
    assert place.file.read_bytes() == raw


def test_it_is_whole_without_a_screen(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    """`--show`, `--changes` and `--difference` print what the page would."""
    assert place.merge(OCTOBER, people(), [NORTH]) == 0 and place.take(OCTOBER, "--area", "MO-600") == 0
    capsys.readouterr()
    words = ["--passphrase-file", str(place.words)]
    assert run(["meeting", str(place.file), "--show", *words]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Meeting MO-600, 2026-10\n20 wait.") and len(said.splitlines()) == 24
    assert run(["meeting", str(place.file), "--difference", *words]) == 0
    assert capsys.readouterr().out.count("New ") == 20
    own = place.folder / "codes.toml"
    own.write_text('[notes]\n[reasons]\nR9 = "Another one."\n')
    assert run(["meeting", str(place.file), "--codes", str(own), *words]) == 0
    assert place.meeting.codes.reasons == {"R9": "Another one."}
