"""A process that puts walls around itself, tries one thing and prints what became of it: `done` or the error's name."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import json
import os
import resource
import socket
import struct
import sys
import termios
import threading
import time
from collections.abc import Callable
from pathlib import Path

from kiosk.jail import landlock, limits, network, places, seccomp
from kiosk.jail.enter import enter
from kiosk.jail.profile import Profile
from kiosk.jail.syscalls import PROCESSORS

NOBODY = 65534
LIBC = ctypes.CDLL(None, use_errno=True)


def _checked(result: int) -> None:
    if result < 0:
        raise OSError(ctypes.get_errno(), "")


def write(path: str) -> None:
    Path(path).write_text("x")


def append(path: str) -> None:
    with open(path, "a") as file:
        file.write("x")


def write_inherited(fd: str) -> None:
    os.write(int(fd), b"x")


def grow(fd: str) -> None:
    os.ftruncate(int(fd), os.fstat(int(fd)).st_size + 4096)


def truncate(path: str) -> None:
    os.truncate(path, 0)


def read(path: str) -> None:
    Path(path).read_bytes()


def listing(path: str) -> None:
    os.listdir(path)


def unlink(path: str) -> None:
    os.unlink(path)


def mkdir(path: str) -> None:
    os.mkdir(path)


def symlink(path: str) -> None:
    os.symlink("target", path)


def rename(path: str) -> None:
    os.rename(path, path + ".new")


def fifo(path: str) -> None:
    os.mkfifo(path)


def tcp_socket(_: str) -> None:
    socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()


def udp_socket(_: str) -> None:
    socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).close()


def netlink_socket(_: str) -> None:
    socket.socket(socket.AF_NETLINK, socket.SOCK_RAW).close()


def unix_socket(_: str) -> None:
    socket.socket(socket.AF_UNIX).close()


def reach(port: str) -> None:
    socket.create_connection(("127.0.0.1", int(port)), 2).close()


def reach_by_mptcp(port: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262) as connection:
        connection.connect(("127.0.0.1", int(port)))


def reach_by_sending(port: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as connection:
        connection.sendto(b"x", socket.MSG_FASTOPEN, ("127.0.0.1", int(port)))


def connect_inherited(argument: str) -> None:
    fd, port = argument.split(":")
    with socket.socket(fileno=int(fd)) as held:
        held.connect(("127.0.0.1", int(port)))


def bind_inherited(fd: str) -> None:
    with socket.socket(fileno=int(fd)) as held:
        held.bind(("127.0.0.1", 0))


def socket_pair(_: str) -> None:
    for end in socket.socketpair():
        end.close()


def thread(_: str) -> None:
    started = threading.Thread(target=int)
    started.start()
    started.join()


def execute(path: str) -> None:
    """Replace this process. Success is told by the program itself, by exit status 0 and no word."""
    os.execv(path, [path, *(["-c", ""] if "python" in path else [])])


def fork(_: str) -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def vfork(_: str) -> None:
    child = os.posix_spawn(os.path.realpath(sys.executable), ["python", "-c", ""], {})
    os.waitpid(child, 0)


def ptrace(pid: str) -> None:
    _checked(LIBC.ptrace(ctypes.c_long(0x4206), int(pid), 0, 0))  # PTRACE_SEIZE


def read_memory(argument: str) -> None:
    """Read another process's memory by process_vm_readv; `argument` is pid:address."""
    pid, address = argument.split(":")
    buffer = ctypes.create_string_buffer(8)
    here = struct.pack("PN", ctypes.addressof(buffer), 8)
    there = struct.pack("PN", int(address), 8)
    _checked(LIBC.process_vm_readv(int(pid), here, ctypes.c_ulong(1), there, ctypes.c_ulong(1), ctypes.c_ulong(0)))


def open_memory(pid: str) -> None:
    os.close(os.open(f"/proc/{pid}/mem", os.O_RDONLY))


def signal_other(pid: str) -> None:
    os.kill(int(pid), 0)


def signal_thread(pid: str) -> None:
    _checked(LIBC.syscall(ctypes.c_long(PROCESSORS[os.uname().machine].numbers["tgkill"]), int(pid), int(pid), 0))


def signal_self(_: str) -> None:
    os.kill(os.getpid(), 0)


def memfd(_: str) -> None:
    os.close(os.memfd_create("held"))


def shared_memory(_: str) -> None:
    held = LIBC.shmget(0, ctypes.c_size_t(4096), 0o1600)
    _checked(held)
    LIBC.shmctl(held, 0, None)


def type_for_terminal(_: str) -> None:
    fcntl.ioctl(0, termios.TIOCSTI, b"x")


def raise_file_limit(_: str) -> None:
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, resource.getrlimit(resource.RLIMIT_FSIZE))
    except ValueError as error:  # how Python tells EPERM here
        raise OSError(errno.EPERM, "") from error


def core_limit_is(wanted: str) -> None:
    if resource.getrlimit(resource.RLIMIT_CORE) != (int(wanted), int(wanted)):
        raise OSError(errno.ERANGE, "")


def be_dumpable(_: str) -> None:
    if not limits.prctl(4, 1):
        raise OSError(errno.EPERM, "")


def new_namespace(_: str) -> None:
    _checked(LIBC.unshare(0x10000000))


def seal_something(_: str) -> None:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    X25519PrivateKey.generate().exchange(X25519PrivateKey.generate().public_key())
    AESGCM(bytes(32)).encrypt(bytes(12), b"x", None)


def database(path: str) -> None:
    import sqlite3

    with sqlite3.connect(path) as base:
        base.execute("PRAGMA journal_mode=TRUNCATE")
        base.execute("CREATE TABLE number (x)")
        base.execute("INSERT INTO number VALUES (1)")
    base.execute("VACUUM")
    base.close()


def wait(seconds: str) -> None:
    """Hold a few words in memory and wait to be looked at."""
    limits.prctl(0x59616D61, (1 << 64) - 1)
    print("waiting", flush=True)
    time.sleep(float(seconds))


ACTIONS: dict[str, Callable[[str], None]] = {
    name: value for name, value in list(globals().items()) if callable(value) and not name.startswith("_")
}


def _walls(name: str, readable: list[str], writable: list[str], ports: list[int]) -> None:
    match name:
        case "none":
            pass
        case "limits":
            limits.limit(files=False, memory=256 << 20)
        case "landlock":
            limits.renounce()
            landlock.restrict(places.code())
        case "seccomp":
            limits.renounce()
            seccomp.refuse(Profile.VISITOR.value)
        case "network":
            network.leave()
        case _:
            reads, writes = ([Path(p) for p in paths] for paths in (readable, writable))
            enter(Profile[name.upper()], readable=reads, writable=writes, ports=ports)


def main() -> None:
    walls, action, argument, readable, writable, ports = json.loads(sys.argv[1])
    if action == "wait" and os.getuid() == 0:  # root may read everything: be somebody else first
        os.setuid(NOBODY)
        limits.prctl(4, 1)
    _walls(walls, readable, writable, ports)
    try:
        ACTIONS[action](argument)
    except OSError as error:
        print(errno.errorcode.get(error.errno or 0, type(error).__name__))
    else:
        print("done")


if __name__ == "__main__":
    main()
