"""Bytes on their way through: whole, in order, and gone afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.supervisor.buffers import Buffer
from kiosk.supervisor.panic_key import Recogniser
from kiosk.supervisor.relay import QUEUE, Inward

Pipe = tuple[int, int]


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    """A pipe that never waits."""
    read, write = os.pipe2(os.O_NONBLOCK)
    yield read, write
    os.close(read)
    os.close(write)


def put(buffer: Buffer, data: bytes) -> None:
    """Fill the buffer as from a terminal."""
    read, write = os.pipe2(os.O_NONBLOCK)
    os.write(write, data)
    buffer.read_from(read)
    os.close(read)
    os.close(write)


def test_what_was_written_is_zeroed(pipe: Pipe) -> None:
    """P1: as soon as bytes are gone, their place holds zeros."""
    read, write = pipe
    buffer = Buffer(4096)
    put(buffer, b"he found me")
    assert buffer.write_to(write, most=3) == 3
    assert bytes(buffer.view[:11]) == b"\0\0\0found me"
    assert buffer.write_to(write) == 8
    assert os.read(read, 100) == b"he found me"
    assert not any(buffer.view)
    assert not buffer


def test_clearing_zeroes_all_that_ever_was(pipe: Pipe) -> None:
    """P1: clearing leaves nothing of longer, older bytes."""
    buffer = Buffer(4096)
    put(buffer, b"x" * 4000)
    buffer.write_to(pipe[1], most=100)
    buffer.clear()
    assert not any(buffer.view)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.one_of(st.binary(min_size=1, max_size=300), st.integers(1, 400)), max_size=40))
def test_queue_keeps_the_order_and_drops_the_rest(steps: list[bytes | int]) -> None:
    """Whatever comes and goes, bytes stay in order; what does not fit is lost and nothing else."""
    read, write = os.pipe2(os.O_NONBLOCK)
    queue, typed = Buffer(512), Buffer(4096)
    expected = b""
    for step in steps:
        if isinstance(step, bytes):
            put(typed, step)
            queue.take(typed)
            assert not any(typed.view)
            expected += step[: max(512 - len(expected), 0)]
        elif queue:
            count = queue.write_to(write, most=step)
            assert os.read(read, 1000) == expected[:count]
            expected = expected[count:]
        assert bytes(queue.view[queue.start : queue.end]) == expected
        assert not any(queue.view[: queue.start]) and not any(queue.view[queue.end :])
    os.close(read)
    os.close(write)


def test_a_sitting_that_does_not_read_costs_a_bounded_queue(pipe: Pipe) -> None:
    """Keys for a hung sitting are kept up to one mebibyte, then dropped, in order."""
    inward = Inward(Recogniser())
    read, master = pipe
    for count in range(2 * QUEUE // 4096):
        put(inward._read, b"%08d" % count * 512)
        inward.pass_on(master)
        if count == 20:
            os.read(read, 60000)  # room for a later key must not let it overtake
    kept = b""
    while True:
        try:
            kept += os.read(read, 65536)
        except BlockingIOError:
            if not inward.waiting:
                break
        inward.push(master)
    assert QUEUE <= len(kept) <= QUEUE + 65536
    numbers = [int(kept[place : place + 8]) for place in range(0, len(kept), 8)]
    assert numbers == sorted(numbers)


def test_private_memory_does_not_reach_a_child() -> None:
    """A child forked at any moment finds zeros where bytes wait."""
    buffer = Buffer(4096)
    put(buffer, b"he found me")
    pid = os.fork()
    if pid == 0:
        os._exit(any(buffer.view))
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert buffer.view[0] == ord("h")
