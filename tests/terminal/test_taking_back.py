"""A visitor keeps, comes back, and takes it back: on a whole kiosk, down to the bytes on its disk."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing

from tests.command_line import kiosk as command
from tests.terminal.conftest import Start
from tests.terminal.console import Console
from tests.terminal.way import GATE, NUMBER, W, go, head, leave, title

THREE = re.compile(W("phrase", phrase=r"(\w+ \w+ \w+)"))


def sealed_rows(console: Console) -> dict[int, bytes]:
    with closing(sqlite3.connect(f"file:{console.home}/summaries.db?mode=ro", uri=True)) as database:
        return dict(database.execute("SELECT number, sealed FROM sealed_summary").fetchall())


def on_disk(console: Console, sealed: bytes) -> int:
    """How many runs of 16 bytes of a record, past its head and first key id, stand in any file of the data folder."""
    runs = {sealed[at : at + 16] for at in range(16, len(sealed) - 15)}
    files = [path.read_bytes() for path in console.home.rglob("*") if path.is_file()]
    return sum(any(run in data for data in files) for run in runs)


def test_what_a_visitor_kept_is_taken_back(start_kiosk: Start) -> None:
    """L4: her number and words make one more record, alike to any; when the list is opened both are gone, and not
    a byte of what she kept is on the kiosk's disk.
    """
    console = start_kiosk()
    go(console, (*NUMBER, (b"\x1b[21~", W("kept-title"))))
    words = str(console.wait(lambda: THREE.search(console.screen_text()), "her three words")[1])
    leave(console)
    ((number, sealed),) = sealed_rows(console).items()
    assert on_disk(console, sealed) == len(sealed) - 31
    go(console, (*GATE, (b"4\r", head(W("before-title"))), (f"{number}\r{words}".encode(), words)))
    go(console, ((b"\x1b[21~", title("closing")), (b"", head(W("closing-asked")))))
    leave(console)
    rows = sealed_rows(console)
    assert len(rows) == 2 and {len(each) for each in rows.values()} == {len(sealed)}
    home = {"KIOSK_HOME": str(console.home)}
    listed = command("list", "--json", "--passphrase-file", "passphrase", cwd=console.home.parent, **home)
    assert listed.returncode == 0, listed.stderr
    assert json.loads(listed.stdout) | {"profile": ""} == {"profile": "", "rows": [], "apart": [], "withdrawn": 1}
    assert sealed_rows(console) == {} and on_disk(console, sealed) == 0
