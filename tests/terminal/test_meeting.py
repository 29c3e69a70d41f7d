"""The list holder's meeting on a terminal: unlocked in its jail, changed, locked, and opened again where it was."""

from __future__ import annotations

from pathlib import Path

from kiosk.meeting.meeting_file import MeetingFile
from kiosk.meeting.states import State
from tests.fixtures.meeting import WORDS, a_file, a_meeting
from tests.terminal import proc
from tests.terminal.console import Console

LOCKED = "This screen is locked."


def test_a_meeting_is_changed_and_locked_again(kiosk_home: Path, tmp_path: Path) -> None:
    """F12 ends the process that held the list; what was done lies in the file, and the glass and history hold nothing.
    The meeting's process has no way to start a program or to open a socket, and writes to its own folder alone.
    """
    folder = tmp_path / "meeting"
    folder.mkdir(mode=0o700)
    meeting = a_meeting()
    file = a_file(folder, meeting)
    first = meeting.rows[0].meeting_number
    glass = Console(kiosk_home, "meeting", str(file.path), "--by", "JD")
    try:
        glass.wait_for(LOCKED)
        glass.type(WORDS + "\r")
        glass.wait_for("12 wait.")
        pids = [pid for pid in proc.children(glass.pid) if b"kiosk.meeting" in proc.command(pid)]
        open_meeting = min(pids, key=proc.started)
        glass.type("h")
        glass.wait_for(f"{first} housed")
        assert MeetingFile.open(file.path, WORDS).meeting.state(first) is State.HOUSED
        glass.press("f12")
        glass.wait_for(LOCKED)
        glass.gone(open_meeting)
        assert first not in glass.screen_text() and first not in glass.history_text()
        assert sorted(each.name for each in folder.iterdir()) == ["november.list", "november.list.former"]
        assert glass.until_ended("ctrl+q") == 0
    finally:
        glass.close()
