"""What is tried from inside: each function does one thing that a jailed process may not, and raises where it cannot.

None of them harms whoever it succeeds against: signals are number 0, what is made is removed with its folder.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import itertools
import mmap
import os
import resource
import socket
import stat
import struct
import termios
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.jail import limits
from kiosk.jail.syscalls import PROCESSORS

NUMBERS = {"sched_setscheduler": 0, "clone": 0} | PROCESSORS[os.uname().machine].numbers
LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.syscall.restype = ctypes.c_long
NEW_USER, SIOCSPGRP = 0x10000000, 0x8902
FRESH = itertools.count()


@dataclass(frozen=True)
class World:
    """What is there to be reached."""

    home: str
    """A data folder with a list and a key in it."""
    keyring: str
    """A keyring's file, outside of it."""
    places: tuple[str, ...]
    """Folders that the account may write in."""
    other: int
    """A process of the same account, willing to be looked at."""
    address: int
    """Where eight bytes lie in it."""
    log: str
    """Path of a socket that takes datagrams, as the system's log does."""
    port: int
    """A TCP port on which somebody listens."""
    terminal: str
    """Somebody else's terminal."""
    held: int
    """Descriptor of a plain file that was open before."""
    own: int
    """Descriptor of its own terminal."""


def call(name: str, *arguments: object) -> int:
    """Call the kernel by name. Raises OSError."""
    given = [ctypes.c_long(each) if isinstance(each, int) else each for each in arguments]
    result = int(LIBC.syscall(ctypes.c_long(NUMBERS[name]), *given))
    if result < 0:
        raise OSError(ctypes.get_errno(), name)
    return result


def prctl(option: int, value: int) -> None:
    if LIBC.prctl(option, ctypes.c_ulong(value), *(ctypes.c_ulong(0),) * 3):
        raise OSError(ctypes.get_errno(), "")


def touch(path: str, flags: int) -> None:
    os.close(os.open(path, flags, 0o600))


def _everywhere(action: Callable[[str], object]) -> Callable[[World], object]:
    """Done as soon as it can be done in one place."""

    def act(world: World) -> None:
        for place in world.places:
            try:
                action(f"{place}/made-{os.getpid()}-{next(FRESH)}")
            except OSError as error:
                refused = error
            else:
                return
        raise refused

    return act


WORDS = ctypes.create_string_buffer(b"he found me")


def _much_memory(world: World) -> None:
    """Map more than a process of a visitor's may."""
    mmap.mmap(-1, 1 << 30).close()


def _socket(family: int, kind: int, protocol: int = 0) -> Callable[[World], object]:
    return lambda world: socket.socket(family, kind, protocol).close()


def _shared_mapping(world: World) -> None:
    os.ftruncate(world.held, os.fstat(world.held).st_size + mmap.PAGESIZE)


def _tmpfile(path: str) -> None:
    touch(os.path.dirname(path), os.O_TMPFILE | os.O_WRONLY)


def _datagram(world: World) -> None:
    one, two = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with one, two, contextlib.suppress(BlockingIOError):  # nobody reads them: a full queue has let others pass
        one.setblocking(False)
        one.sendto(b"words", world.log)


def _connect(world: World) -> None:
    with socket.socket() as stream:
        stream.settimeout(5)
        stream.connect(("127.0.0.1", world.port))


def _listen(_: World) -> None:
    with socket.socket() as stream:
        stream.bind(("127.0.0.1", 0))
        stream.listen()


def _vectors(name: str) -> Callable[[World], object]:
    def act(world: World) -> None:
        buffer = ctypes.create_string_buffer(b"8 bytes!")
        here, there = (struct.pack("PN", at, 8) for at in (ctypes.addressof(buffer), world.address))
        call(name, world.other, ctypes.c_char_p(here), 1, ctypes.c_char_p(there), 1, 0)

    return act


def _fork(_: World) -> None:
    if (child := os.fork()) == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _execute(program: str) -> Callable[[World], object]:
    """Replaces this process when it works: whoever tries it counts a silent end as done."""
    return lambda world: os.execve(program, [program, "-c", ""], {})


def _signal_by_handle(world: World) -> None:
    call("pidfd_send_signal", os.pidfd_open(world.other), 0, None, 0)


def _signal_by_file(world: World) -> None:
    reading, _ = os.pipe()
    fcntl.fcntl(reading, fcntl.F_SETOWN, world.other)


def _limit_up(_: World) -> None:
    now = resource.getrlimit(resource.RLIMIT_FSIZE)
    LIBC.setrlimit.argtypes = (ctypes.c_int, ctypes.c_char_p)
    if LIBC.setrlimit(resource.RLIMIT_FSIZE, struct.pack("QQ", *(each & (1 << 64) - 1 for each in now))):
        raise OSError(ctypes.get_errno(), "")


def _many_descriptors(_: World) -> None:
    with contextlib.ExitStack() as closing:
        for _each in range(limits.OPEN_FILES):
            closing.callback(os.close, os.dup(1))


def _ioctl(request: int, argument: bytes) -> Callable[[World], object]:
    return lambda world: fcntl.ioctl(world.own, request, argument) and None


def _written_code(_: World) -> None:
    with mmap.mmap(-1, mmap.PAGESIZE) as page:
        page.write(b"\xc3")
        start = ctypes.addressof(ctypes.c_char.from_buffer(page))
        if LIBC.mprotect(ctypes.c_void_p(start), ctypes.c_size_t(mmap.PAGESIZE), mmap.PROT_READ | mmap.PROT_EXEC):
            raise OSError(ctypes.get_errno(), "")


def _read(path: Callable[[World], str]) -> Callable[[World], object]:
    return lambda world: touch(path(world), os.O_RDONLY)


def _list(world: World) -> str:
    return f"{world.home}/summaries.db"


def _renamed(world: World) -> None:
    os.rename(_list(world), _list(world) + "2")
    os.rename(_list(world) + "2", _list(world))


def _mounted(world: World) -> None:
    there = world.places[0].encode()
    call("mount", b"none", there, b"tmpfs", 0, None)
    call("umount2", there, 0)


ATTEMPTS: dict[str, Callable[[World], object]] = {
    "make a file": _everywhere(lambda path: touch(path, os.O_CREAT | os.O_WRONLY)),
    "make a file without a name": _everywhere(_tmpfile),
    "make a folder": _everywhere(os.mkdir),
    "make a link": _everywhere(lambda path: os.symlink("words", path)),
    "make a named pipe": _everywhere(os.mkfifo),
    "make a node of a device": _everywhere(lambda path: os.mknod(path, 0o600 | 0o020000, os.makedev(1, 3))),
    "write to the list": lambda world: touch(_list(world), os.O_WRONLY),
    "cut the list short": lambda world: os.truncate(_list(world), 0),
    "rename the list": _renamed,
    "link to the list": lambda world: os.link(_list(world), f"{world.places[0]}/link-{os.getpid()}"),
    "put words in a file's attributes": lambda world: os.setxattr(_list(world), "user.words", b"words"),
    "change a file's rights": lambda world: os.chmod(_list(world), 0o600),
    "change a file's owner": lambda world: os.chown(_list(world), -1, -1),
    "change a file's times": lambda world: os.utime(_list(world)),
    "watch the list change": lambda world: (
        call("inotify_add_watch", call("inotify_init1", 0), ctypes.c_char_p(_list(world).encode()), 2) and None
    ),
    "grow a file that was open": _shared_mapping,
    "hold more descriptors": _many_descriptors,
    "read the list": _read(_list),
    "read the station's key": _read(lambda world: f"{world.home}/station.key"),
    "read a keyring": _read(lambda world: world.keyring),
    "read the accounts": _read(lambda world: "/etc/passwd"),
    "list a folder": lambda world: os.listdir(world.home) and None,
    "list the processes": lambda world: os.listdir("/proc") and None,
    "open its own memory": lambda world: touch("/proc/self/mem", os.O_RDWR),
    "open another's memory": _read(lambda world: f"/proc/{world.other}/mem"),
    "read another's environment": _read(lambda world: f"/proc/{world.other}/environ"),
    "read another's command line": _read(lambda world: f"/proc/{world.other}/cmdline"),
    "open its terminal by name": lambda world: touch("/dev/tty", os.O_RDWR),
    "open another terminal": lambda world: touch(world.terminal, os.O_RDWR | os.O_NOCTTY),
    "make a terminal": lambda world: touch("/dev/ptmx", os.O_RDWR | os.O_NOCTTY),
    "socket: IPv4": _socket(socket.AF_INET, socket.SOCK_STREAM),
    "socket: IPv6": _socket(socket.AF_INET6, socket.SOCK_DGRAM),
    "socket: Unix": _socket(socket.AF_UNIX, socket.SOCK_STREAM),
    "socket: netlink": _socket(socket.AF_NETLINK, socket.SOCK_RAW),
    "socket: packet": _socket(socket.AF_PACKET, socket.SOCK_RAW),
    "socket: virtual machine": _socket(40, socket.SOCK_STREAM),
    "socket: kernel's ciphers": _socket(38, socket.SOCK_SEQPACKET),
    "send to the system's log by a pair": _datagram,
    "connect by TCP": _connect,
    "listen on TCP": _listen,
    "trace another": lambda world: call("ptrace", 0x4206, world.other, 0, 0) and None,
    "read another's memory": _vectors("process_vm_readv"),
    "write another's memory": _vectors("process_vm_writev"),
    "take another's descriptor": lambda world: call("pidfd_getfd", os.pidfd_open(world.other), 1, 0) and None,
    "compare with another": lambda world: call("kcmp", os.getpid(), world.other, 1, 0, 0) and None,
    "signal another": lambda world: os.kill(world.other, 0),
    "signal another's thread": lambda world: call("tgkill", world.other, world.other, 0) and None,
    "signal another by a handle": _signal_by_handle,
    "signal everybody": lambda world: os.kill(-1, 0),
    "signal another by a file": _signal_by_file,
    "slow another down": lambda world: os.setpriority(os.PRIO_PROCESS, world.other, 19),
    "take processors from another": lambda world: os.sched_setaffinity(world.other, {0}),
    "start a process": _fork,
    "start a process with its own users": lambda world: call("clone", NEW_USER | 17, 0, 0, 0, 0) or os._exit(0),
    "run a shell": _execute("/bin/sh"),
    "run another program": _execute("/bin/true"),
    "run a file in memory": lambda world: os.close(os.memfd_create("held")),
    "run memory that was written": _written_code,
    "share memory": lambda world: call("shmget", 0, 4096, 0o1600) and None,
    "queue messages": lambda world: call("msgget", 0, 0o1600) and None,
    "a world of its own": lambda world: call("unshare", NEW_USER) and None,
    "another's world": lambda world: call("setns", os.pidfd_open(world.other), 0x40000000) and None,
    "mount": _mounted,
    "another root": lambda world: call("chroot", world.places[0].encode()) and None,
    "open by handle": lambda world: (
        call("name_to_handle_at", -100, b"/etc", struct.pack("Ii128x", 128, 0), ctypes.byref(ctypes.c_int()), 0)
        and None
    ),
    "io_uring": lambda world: os.close(call("io_uring_setup", 1, ctypes.create_string_buffer(120))),
    "bpf": lambda world: os.close(call("bpf", 0, struct.pack("IIIII", 2, 4, 4, 1, 0), 20)),
    "perf": lambda world: os.close(call("perf_event_open", struct.pack("II112x", 1, 120), 0, -1, -1, 0)),
    "the kernel's keys": lambda world: call("add_key", b"user", b"kiosk", b"words", 5, -1) and None,
    "userfaultfd": lambda world: os.close(call("userfaultfd", 0)),
    "type for its terminal": _ioctl(termios.TIOCSTI, b"x"),
    "the console's selection": _ioctl(0x541C, b"\x00"),
    "its terminal's discipline": _ioctl(0x5423, struct.pack("i", 0)),
    "its terminal's owner": lambda world: (
        fcntl.ioctl(socket.socketpair()[0], SIOCSPGRP, struct.pack("i", os.getpid())) and None
    ),
    "be dumpable again": lambda world: prctl(4, 1),
    "outlive its parent": lambda world: prctl(1, 0),
    "allow itself to be traced": lambda world: prctl(0x59616D61, (1 << 64) - 1),
    "raise a limit": _limit_up,
    "write words where its name stands": lambda world: prctl(15, ctypes.addressof(WORDS)),
    "hold more memory": _much_memory,
}
"""By what a person would call it."""

ALWAYS: dict[str, Callable[[World], object]] = {
    "see that the list is there, its size and times": lambda world: os.stat(_list(world)) and None,
}
"""What no wall of this kernel's refuses, and the documents say so."""


def outcome(action: Callable[[World], object], world: World) -> str:
    """`done`, or the name of the error."""
    try:
        action(world)
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, type(error).__name__)
    return "done"


def descriptors() -> dict[int, str]:
    """Every open descriptor, by asking for each: /proc is not there to be read."""
    found = {}
    for number in range(limits.OPEN_FILES):
        try:
            mode = os.fstat(number).st_mode
        except OSError:
            continue
        kinds = {stat.S_ISCHR: "device", stat.S_ISSOCK: "socket", stat.S_ISFIFO: "pipe", stat.S_ISREG: "memory"}
        found[number] = next((name for is_it, name in kinds.items() if is_it(mode)), "unnamed")
        if os.isatty(number):
            found[number] = "terminal"
    return found
