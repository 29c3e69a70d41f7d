"""A visitor keeps, comes back for news, and takes it back: on a whole kiosk, down to the bytes on its disk."""

from __future__ import annotations

import json
import re
import sqlite3
import struct
import time
from contextlib import closing
from datetime import date, timedelta

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
    back = (*GATE, (b"4\r", head(W("before-title"))), (f"{number}\r{words}".encode(), words))
    choices = (*back, (b"\x1b[21~", head(W("came-title"))))
    go(console, (*choices, (b"4\r", title("closing")), (b"", head(W("closing-asked")))))
    leave(console)
    rows = sealed_rows(console)
    assert len(rows) == 2 and {len(each) for each in rows.values()} == {len(sealed)}
    home = {"KIOSK_HOME": str(console.home)}
    listed = command("list", "--json", "--passphrase-file", "passphrase", cwd=console.home.parent, **home)
    assert listed.returncode == 0, listed.stderr
    assert json.loads(listed.stdout) | {"profile": ""} == {"profile": "", "rows": [], "apart": [], "withdrawn": 1}
    assert sealed_rows(console) == {} and on_disk(console, sealed) == 0


def test_news_find_her_by_number_and_words(start_kiosk: Start) -> None:
    """W1, W2: the desk has an offer; at the kiosk her number and words find it, in the jail as it is, and other words
    find the same page without. Each look-up is counted, and no more than its hour and their count is noted.
    """
    console = start_kiosk()
    go(console, (*NUMBER, (b"\x1b[21~", W("kept-title"))))
    words = str(console.wait(lambda: THREE.search(console.screen_text()), "her three words")[1])
    leave(console)
    (number,) = sealed_rows(console)
    day = date.today() + timedelta(days=30)
    options = ("--passphrase-file", "passphrase", "--out", "stick")
    home = {"KIOSK_HOME": str(console.home)}
    said = command("news", str(number), "--offer", "--by", day.isoformat(), *options, cwd=console.home.parent, **home)
    assert said.returncode == 0 and "The kiosk on this machine has it." in said.stdout, said.stderr
    for _ in range(2):  # the visitor who sits there and the next one were begun before
        go(console, GATE)
        leave(console)
    found = W("news-code-1", agency="|", day="|").split("|")[0].strip()
    for phrase, answer in (("no such words", head(W("news-none"))), (words, found)):
        typed = (f"{number}\r{phrase}".encode(), phrase)
        go(console, (*GATE, (b"4\r", head(W("before-title"))), typed))
        go(console, ((b"\x1b[21~", head(W("came-title"))), (b"1\r", answer)))
        assert head(W("news-old")) not in console.screen_text()
        leave(console)
    hour, count = struct.unpack(">IB", (console.home / "run" / "lookups").read_bytes())
    assert (count, hour) == (2, int(time.time()) // 3600) or count == 1
    assert len(sealed_rows(console)) == 1
