"""Editions opened unread, and look-ups counted: thirty in an hour, and what cannot be counted is refused."""

from __future__ import annotations

import os
import socket
import stat
from pathlib import Path

from kiosk.supervisor import news
from kiosk.supervisor.news import MOST_IN_AN_HOUR, NO, YES, count


def test_thirty_in_an_hour_and_then_none_until_the_next(tmp_path: Path) -> None:
    counter = str(tmp_path / "lookups")
    assert all(count(counter, 500_000) for _ in range(MOST_IN_AN_HOUR))
    assert not count(counter, 500_000) and not count(counter, 500_000)
    assert count(counter, 500_001)
    assert (tmp_path / "lookups").read_bytes() == (500_001).to_bytes(4, "big") + b"\1"
    assert stat.S_IMODE(os.stat(counter).st_mode) == 0o600
    assert os.stat(counter).st_mtime == 500_001 * 3600


def test_what_cannot_be_counted_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    assert not count(str(tmp_path / "link"), 1) and not count(str(tmp_path / "no" / "folder"), 1)
    assert not (tmp_path / "elsewhere").exists()


def test_a_counter_that_somebody_spoiled_begins_anew(tmp_path: Path) -> None:
    (tmp_path / "lookups").write_bytes(b"x")
    assert count(str(tmp_path / "lookups"), 7)


def test_a_sitting_is_told_by_a_child(tmp_path: Path) -> None:
    ours, its = socket.socketpair()
    with ours, its:
        for path, expected in ((tmp_path / "lookups", YES), (tmp_path / "no" / "folder", NO)):
            child = news.answer(str(path), its.fileno())
            ours.settimeout(20)
            assert ours.recv(8) == expected
            os.waitpid(child, 0)


def test_editions_are_opened_to_read_and_nothing_stands_for_none(tmp_path: Path) -> None:
    (tmp_path / "news").write_bytes(b"KSNE")
    with news.opened(str(tmp_path / "news")) as descriptor:
        assert os.pread(descriptor, 9, 0) == b"KSNE" and not os.get_inheritable(descriptor)
    with news.opened(str(tmp_path / "none")) as descriptor:
        assert os.pread(descriptor, 9, 0) == b""
    with news.opened("") as descriptor:
        assert descriptor == -1
