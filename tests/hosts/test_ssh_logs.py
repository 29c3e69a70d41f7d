"""What an SSH host writes down of a visit: when somebody came and from where, and nothing that was said."""

from __future__ import annotations

import os
import re
import struct
from pathlib import Path

import pytest

from tests.faults import station
from tests.faults.canary import Canaries
from tests.faults.telling import PACK, tell_everything
from tests.faults.visitor import KEPT
from tests.hosts.server import NEEDED, Server
from tests.terminal.way import W

pytestmark = [pytest.mark.tool(*NEEDED), pytest.mark.timeout(300)]

BOOKS = [Path(name) for name in ("/var/log/wtmp", "/run/utmp", "/var/log/btmp")]
LASTLOG = Path("/var/log/lastlog")
LOGIN = struct.Struct("hi32s4s32s256shhiii4i20x")
"""Of utmp(5), as it is on 64-bit Linux."""
THREE = re.compile(W("phrase", phrase=r"(\w+) (\w+) (\w+)"))


def logins(book: Path) -> list[tuple[bytes, ...]]:
    """Terminal, name of the terminal, user and host of each line; nothing where the machine keeps no such book."""
    if not book.exists():
        return []
    data = book.read_bytes()
    whole = data[: len(data) // LOGIN.size * LOGIN.size]
    return [tuple(each.rstrip(b"\0") for each in row[2:6]) for row in LOGIN.iter_unpack(whole)]


def test_a_visit_is_in_no_log_of_the_host(desk: Path, kiosk_home: Path, tmp_path: Path) -> None:
    """P1, J3, I8: after a visit with a canary in every field up to the plan and in the code word's part of that, which
    was kept, neither sshd's own log (VERBOSE) nor its client's (DEBUG3) holds a letter of it, her number or her three
    words; wtmp, utmp and lastlog got terminal, user and host.
    """
    canaries, client = Canaries(), tmp_path / "client"
    before = {book: len(logins(book)) for book in BOOKS}
    with Server(tmp_path / "sshd", station.copy(desk / "station", kiosk_home), also="LogLevel VERBOSE\n") as server:
        with server.visitor("-vvv", "-E", str(client), columns=100, rows=34) as visitor:
            canaries.visit = "kept"
            number = tell_everything(visitor, canaries, [part for part in PACK.sections if part.id == "phone-and-word"])
            assert visitor.keep() == number
            visitor.wait_for(KEPT)
            words = visitor.wait(lambda: THREE.search(visitor.screen_text()), "her three words")
            phrase = [str(word).encode() for word in words.groups()]
            visitor.press("f12")
            assert visitor.ended() == 0
            shown = bytes(visitor.log)
        server.until_nobody_is_left()
        told = {"server": (server.folder / "log").read_bytes(), "client": client.read_bytes()}
    said = {str(number).encode(), f"{number:08}"[:3].encode() + b" " + f"{number:08}"[3:6].encode(), b" ".join(phrase)}
    assert canaries.whole([shown]) == set(canaries.fields)
    assert all(word in shown for word in phrase)
    assert b"Starting session: forced-command" in told["server"] and b"debug3:" in told["client"]
    new = {book: logins(book)[count:] for book, count in before.items()}
    if os.geteuid() == 0 and BOOKS[0].exists():
        assert new[BOOKS[0]]
    told |= {str(book): repr(rows).encode() for book, rows in new.items()}
    told["lastlog"] = LASTLOG.read_bytes() if LASTLOG.exists() else b""
    assert {name: canaries.hits(data) for name, data in told.items() if canaries.hits(data)} == {}
    assert {(name, each) for name, data in told.items() for each in said if each in data} == set()
    for line, _, _, host in (row for rows in new.values() for row in rows):
        assert re.fullmatch(rb"pts/\d+", line) and host in (b"", b"127.0.0.1", b"localhost")
