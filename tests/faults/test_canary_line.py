"""P1 once more, line by line: what is typed without a full screen stays in the sitting and on its terminal as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import files, looking, station
from tests.faults.canary import Canaries, memory
from tests.faults.traced import STARTS, WRITES, calls, strace
from tests.faults.visitor import HOME, SITTING, SUPERVISOR, Visitor, gone
from tests.terminal.test_line import KNOW, OWN, said
from tests.terminal.way import PARTS, W, go, title

pytestmark = [pytest.mark.tool("strace", *looking.NEEDED), pytest.mark.timeout(300)]


def test_nothing_said_line_by_line_leaves_the_sitting(desk: Path, tmp_path: Path) -> None:
    """J3, J4: words typed as a county, into a gap and as her own line are found in her sitting and on her terminal.

    After leaving it is in no other process, no call but the terminal's, no file, and not on the glass.
    """
    folder, logs = tmp_path / "home", tmp_path / "strace"
    for each in (folder, logs):
        each.mkdir()
    home = station.copy(desk / "station", folder / "kiosk")
    canaries = Canaries()
    canaries.visit = "line"
    before = files.state(folder)
    tracer = [*looking.before(), *strace(logs)]
    with Visitor(home, "run", "--line", before=tracer, extra={"HOME": str(folder)}, rows=60) as visitor:
        visitor.wait_for(HOME)
        _say(visitor, canaries)
        ended = visitor.live()
        # a county that is none is forgotten at once
        assert canaries.whole(memory(ended)) >= {"line: gap", "line: own"}
        for pid in (visitor.supervisor, visitor.standby()):
            assert [hit for piece in memory(pid) for hit in canaries.hits(piece)] == []
        visitor.press("f12")
        visitor.see_home()
        gone(visitor, ended)
        visitor.standby()
        for pid in (*visitor.of(SUPERVISOR), *visitor.of(SITTING)):
            assert [hit for piece in memory(pid) for hit in canaries.hits(piece)] == []
        assert not canaries.hits("\n".join((*visitor.lines(), visitor.history_text())).encode())
        assert visitor.until_ended("ctrl+q") == 0
    made = list(calls(logs))
    assert canaries.whole(call.data for call in made if call.to_terminal) == set(canaries.fields)
    assert [(call.who, call.name, call.fd) for call in made if not call.to_terminal and canaries.hits(call.data)] == []
    assert any(call.name in WRITES and SITTING in call.who for call in made)
    assert all(b"kiosk" in call.data for call in made if call.name in STARTS and call.who)
    for path in files.changed(before, files.state(folder)):
        assert not canaries.hits(files.content(path)), path


def _say(visitor: Visitor, canaries: Canaries) -> None:
    """Go to the plan and type a canary wherever a line face takes words."""
    go(visitor, ((said("county"), W("county-title")),))
    go(visitor, ((said(canaries.fresh("county")), canaries.fields["line: county"]), (said("back"), HOME)))
    go(visitor, ((said("1", "", "1", "", "", "1"), title("safe-now")), (said("1", "2"), W("plan-title"))))
    gap = next(index for index, line in enumerate(PARTS[KNOW].lines) if line.blanks) + 1
    for field, number in (("gap", gap), ("own", OWN)):
        go(visitor, ((said(str(KNOW + 1)), W.of(PARTS[KNOW].title)), (said(str(number)), W("line-type-here"))))
        go(visitor, ((canaries.fresh(field).encode(), f"> {canaries.fields[f'line: {field}']}"),))
        go(visitor, ((b"\r", W("line-chosen")), (said(""), W("plan-title"))))
