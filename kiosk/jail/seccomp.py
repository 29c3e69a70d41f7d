"""seccomp: system calls a jailed process is refused, whatever their arguments point at (seccomp(2))."""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import struct
from typing import Final

from kiosk.jail.profile import Powers
from kiosk.jail.syscalls import PROCESSORS, Processor

Program = list[tuple[int, int, int, int]]
"""A filter for the kernel's small machine: code, jump if true, jump if false, operand."""

_LOAD, _IF_EQUAL, _IF_AT_LEAST, _IF_BITS, _AND, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _PROCESSOR, _ARGUMENTS = 0, 4, 16

_CLONE_THREAD: Final = 0x00010000
_CLONE_NEW: Final = 0x7E020080
_AF_UNIX, _AF_INET, _AF_INET6 = 1, 2, 10
_NO_STREAM: Final = 0b1110
"""Bits of a socket's kind that a stream has none of, and every other kind has one of (socket(2))."""
_ANY_PROTOCOL, _TCP = 0, 6
_MSG_FASTOPEN: Final = 0x20000000
"""Sending that connects by itself: Landlock looks at connect(2) alone."""
_SOCK_STREAM, _SOCK_SEQPACKET, _KIND = 1, 5, 0xF
_TIOCSTI, _TIOCLINUX, _TIOCCONS, _TIOCSETD = 0x5412, 0x541C, 0x541D, 0x5423
_FIOSETOWN, _SIOCSPGRP = 0x8901, 0x8902
_F_SETOWN, _F_SETSIG, _F_SETOWN_EX = 8, 10, 15
_PDEATHSIG, _DUMPABLE, _NAME, _SET_MM, _PTRACER = 1, 4, 15, 35, 0x59616D61
_LOCKED: Final = (_PDEATHSIG, _DUMPABLE, _NAME, _SET_MM, _PTRACER)
"""A process's name among them: it is 15 letters that every account of the machine reads."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_NEVER: Final = _words("""
ptrace process_vm_readv process_vm_writev process_madvise kcmp pidfd_getfd memfd_create memfd_secret
bind listen accept accept4 rt_sigqueueinfo rt_tgsigqueueinfo pidfd_send_signal tkill
io_uring_setup io_uring_enter io_uring_register bpf perf_event_open userfaultfd
mount umount2 pivot_root chroot unshare setns open_tree move_mount fsopen fsconfig fsmount fspick mount_setattr
keyctl add_key request_key open_by_handle_at name_to_handle_at kexec_load kexec_file_load init_module finit_module
delete_module reboot syslog acct swapon swapoff quotactl iopl ioperm settimeofday clock_settime adjtimex sethostname
setdomainname fanotify_init lookup_dcookie nfsservctl personality modify_ldt uselib vhangup
shmget shmat shmctl msgget msgsnd semget mq_open setrlimit
setxattr lsetxattr fsetxattr setxattrat removexattr lremovexattr fremovexattr removexattrat file_setattr
open_tree_attr quotactl_fd process_mrelease migrate_pages move_pages
""")
"""Refused to everybody: other processes' memory, memory that outlives us, ways around Landlock, the machine itself."""

_PROGRAMS: Final = _words("""
execve execveat fork vfork pidfd_open
setpriority sched_setparam sched_setscheduler sched_setaffinity sched_setattr ioprio_set
inotify_init inotify_init1 inotify_add_watch
""")
"""Refused to who starts nothing: starting, slowing others of the same user down, and watching their files change."""

_MARKS: Final = _words("""
chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes futimesat utimensat
""")
"""Refused to who writes no file: rights, owners and times of files, which Landlock does not look at."""


def refuse(powers: Powers) -> bool:
    """Refuse from now on, in every thread, what `powers` does not name. Says whether this kernel and processor can."""
    processor = PROCESSORS.get(os.uname().machine)
    return processor is not None and _install(program(processor, powers, os.getpid()))


def program(processor: Processor, powers: Powers, pid: int) -> Program:
    """Return the filter for process `pid`. A call by another processor's numbering ends the process."""
    refused = [*_NEVER]
    bodies = {
        "clone3": _answer(errno.ENOSYS),  # its flags lie in memory, out of reach: libc falls back to clone
        "ioctl": _unless_in(1, (_TIOCSTI, _TIOCLINUX, _TIOCCONS, _TIOCSETD, _FIOSETOWN, _SIOCSPGRP)),
        "fcntl": _unless_in(1, (_F_SETOWN, _F_SETSIG, _F_SETOWN_EX)),
        "prctl": _only_stricter() if powers.start_programs else _unless_in(0, _LOCKED),
        "prlimit64": _only_if_zero(2),
        "clone": _unless_bits(0, _CLONE_NEW) if powers.start_programs else _only_if_bits(0, _CLONE_THREAD),
        "tgkill": _only_if_equal(0, pid),
        "sendto": _unless_bits(3, _MSG_FASTOPEN),
        "sendmsg": _unless_bits(2, _MSG_FASTOPEN),
        "sendmmsg": _unless_bits(3, _MSG_FASTOPEN),
    }
    if powers.local_sockets or powers.tcp:
        bodies["socket"] = _sockets(powers)
    else:
        refused += ["socket", "connect"]
    if not powers.local_sockets:
        bodies["socketpair"] = _pairs_that_name_nobody()
    if not powers.start_programs:
        refused += _PROGRAMS
        bodies["kill"] = _only_if_equal(0, pid)
    if not powers.write_files:
        refused += _MARKS
    bodies |= {name: _answer(errno.EPERM) for name in refused}
    return _assemble(processor, bodies)


def _assemble(processor: Processor, bodies: dict[str, Program]) -> Program:
    made: Program = [(_LOAD, 0, 0, _PROCESSOR), (_IF_EQUAL, 1, 0, processor.audit), (_RETURN, 0, 0, _KILL)]
    made.append((_LOAD, 0, 0, _NUMBER))
    if processor.odd_from is not None:
        made += [(_IF_AT_LEAST, 0, 1, processor.odd_from), (_RETURN, 0, 0, _ERRNO | errno.ENOSYS)]
    for name, body in bodies.items():
        if name in processor.numbers:
            made += [(_IF_EQUAL, 0, len(body), processor.numbers[name]), *body]
    return [*made, (_RETURN, 0, 0, _ALLOW)]


def _answer(number: int) -> Program:
    return [(_RETURN, 0, 0, _ERRNO | number)]


def _low(argument: int) -> tuple[int, int, int, int]:
    return (_LOAD, 0, 0, _ARGUMENTS + 8 * argument)


def _choice(argument: int, code: int, operand: int, *, then: int, otherwise: int) -> Program:
    return [_low(argument), (code, 0, 1, operand), (_RETURN, 0, 0, then), (_RETURN, 0, 0, otherwise)]


def _only_if_equal(argument: int, value: int) -> Program:
    return _choice(argument, _IF_EQUAL, value, then=_ALLOW, otherwise=_ERRNO | errno.EPERM)


def _only_if_bits(argument: int, bits: int) -> Program:
    return _choice(argument, _IF_BITS, bits, then=_ALLOW, otherwise=_ERRNO | errno.EPERM)


def _unless_bits(argument: int, bits: int) -> Program:
    return _choice(argument, _IF_BITS, bits, then=_ERRNO | errno.EPERM, otherwise=_ALLOW)


def _only_if_zero(argument: int) -> Program:
    high = (_LOAD, 0, 0, _ARGUMENTS + 8 * argument + 4)
    test = [(_IF_EQUAL, 1, 0, 0), (_RETURN, 0, 0, _ERRNO | errno.EPERM)]
    return [_low(argument), *test, high, *test, (_RETURN, 0, 0, _ALLOW)]


def _sockets(powers: Powers) -> Program:
    """Unix sockets where they are allowed; where TCP is, streams of TCP and no relative of it (MPTCP, SCTP)."""
    refuse, allow = (_RETURN, 0, 0, _ERRNO | errno.EPERM), (_RETURN, 0, 0, _ALLOW)
    body: Program = [_low(0)]
    if powers.local_sockets:
        body += [(_IF_EQUAL, 0, 1, _AF_UNIX), allow]
    if powers.tcp:
        body += [(_IF_EQUAL, 2, 0, _AF_INET), (_IF_EQUAL, 1, 0, _AF_INET6), refuse]
        body += [_low(1), (_IF_BITS, 0, 1, _NO_STREAM), refuse]
        body += [_low(2), (_IF_EQUAL, 1, 0, _ANY_PROTOCOL), (_IF_EQUAL, 0, 1, _TCP), allow]
    return [*body, refuse]


def _pairs_that_name_nobody() -> Program:
    """Pairs of connected sockets. One for datagrams could send to any path, the system's log among them (unix(7))."""
    kind = [(_AND, 0, 0, _KIND), (_IF_EQUAL, 1, 0, _SOCK_STREAM), (_IF_EQUAL, 0, 1, _SOCK_SEQPACKET)]
    return [_low(1), *kind, (_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _ERRNO | errno.EPERM)]


def _unless_in(argument: int, values: tuple[int, ...]) -> Program:
    body: Program = [_low(argument)]
    for value in values:
        body += [(_IF_EQUAL, 0, 1, value), (_RETURN, 0, 0, _ERRNO | errno.EPERM)]
    return [*body, (_RETURN, 0, 0, _ALLOW)]


def _only_stricter() -> Program:
    """Of prctl(2), for whoever starts processes: they may hide and die with their parent, and take neither back."""
    body: Program = [_low(0)]
    for option, value in ((_PDEATHSIG, signal.SIGKILL), (_DUMPABLE, 0)):
        allowed = _only_if_equal(1, value)
        body += [(_IF_EQUAL, 0, len(allowed), option), *allowed]
    for option in (_SET_MM, _PTRACER):
        body += [(_IF_EQUAL, 0, 1, option), (_RETURN, 0, 0, _ERRNO | errno.EPERM)]
    return [*body, (_RETURN, 0, 0, _ALLOW)]


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("program", ctypes.c_char_p))


_SET_MODE_FILTER, _IN_EVERY_THREAD = 1, 1
_SECCOMP: Final = {"x86_64": 317, "aarch64": 277}


def _install(made: Program) -> bool:
    code = b"".join(struct.pack("HBBI", *instruction) for instruction in made)
    call = ctypes.CDLL(None).syscall
    call.restype = ctypes.c_long
    number, held = ctypes.c_long(_SECCOMP[os.uname().machine]), ctypes.byref(_Filter(len(made), code))
    return bool(call(number, ctypes.c_uint(_SET_MODE_FILTER), ctypes.c_uint(_IN_EVERY_THREAD), held) == 0)
