"""What every process of a kiosk asked the kernel to write, open, name, start or reach: strace's record, read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

WRITES: Final = (
    *("write", "pwrite64", "writev", "pwritev", "pwritev2", "sendto", "sendmsg", "sendmmsg"),
    *("sendfile", "splice", "tee", "vmsplice", "copy_file_range", "process_vm_writev", "mq_timedsend", "msgsnd"),
)
"""Calls that hand bytes to somebody."""
OPENS: Final = ("open", "openat", "openat2", "creat")
NAMES: Final = (
    *("rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat", "mkdir", "mkdirat"),
    *("mknod", "mknodat", "setxattr", "lsetxattr", "fsetxattr"),
)
"""Calls that put a name or a word on the disk."""
REACHES: Final = ("connect", "bind", "socket")
STARTS: Final = ("execve", "execveat")
BEGETS: Final = ("clone", "clone3", "fork", "vfork")
MEMORY: Final = ("memfd_create", "shm_open", "mmap", "prctl")
TRACED: Final = (*WRITES, *OPENS, *NAMES, *REACHES, *STARTS, *BEGETS, *MEMORY)

_KNOWN_TO_LIBC: Final = frozenset({"shm_open"})
_LINE: Final = re.compile(rb"(\w+)\((.*)\)\s+= (-?\d+|\?|0x[0-9a-f]+)(?:<(.*?)>)?(?:\(deleted\))?(?: .*)?")
_HEX: Final = re.compile(rb"(?:\\x[0-9a-f]{2})+")
_STRING: Final = re.compile(rb'"((?:\\x[0-9a-f]{2})*)"')
_FIRST_FD: Final = re.compile(rb"\d+<(.*?)>")


def strace(logs: Path) -> list[str]:
    """The command that goes before a program: one file for each thread, all bytes in hexadecimal."""
    calls = ",".join(f"?{name}" for name in TRACED if name not in _KNOWN_TO_LIBC)
    options = ["-ff", "--seccomp-bpf", "-yy", "-xx", "-qq", "-s", "1048576"]
    return ["strace", *options, "-e", f"trace={calls}", "-e", "signal=none", "-o", str(logs / "log")]


@dataclass(frozen=True, slots=True)
class Call:
    """One call to the kernel that succeeded."""

    who: bytes
    """The command line of the process that made it."""
    name: str
    fd: str
    """What the first argument's descriptor stands for: a path, a kind of socket; empty where there is none."""
    result: str
    """What the descriptor that came back stands for."""
    data: bytes
    """Every string of the call, whole, one after the other."""
    said: bytes = field(repr=False)
    """The call as strace wrote it, strings in hexadecimal."""

    @property
    def writes_file(self) -> bool:
        """Whether it opened something for writing."""
        flags = (b"O_WRONLY", b"O_RDWR", b"O_CREAT", b"O_TRUNC", b"O_APPEND", b"O_TMPFILE")
        return self.name == "creat" or (self.name in OPENS and any(flag in self.said for flag in flags))

    @property
    def to_terminal(self) -> bool:
        """Whether it wrote to a pseudo-terminal, either end."""
        return self.name in WRITES and self.fd.startswith(("/dev/pts/", "/dev/ptmx", "/dev/tty", "/dev/pts/ptmx"))


def calls(logs: Path) -> Iterator[Call]:
    """Every call that succeeded, each with the program that made it."""
    threads = {int(file.suffix[1:]): file for file in logs.glob("log.*")}
    roles: dict[int, bytes] = {}
    read: dict[int, list[Call]] = {}
    waiting = sorted(threads)
    born = {child for file in threads.values() for child in _children(file)}
    roles |= {tid: b"" for tid in waiting if tid not in born}
    while waiting:
        ready = [tid for tid in waiting if tid in roles]
        assert ready, "strace lost a parent"
        for tid in ready:
            waiting.remove(tid)
            read[tid] = list(_thread(threads[tid], roles[tid], roles))
    for tid in sorted(read):
        yield from read[tid]


def _children(file: Path) -> Iterator[int]:
    for line in file.read_bytes().splitlines():
        if line.startswith(tuple(f"{name}(".encode() for name in BEGETS)) and (found := _LINE.match(line)):
            yield int(found[3]) if found[3].isdigit() else -1


def _thread(file: Path, role: bytes, roles: dict[int, bytes]) -> Iterator[Call]:
    for line in file.read_bytes().splitlines():
        found = _LINE.match(line)
        if found is None or found[3].startswith((b"-", b"?")):
            continue
        name, said = found[1].decode(), found[2]
        strings = [_plain(each[1]) for each in _STRING.finditer(said)]
        if name in BEGETS:
            roles[int(found[3])] = role
        elif name in STARTS:
            role = b" ".join(strings[1:])
        fd = _FIRST_FD.match(said)
        yield Call(role, name, _words(fd[1]) if fd else "", _words(found[4] or b""), b"\0".join(strings), said)


def _plain(hexadecimal: bytes) -> bytes:
    return bytes.fromhex(hexadecimal.replace(b"\\x", b"").decode())


def _words(annotation: bytes) -> str:
    return _HEX.sub(lambda found: _plain(found[0]), annotation).decode(errors="replace")
