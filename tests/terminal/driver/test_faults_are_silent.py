"""C6, P3: a fault at any place ends the process at once, with status 70 and not one byte more on the glass."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest

from kiosk.errors import ExitCode
from kiosk.terminal.process import FATAL_SIGNALS
from tests.terminal.driver.conftest import Terminal

WORDS = b"my-brother-is-near"
F5 = b"\x1b[15~"

FAULTS = [
    "handler",
    "exit",
    "group",
    "recursion",
    "timer",
    "worker",
    "thread worker",
    "thread",
    "task",
    "call soon",
    "collected",
    "panic",
    "printed",
    "render",
    "abort",
]


@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_is_printed(start: Callable[..., Terminal], fault: str) -> None:
    """C6: what she typed stands in the fault's own words; the fault happens; the glass gets nothing from it."""
    terminal = start(f"--fault={fault}")
    terminal.send(WORDS)
    assert terminal.tell()["first"] == WORDS.decode()
    terminal.until(lambda: WORDS.decode() in "".join(terminal.shown()))
    terminal.rest(0.1)
    before = len(terminal.seen)
    terminal.send(F5)
    status = terminal.ended()
    assert status == (-signal.SIGABRT if fault == "abort" else ExitCode.INTERNAL)
    after = terminal.seen[before:]
    assert WORDS not in after
    assert b"Traceback" not in after
    assert b"Error" not in after


def test_a_fault_before_the_first_page(start: Callable[..., Terminal]) -> None:
    """C6: nor is one printed that comes before anything is painted."""
    terminal = start("--fault=compose", painted=False)
    assert terminal.ended() == ExitCode.INTERNAL
    assert b"Error" not in terminal.seen
    assert b"Traceback" not in terminal.seen


def test_leaving_with_a_message_says_nothing(start: Callable[..., Terminal]) -> None:
    """`exit()` has no words: result and message are dropped, and the glass is cleared."""
    terminal = start("--fault=exit message")
    terminal.send(WORDS)
    terminal.tell()
    terminal.send(F5)
    assert terminal.ended() == 0
    assert not any(terminal.shown())


@pytest.mark.parametrize("number", FATAL_SIGNALS, ids=lambda number: number.name)
def test_signals_end_it_without_a_word(start: Callable[..., Terminal], number: signal.Signals) -> None:
    """C1: every signal that could stop, dump or end it ends it at once. The supervisor clears the glass."""
    terminal = start()
    terminal.send(WORDS)
    terminal.tell()
    terminal.rest(0.1)
    before = len(terminal.seen)
    os.kill(terminal.pid, number)
    assert terminal.ended() != 0
    assert terminal.seen[before:] == b""


def test_a_terminal_that_is_gone_ends_it(start: Callable[..., Terminal]) -> None:
    """C8: stock Textual runs on for ever without a terminal, at 99 % of a processor (leaks 0.10)."""
    terminal = start()
    pid, terminal.pid = terminal.pid, 0
    terminal.vanish()
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) != 0
