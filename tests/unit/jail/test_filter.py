"""The seccomp filter, run by a small machine of our own for every processor we have numbers for."""

from __future__ import annotations

import errno

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.jail.profile import Powers, Profile
from kiosk.jail.seccomp import Program, program
from kiosk.jail.syscalls import PROCESSORS, Processor

PID = 4321
ALLOW, KILL = "allow", "kill"


def run(code: Program, processor: int, number: int, *arguments: int) -> str | int:
    """Run a filter as the kernel would; return `allow`, `kill` or the error's number."""
    data = {0: number, 4: processor}
    for position in range(6):
        value = arguments[position] if position < len(arguments) else 0
        data[16 + 8 * position] = value & 0xFFFFFFFF
        data[20 + 8 * position] = value >> 32
    held = at = 0
    while True:
        kind, yes, no, operand = code[at]
        at += 1
        if kind == 0x20:
            held = data[operand]
        elif kind == 0x54:
            held &= operand
        elif kind == 0x06:
            return {0x7FFF0000: ALLOW, 0x80000000: KILL}.get(operand, operand & 0xFFFF)
        else:
            true = {0x15: held == operand, 0x35: held >= operand, 0x45: bool(held & operand)}[kind]
            at += yes if true else no


@pytest.fixture(params=sorted(PROCESSORS))
def processor(request: pytest.FixtureRequest) -> Processor:
    return PROCESSORS[request.param]


@pytest.fixture(params=list(Profile), ids=lambda profile: profile.name)
def powers(request: pytest.FixtureRequest) -> Powers:
    found: Powers = request.param.value
    return found


def call(processor: Processor, powers: Powers, name: str, *arguments: int) -> str | int:
    return run(program(processor, powers, PID), processor.audit, processor.numbers[name], *arguments)


def test_it_is_short_enough(processor: Processor, powers: Powers) -> None:
    """The kernel takes 4,096 instructions; jumps reach 255."""
    made = program(processor, powers, PID)
    assert len(made) < 1000
    assert all(0 <= yes < 256 and 0 <= no < 256 for _, yes, no, _ in made)


def test_another_processors_numbers_end_the_process(processor: Processor, powers: Powers) -> None:
    """A 32-bit call on a 64-bit machine has other numbers: it is not let through by them."""
    assert run(program(processor, powers, PID), 0x40000003, 11) == KILL


def test_x32_is_no_way_round() -> None:
    """x86-64 has the same calls a second time under other numbers."""
    x86 = PROCESSORS["x86_64"]
    made = program(x86, Profile.VISITOR.value, PID)
    assert run(made, x86.audit, 0x40000000 + 41) == errno.ENOSYS
    assert run(made, x86.audit, 39) == ALLOW


NOBODYS = (
    "ptrace process_vm_readv memfd_create io_uring_setup bpf userfaultfd mount unshare keyctl open_by_handle_at "
    "bind listen accept4 setns pidfd_getfd perf_event_open setrlimit"
)


@pytest.mark.parametrize("name", NOBODYS.split())
def test_nobody_may(processor: Processor, powers: Powers, name: str) -> None:
    """P11: refused to visitor, clerk, set-up and desk alike."""
    assert call(processor, powers, name) == errno.EPERM


def test_every_known_call_but_the_judged_ones_is_refused_to_a_visitor(processor: Processor) -> None:
    """A number in the table without a rule would be a hole: each is refused, or judged by its arguments."""
    judged = {"clone", "ioctl", "prctl", "prlimit64", "tgkill", "kill", "clone3", "sendto", "sendmsg", "sendmmsg"}
    judged |= {"socketpair", "fcntl"}
    for name in processor.numbers.keys() - judged:
        assert call(processor, Profile.VISITOR.value, name) == errno.EPERM, name


def test_threads_start_and_processes_do_not(processor: Processor) -> None:
    """A thread's clone goes through; clone3, whose flags cannot be seen, is said not to exist."""
    visitor = Profile.VISITOR.value
    assert call(processor, visitor, "clone", 0x003D0F00) == ALLOW
    assert call(processor, visitor, "clone", 17) == errno.EPERM
    assert call(processor, visitor, "clone3") == errno.ENOSYS
    assert call(processor, Profile.DESK.value, "clone", 17) == ALLOW
    assert call(processor, Profile.DESK.value, "clone", 17 | 0x10000000) == errno.EPERM


def test_signals_reach_oneself_only(processor: Processor) -> None:
    """Python's own abort and thread signals work; a parent or a neighbour is out of reach."""
    visitor = Profile.VISITOR.value
    assert call(processor, visitor, "kill", PID) == ALLOW
    assert call(processor, visitor, "kill", PID + 1) == errno.EPERM
    assert call(processor, visitor, "kill", (1 << 64) - 1) == errno.EPERM
    assert call(processor, visitor, "tgkill", PID, PID + 1) == ALLOW
    assert call(processor, visitor, "tgkill", 1, 1) == errno.EPERM


@given(high=st.integers(0, 2**32 - 1))
def test_terminal_tricks_are_refused_whatever_stands_above_them(high: int) -> None:
    """The kernel reads 32 bits of an ioctl's number: the other 32 must not hide it."""
    for processor in PROCESSORS.values():
        for number in (0x5412, 0x541C):
            assert call(processor, Profile.VISITOR.value, "ioctl", 0, number | high << 32) == errno.EPERM
        assert call(processor, Profile.VISITOR.value, "ioctl", 0, 0x5413) == ALLOW


@given(pointer=st.integers(1, 2**64 - 1))
def test_limits_are_read_and_not_set(pointer: int) -> None:
    """prlimit64 with a new limit is refused, wherever in memory it lies."""
    for processor in PROCESSORS.values():
        assert call(processor, Profile.CLERK.value, "prlimit64", 0, 1, pointer) == errno.EPERM
        assert call(processor, Profile.CLERK.value, "prlimit64", 0, 1, 0, pointer) == ALLOW


SOCKET_FLAGS = 0o2004000
"""Close on exec, and no waiting: bits beside a socket's kind."""


@given(
    family=st.sampled_from((1, 2, 10)) | st.integers(0, 45),
    kind=st.sampled_from((1, 2, 3)) | st.integers(0, 15),
    protocol=st.sampled_from((0, 6, 132, 256, 262)) | st.integers(0, 300),
)
def test_a_regions_clerk_speaks_tcp_alone(family: int, kind: int, protocol: int) -> None:
    """Streams of TCP, over IPv4 or IPv6; no datagram, no raw socket, no relative of TCP that Landlock overlooks."""
    clerk = Profile.REGION_CLERK.value
    for processor in PROCESSORS.values():
        tcp = family in (2, 10) and kind in (0, 1) and protocol in (0, 6)
        asked = call(processor, clerk, "socket", family, kind | SOCKET_FLAGS, protocol)
        assert asked == (ALLOW if tcp else errno.EPERM)
        assert call(processor, clerk, "connect") == ALLOW
        local = call(processor, Profile.LOCAL_REGION_CLERK.value, "socket", family, kind, protocol)
        assert local == (ALLOW if family == 1 else errno.EPERM)


def test_nobody_connects_by_sending(processor: Processor, powers: Powers) -> None:
    """TCP's fast open connects within a send, which Landlock does not look at."""
    for name, flags_at in (("sendto", 3), ("sendmsg", 2), ("sendmmsg", 3)):
        before = [0] * flags_at
        assert call(processor, powers, name, *before, 0x4000) == ALLOW
        assert call(processor, powers, name, *before, 0x20004000) == errno.EPERM


def test_a_pair_of_sockets_reaches_nobody_else(processor: Processor) -> None:
    """J3: connected pairs work; a datagram's, which sends to any path it is told, is refused to who has no sockets."""
    for profile in Profile:
        named = ALLOW if profile.value.local_sockets else errno.EPERM
        for kind, answer in ((1, ALLOW), (5, ALLOW), (2, named), (3, named)):
            assert call(processor, profile.value, "socketpair", 1, kind | SOCKET_FLAGS) == answer


def test_nobody_is_slowed_down_or_signalled_by_a_file(processor: Processor, powers: Powers) -> None:
    """P2: no signal by way of a descriptor's owner, and from a sitting no lower priority for its supervisor."""
    for command in (8, 10, 15):
        assert call(processor, powers, "fcntl", 0, command) == errno.EPERM
    for command in (1, 2, 3, 4, 1030):
        assert call(processor, powers, "fcntl", 0, command) == ALLOW
    for name in ("setpriority", "sched_setaffinity", "ioprio_set", "inotify_add_watch"):
        assert call(processor, powers, name) == (ALLOW if powers.start_programs else errno.EPERM)


def test_files_are_not_marked(processor: Processor, powers: Powers) -> None:
    """P1: no words in a file's attributes; rights and times are changed by who writes files, and by nobody else."""
    for name in ("setxattr", "lsetxattr", "fsetxattr", "setxattrat", "file_setattr"):
        if name in processor.numbers:
            assert call(processor, powers, name) == errno.EPERM
    for name in ("fchmodat", "fchownat", "utimensat", "fchmodat2"):
        assert call(processor, powers, name) == (ALLOW if powers.write_files else errno.EPERM)


@given(family=st.integers(0, 45))
def test_sockets_by_family(family: int) -> None:
    """Set-up and desk reach a keyring by Unix socket; nobody opens another kind."""
    for processor in PROCESSORS.values():
        assert call(processor, Profile.VISITOR.value, "socket", family) == errno.EPERM
        assert call(processor, Profile.CLERK.value, "socket", family) == errno.EPERM
        wanted = ALLOW if family == 1 else errno.EPERM
        assert call(processor, Profile.DESK.value, "socket", family) == wanted


def test_it_stays_locked(processor: Processor, powers: Powers) -> None:
    """Dumpable and parent-death cannot be taken back, though a child may lock itself; a thread's name is no way out."""
    for option, looser in ((1, 0), (1, 15), (4, 1), (35, 0), (0x59616D61, 1)):
        assert call(processor, powers, "prctl", option, looser) == errno.EPERM
    for option, stricter in ((1, 9), (4, 0)):
        answer = "allow" if powers.start_programs else errno.EPERM
        assert call(processor, powers, "prctl", option, stricter) == answer
    assert call(processor, powers, "prctl", 15) == (ALLOW if powers.start_programs else errno.EPERM)
    assert call(processor, powers, "prctl", 3) == ALLOW
