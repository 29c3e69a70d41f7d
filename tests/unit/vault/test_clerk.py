from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from kiosk.desk.records.listing import list_records
from kiosk.seal import wire
from kiosk.seal.record import SealedRecord, seal
from kiosk.vault.clerk import Clerk
from kiosk.vault.numbers import number_class, valid
from tests.clerk_process import clerk_at
from tests.made_up import SEEDS, Made, a_summary, made_at


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return made_at(tmp_path / "k")


def record(made: Made, number: int) -> SealedRecord:
    return seal(a_summary(number), number, made.key.recipients)


def clerk_of(made: Made) -> Clerk:
    return Clerk(made.key, made.store, made.ledgers)


def number_of(clerk: Clerk) -> int:
    answer = clerk.answer(wire.pack_ask())
    assert isinstance(answer, wire.Number)
    return answer.number


def test_a_whole_save(made: Made) -> None:
    """P8: a number is put aside in memory only; Keep commits it; at the desk it opens and ranks."""
    with clerk_at(made.place.home) as clerk:
        number = clerk.number()
        assert valid(number) and number_class(number, made.key.number_key) in made.key.classes
        assert made.store.rows() == [] and clerk.number() == number
        assert clerk.keep(number, record(made, number)) == wire.Kept()
        assert [row.number for row in made.store.rows()] == [number]
        assert clerk.number() != number
        assert clerk.end() == (0, "")
    listing = list_records(made.place, SEEDS)
    assert [row.number for row in listing.rows] == [number] and not listing.apart


def test_nothing_is_kept_without_keep(made: Made) -> None:
    """P8: a sitting that ends before Keep leaves the database as it was, to the byte."""
    before = made.place.summaries.read_bytes()
    with clerk_at(made.place.home) as clerk:
        clerk.number()
        assert clerk.end() == (0, "")
    assert made.place.summaries.read_bytes() == before
    assert {path.name for path in made.place.home.iterdir()} <= {
        "desk.toml",
        "run",
        "station.key",
        "summaries.db",
        "summaries.db-journal",
    }


def test_signals_do_not_reach_it(made: Made) -> None:
    """C1: keys and hang-ups at the terminal are not for the clerk; only the end of its line ends it."""
    with clerk_at(made.place.home) as clerk:
        number = clerk.number()
        for each in ("INT", "QUIT", "HUP", "TERM", "TSTP", "TTIN", "TTOU", "USR1", "USR2", "PIPE"):
            os.kill(clerk.process.pid, getattr(signal, f"SIG{each}"))
        assert clerk.keep(number, record(made, number)) == wire.Kept()
        assert clerk.end() == (0, "")


def test_a_started_save_is_finished_after_the_sitting_died(made: Made) -> None:
    """P8: Keep was pressed and the sitting killed: the record is there, whole, or not at all; the clerk ends."""
    with clerk_at(made.place.home) as clerk:
        number = clerk.number()
        clerk.line.send(wire.pack_keep(number, record(made, number)))
        status, errors = clerk.end()
        assert (status, errors) == (0, "")
    assert [row.number for row in made.store.rows()] == [number]


def test_it_has_walls(made: Made) -> None:
    """P4, P11: the clerk may write the data folder's files, gains no rights, and leaves no core."""
    with clerk_at(made.place.home) as clerk:
        clerk.number()
        status = Path(f"/proc/{clerk.process.pid}/status").read_text()
        limits = Path(f"/proc/{clerk.process.pid}/limits").read_text()
        assert "NoNewPrivs:\t1" in status and "Seccomp:\t2" in status
        core = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
        assert core.split()[4] == "1"


def test_it_cannot_linger(made: Made) -> None:
    """An alarm is set at all times, so that a clerk whose line stays open by mistake ends too."""
    with clerk_at(made.place.home) as clerk:
        clerk.number()
        os.kill(clerk.process.pid, signal.SIGALRM)
        assert clerk.process.wait(10) == -signal.SIGALRM


def test_without_its_file_it_says_so(made: Made) -> None:
    """A station whose file is unreadable keeps nothing, and every question gets an answer."""
    made.place.station_key.write_text("{}")
    with clerk_at(made.place.home) as clerk:
        for _ in range(2):
            assert clerk.ask(wire.pack_ask()) == wire.Failed(wire.Reason.OTHER)
        assert clerk.end() == (4, "")


def test_a_long_packet_is_refused(made: Made) -> None:
    """More than a record's length is refused, and the clerk goes on."""
    with clerk_at(made.place.home) as clerk:
        number = clerk.number()
        assert clerk.ask(b"S" * 20_000) == wire.Failed(wire.Reason.REFUSED)
        assert clerk.keep(number, record(made, number)) == wire.Kept()
