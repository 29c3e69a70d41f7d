"""The sealed file: whole or not at all, opened by its passphrase alone, and empty of what must not be in it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from kiosk.desk.keys.derivation import NotAKey, WrongPassphrase
from kiosk.meeting.code_list import CodeList, NotACodeList, load
from kiosk.meeting.meeting_file import MeetingFile, former
from kiosk.meeting.merged_rows import NotAMergedList, checked
from kiosk.meeting.packing import pack_rows, pack_state
from kiosk.meeting.sealed_parts import NotSealedHere
from tests.fixtures.meeting import LATER, WORDS, a_file, a_meeting, a_vacancy, acts, rows


def test_what_was_done_is_there_again(tmp_path: Path) -> None:
    """Every part of a meeting comes back, to the last note; the file is 0600 and tells nothing without its words."""
    meeting = a_meeting()
    file = a_file(tmp_path, meeting)
    at_it = acts(meeting)
    at_it.vacancy(a_vacancy())
    number = meeting.first_free(meeting.vacancies["V-01"])
    at_it.offer(number, "V-01", LATER)
    at_it.note(number, "C1")
    file.save()
    again = MeetingFile.open(file.path, WORDS).meeting
    assert pack_rows(again) == pack_rows(meeting) and pack_state(again) == pack_state(meeting)
    assert again.person(number) == meeting.person(number) and again.changes == meeting.changes
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert number.encode() not in file.path.read_bytes()
    before = MeetingFile.open(former(file.path), WORDS).meeting
    assert before.changes == [], "the former generation is the one before"


def test_it_opens_with_its_own_words_alone(tmp_path: Path) -> None:
    """Another passphrase, one bit elsewhere, an end that is missing: no meeting."""
    file = a_file(tmp_path, a_meeting())
    raw = file.path.read_bytes()
    with pytest.raises(WrongPassphrase):
        MeetingFile.open(file.path, "eight loud geese walked home")
    for at in (95, 300, len(raw) - 20):
        file.path.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
        with pytest.raises(NotSealedHere):
            MeetingFile.open(file.path, WORDS)
    for wrong in (raw[:-1], raw + b"x", raw[:200], raw[:80], b""):
        file.path.write_bytes(wrong)
        with pytest.raises((NotSealedHere, NotAKey)):
            MeetingFile.open(file.path, WORDS)


def test_rows_of_one_generation_do_not_go_with_the_state_of_another(tmp_path: Path) -> None:
    """The two parts of a file are bound together: nobody mixes two lists."""
    file = a_file(tmp_path, a_meeting())
    first = file.path.read_bytes()
    file.with_list(a_meeting(seed=2)).save()
    second = file.path.read_bytes()
    end = 94 + int.from_bytes(first[90:94], "big")
    file.path.write_bytes(first[:end] + second[end:])
    with pytest.raises(NotSealedHere):
        MeetingFile.open(file.path, WORDS)


def test_a_write_that_fails_leaves_the_last_generation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole or not at all: where the disk is full, what was written last is there, and nothing beside it."""
    meeting = a_meeting()
    file = a_file(tmp_path, meeting)
    acts(meeting).vacancy(a_vacancy())

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Exception, match="cannot be written"):
        file.save()
    assert MeetingFile.open(file.path, WORDS).meeting.vacancies == {}
    assert sorted(each.name for each in tmp_path.iterdir()) == ["november.list", "november.list.former"]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("meeting_number", "83301078"),  # a visitor's number has eight digits
        ("meeting_number", "12345"),  # a wrong check digit
        ("meeting_number", "A1B2C3"),
        ("bands", "chronic=2 name=Maria"),
        ("score", "fled"),
        ("veteran", "yes"),
        ("profile_fingerprint", "5F3A9C"),
        ("with_children", "0D6E1F9A"),  # a PersonalID
        ("sheltered", "dv"),
    ],
)
def test_nothing_but_codes_comes_into_a_meeting(column: str, value: str) -> None:
    """W3: a name, a PersonalID, a visitor's number or a mark of harm fits in no cell of the model."""
    listed = list(rows())
    listed[3] = listed[3]._replace(**{column: value})
    with pytest.raises(NotAMergedList):
        checked(listed, "a list")


def test_codes_are_the_regions_own_and_short(tmp_path: Path) -> None:
    """A region edits the list; forty words are enough for a code, and free text is none."""
    own = tmp_path / "codes.toml"
    own.write_text('[notes]\nA1 = "Needs a ground floor."\n[reasons]\nR1 = "Does not want it."\n')
    assert load(own) == CodeList({"A1": "Needs a ground floor."}, {"R1": "Does not want it."})
    for wrong in (
        "[notes]\n[reasons]\n",
        '[notes]\nA1 = "' + "word " * 41 + '"\n[reasons]\nR1 = "x"\n',
        '[notes]\nMaria = "x"\n[reasons]\nR1 = "x"\n',
        '[notes]\nA1 = 3\n[reasons]\nR1 = "x"\n',
        '[reasons]\nR1 = "x"\n',
        "not toml",
    ):
        own.write_text(wrong)
        with pytest.raises(NotACodeList):
            load(own)
