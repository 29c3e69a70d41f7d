"""P1: what a visitor says leaves her sitting on her screen, in a sealed record, on paper she asks for, nowhere else.

She types or pastes a word that nobody ever said before into every field there is, once with Keep, and once without it
but with a sheet of paper. Every call of every process, every file a user can write and the memory of everybody who
survives her are searched for eight letters in a row of it. The same search finds all of it while she is there, so it
can be believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kiosk.paper import escpos
from kiosk.seal import wire
from kiosk.seal.record import SEALED_LENGTH
from kiosk.supervisor import guardian
from schema.plan import OWN_LINES
from tests.faults import files, looking, station
from tests.faults.canary import Canaries, memory
from tests.faults.telling import tell_a_little, tell_everything
from tests.faults.traced import OPENS, REACHES, STARTS, WRITES, Call, calls, strace
from tests.faults.visitor import CLERK, SITTING, SUPERVISOR, TIDY, Visitor, gone
from tests.printer import Printer
from tests.terminal import proc
from tests.terminal.way import PARTS

pytestmark = [pytest.mark.tool("strace", *looking.NEEDED), pytest.mark.timeout(300)]

GUARDIAN = guardian.NAME.encode() + b"\0"
"""How the shell begins that clears the glass when the supervisor dies; its program is /bin/sh."""
PROGRAMS = (SUPERVISOR, SITTING, CLERK, TIDY)
DATABASE = re.compile(r"(summaries|ledgers)\.db(-journal)?|run/kiosks\.lock")
START = re.compile(r"run/kiosks\.lock|run/\.?\d+\.(pid|new)|(summaries|ledgers)\.db(-journal)?|packs/.*")
"""What a start writes in the data folder."""
TERMINALS = re.compile(r"/dev/(pts/\d+|ptmx|pts/ptmx|tty\d*|null)(<.*)?")
OWN_PROC = re.compile(r"/proc/\d+/(mem|oom_score_adj)")
LINES = re.compile(r"UNIX(-STREAM|-SEQPACKET|-DGRAM)?:\[.*")


@dataclass
class Afterwards:
    """What was found of two visits once they were over."""

    home: Path
    canaries: Canaries
    present: set[str] = field(default_factory=set)
    """Fields found whole in the live sitting."""
    beside: dict[str, list[bytes]] = field(default_factory=dict)
    """Who lived at the same time or longer, and what was found in them."""
    seen: bytes = b""
    """All that the terminal got, and all that it held at the end."""
    screen: str = ""
    device: str = ""
    """The printer."""
    paper: bytes = b""
    """All that came out of it."""
    changed: set[Path] = field(default_factory=set)
    elsewhere: set[Path] = field(default_factory=set)
    calls: list[Call] = field(default_factory=list)

    def of(self, program: bytes, *names: str) -> list[Call]:
        """Calls of one program, by their names."""
        return [call for call in self.calls if program in call.who and call.name in names]


@pytest.fixture(scope="module")
def over(desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Afterwards]:
    """Two visits under strace, one kept and one printed, each with a canary in every field it came by."""
    printer = Printer()
    try:
        yield _visits(desk, tmp_path_factory, printer)
    finally:
        printer.close()


def _visits(desk: Path, tmp_path_factory: pytest.TempPathFactory, printer: Printer) -> Afterwards:
    folder = tmp_path_factory.mktemp("canary")
    logs = tmp_path_factory.mktemp("strace")
    home = station.copy(desk / "station", folder / "kiosk")
    with (home / "station.toml").open("a") as settings:
        settings.write(f'printer = "{printer.path}"\n')
    found = Afterwards(home, Canaries(), device=printer.path)
    own, shared = files.state(folder), files.state(*files.SHARED, but=(folder, logs))
    surroundings = {"HOME": str(folder), "TMPDIR": str(folder / "temporary")}
    (folder / "temporary").mkdir()
    before = [*looking.before(), *strace(logs)]
    with Visitor(home, before=before, extra=surroundings, columns=100, rows=34) as visitor:
        found.canaries.visit = "kept"
        tell_everything(visitor, found.canaries)
        _look_into(visitor, found)
        visitor.keep()
        found.beside["clerk after Keep"] = _hits(found.canaries, visitor.of(CLERK)[0])
        _end(visitor, found)
        found.canaries.visit = "not kept"
        tell_a_little(visitor, found.canaries, on_paper=True)
        found.present |= found.canaries.whole(memory(visitor.live()))
        _end(visitor, found)
        found.screen = "\n".join((*visitor.lines(), visitor.history_text()))
        assert visitor.quit() == 0
        found.seen = bytes(visitor.log)
    found.paper = printer.read()
    found.changed = files.changed(own, files.state(folder))
    found.elsewhere = files.changed(shared, files.state(*files.SHARED, but=(folder, logs)))
    found.calls = list(calls(logs))
    return found


def _look_into(visitor: Visitor, found: Afterwards) -> None:
    """While she is there: everything in her sitting, nothing in anybody else."""
    found.present |= found.canaries.whole(memory(visitor.live()))
    for name, pid in (("supervisor", visitor.supervisor), ("standby", visitor.standby()), *_clerks(visitor)):
        found.beside[f"{name}, {found.canaries.visit}, meanwhile"] = _hits(found.canaries, pid)


def _clerks(visitor: Visitor) -> list[tuple[str, int]]:
    return [("clerk", pid) for pid in visitor.of(CLERK)]


def _end(visitor: Visitor, found: Afterwards) -> None:
    """Leave, and look into everybody who is there then; the next sitting is the former standby."""
    ended = visitor.live()
    visitor.leave()
    gone(visitor, ended)
    visitor.standby()
    for pid in visitor.everybody():
        name = next((kind.decode() for kind in PROGRAMS if kind in proc.command(pid)), "")
        if name:
            found.beside[f"{name} {pid}, {found.canaries.visit}, afterwards"] = _hits(found.canaries, pid)


def _hits(canaries: Canaries, pid: int) -> list[bytes]:
    return [hit for piece in memory(pid) for hit in canaries.hits(piece)]


def test_every_field_was_filled(over: Afterwards) -> None:
    """D8: the search finds what was said in every single field, in the memory of the sitting it was said to."""
    assert over.canaries.fields
    assert over.present == set(over.canaries.fields)


def test_the_record_finds_her_words_on_the_terminal(over: Afterwards) -> None:
    """D8: among the calls, the canaries are found where they may be, on the pseudo-terminals."""
    shown = over.canaries.whole(call.data for call in over.calls if call.to_terminal)
    assert shown == set(over.canaries.fields)


def test_no_call_carries_her_words_elsewhere(over: Afterwards) -> None:
    """P1, J3: no write, name, argument or message of any process holds eight letters of a canary, but on the
    terminal.
    """
    carried = [
        (call.who, call.name, call.fd) for call in over.calls if not call.to_terminal and over.canaries.hits(call.data)
    ]
    assert carried == []


def test_paper_holds_what_she_asked_for_and_no_more(over: Afterwards) -> None:
    """P1, G9: on paper are the lines of the plan she printed, of that visit alone; nobody but her sitting wrote
    there.
    """
    printed = over.canaries.whole([over.paper])
    first = PARTS[0]
    gaps = [f"{line.id} {name}" for line in first.lines for name, blank in line.blanks.items() if not blank.masked]
    own = [f"{first.id} own {count}" for count in range(OWN_LINES)]
    assert printed == {f"not kept: {field}" for field in (*gaps, *own)}
    assert over.paper.endswith(escpos.end())
    wrote = [call for call in over.calls if call.name in WRITES and call.fd.partition("<")[0] == over.device]
    assert b"".join(call.data for call in wrote) == over.paper
    assert all(SITTING in call.who for call in wrote)


def test_nobody_else_ever_held_her_words(over: Afterwards) -> None:
    """P1, D7, D10: supervisor, standby, clerk and the next sitting hold nothing of it, while she is there and
    afterwards.
    """
    assert len(over.beside) >= 8
    assert {name: hits for name, hits in over.beside.items() if hits} == {}


def test_her_terminal_is_clear(over: Afterwards) -> None:
    """P1, P3, D11: after leaving, neither the glass nor what scrolled off holds anything."""
    assert over.canaries.whole([over.seen])
    assert not over.canaries.hits(over.screen.encode())


def test_a_sitting_writes_to_its_terminal_and_two_lines(over: Afterwards) -> None:
    """P1, J3: a sitting's every write is to its terminal, or one byte on a line, or a message that the clerk's
    line has.
    """
    written = over.of(SITTING, *WRITES)
    assert len(written) > 100
    lengths = [length + 5 for length in SEALED_LENGTH.values()]
    for call in written:
        if TERMINALS.fullmatch(call.fd):
            continue
        assert LINES.fullmatch(call.fd), (call.name, call.fd)
        whole = len(call.data) == 1 or (call.data[:1] == wire.KEEP and len(call.data) in lengths)
        assert whole, (call.name, call.fd, len(call.data))


def test_only_the_database_is_opened_for_writing(over: Afterwards) -> None:
    """P1, J3: from the supervisor on, only terminals are opened for writing, and the database by clerk and tidying."""
    opened = [call for program in PROGRAMS for call in over.of(program, *OPENS) if call.writes_file]
    assert any(CLERK in call.who and call.result.endswith("summaries.db") for call in opened)
    for call in opened:
        own = call.result.removeprefix(f"{over.home}/")
        if CLERK in call.who or TIDY in call.who:
            assert DATABASE.fullmatch(own), call.result
        else:
            assert TERMINALS.fullmatch(call.result) or (SUPERVISOR in call.who and OWN_PROC.fullmatch(call.result)), (
                call.who,
                call.result,
            )


def test_nobody_reaches_out(over: Afterwards) -> None:
    """P1, P11, J3: nothing is connected or bound, and no program is started but our own."""
    started = {call.data.partition(b"\0")[2] for call in over.calls if call.name in STARTS}
    assert len(started) >= len(PROGRAMS)
    programs = {words for words in started if not words.startswith(GUARDIAN)}
    assert len(programs) < len(started), "the shell that guards the glass"
    assert all(b"kiosk" in words and b"python" in words for words in programs), programs
    reached = [call for call in over.calls if call.name in REACHES and call.name != "socket"]
    assert [(call.who, call.said) for call in reached] == []


def test_a_sitting_makes_no_shared_memory(over: Afterwards) -> None:
    """P1: what a sitting writes in memory is its own: no memory file, no shared writable mapping."""
    assert over.of(SITTING, "mmap")
    assert over.of(SITTING, "memfd_create") == []
    assert [
        call.said for call in over.of(SITTING, "mmap") if b"PROT_WRITE" in call.said and b"MAP_SHARED" in call.said
    ] == []


def test_files_of_the_user_are_as_before(over: Afterwards) -> None:
    """P1, J4: in the data folder and the home folder nothing changed but the database and what shows a running
    kiosk.
    """
    changed = {str(path.relative_to(over.home)) for path in over.changed}
    assert "summaries.db" in changed
    assert {name for name in changed if not START.fullmatch(name)} == set()
    for path in over.changed:
        assert not over.canaries.hits(files.content(path)), path


def test_no_file_anywhere_holds_her_words(over: Afterwards) -> None:
    """P1, J4: no file that appeared or changed where anybody may write holds any of it."""
    assert over.canaries.hits(files.content(Path(__file__)) + over.canaries.fields["kept: county"].encode())
    for path in over.elsewhere:
        assert not over.canaries.hits(files.content(path)), path
