"""Landlock: what a process may reach by path, by port or by signal (landlock(7)); older kernels give less of it."""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable
from enum import IntFlag
from pathlib import Path
from typing import Final

_CREATE_RULESET: Final = 444
_ADD_RULE: Final = 445
_RESTRICT_SELF: Final = 446
_ASK_ABI: Final = 1
_RULE_PATH_BENEATH: Final = 1
_RULE_NET_PORT: Final = 2
_LOG_SAME_EXEC_OFF: Final = 1

_NET_BIND_AND_CONNECT_TCP: Final = 3
_NET_CONNECT_TCP: Final = 2
_SCOPE_ABSTRACT_SOCKETS: Final = 1
_SCOPE_SIGNALS: Final = 2


class Access(IntFlag):
    """Rights on files and folders, as the kernel numbers them."""

    EXECUTE = 1 << 0
    WRITE_FILE = 1 << 1
    READ_FILE = 1 << 2
    READ_DIR = 1 << 3
    REMOVE_DIR = 1 << 4
    REMOVE_FILE = 1 << 5
    MAKE_CHAR = 1 << 6
    MAKE_DIR = 1 << 7
    MAKE_REG = 1 << 8
    MAKE_SOCK = 1 << 9
    MAKE_FIFO = 1 << 10
    MAKE_BLOCK = 1 << 11
    MAKE_SYM = 1 << 12
    REFER = 1 << 13
    TRUNCATE = 1 << 14
    IOCTL_DEV = 1 << 15


READ: Final = Access.READ_FILE | Access.READ_DIR
"""Read files and list folders."""
WRITE: Final = (
    READ
    | Access.WRITE_FILE
    | Access.TRUNCATE
    | Access.MAKE_REG
    | Access.MAKE_DIR
    | Access.REMOVE_FILE
    | Access.REMOVE_DIR
    | Access.REFER
)
"""Read, write, make, rename and remove plain files and folders."""
RUN: Final = Access.READ_FILE | Access.EXECUTE
"""Start a program."""

_ON_FILES: Final = Access.EXECUTE | Access.WRITE_FILE | Access.READ_FILE | Access.TRUNCATE | Access.IOCTL_DEV
_SINCE: Final = {Access.REFER: 2, Access.TRUNCATE: 3, Access.IOCTL_DEV: 5}
_NET_SINCE: Final = 4
_SCOPE_SINCE: Final = 6
_QUIET_SINCE: Final = 7


def abi() -> int:
    """Return the version of Landlock this kernel speaks; 0 where it has none or does not use it."""
    found = _syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_ASK_ABI))
    return max(0, int(found))


def restrict(rules: Iterable[tuple[Path, Access]], *, abstract_sockets: bool = False, ports: Iterable[int] = ()) -> int:
    """Allow the paths of `rules` and nothing else: no other file, no TCP, no signal out of this process's own.

    `ports` are the TCP ports that may be connected to, on whatever host: the kernel knows no finer rule.

    Returns the version in force, 0 where nothing could be restricted. Paths that are not there are left out.
    """
    version = abi()
    if version == 0:
        return 0
    handled = _handled(version)
    ruleset = _create(version, handled, abstract_sockets)
    if ruleset < 0:
        return 0
    try:
        for path, access in rules:
            _allow(ruleset, path, access & handled)
        if version >= _NET_SINCE:
            for port in ports:
                _add(ruleset, _RULE_NET_PORT, struct.pack("=QQ", _NET_CONNECT_TCP, port))
        flags = _LOG_SAME_EXEC_OFF if version >= _QUIET_SINCE else 0  # an audit line would tell when somebody came
        done = _syscall(_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(flags)) == 0
    finally:
        os.close(ruleset)
    return version if done else 0


def _handled(version: int) -> Access:
    handled = Access(0)
    for access in Access:
        if _SINCE.get(access, 1) <= version:
            handled |= access
    return handled


def _create(version: int, handled: Access, abstract_sockets: bool) -> int:
    attributes = struct.pack("Q", handled)
    if version >= _NET_SINCE:
        attributes += struct.pack("Q", _NET_BIND_AND_CONNECT_TCP)
    if version >= _SCOPE_SINCE:
        scope = _SCOPE_SIGNALS | (0 if abstract_sockets else _SCOPE_ABSTRACT_SOCKETS)
        attributes += struct.pack("Q", scope)
    return int(
        _syscall(_CREATE_RULESET, ctypes.c_char_p(attributes), ctypes.c_size_t(len(attributes)), ctypes.c_uint32(0))
    )


def _allow(ruleset: int, path: Path, access: Access) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        wanted = access if path.is_dir() else access & _ON_FILES
        _add(ruleset, _RULE_PATH_BENEATH, struct.pack("=Qi", wanted, place))
    finally:
        os.close(place)


def _add(ruleset: int, kind: int, rule: bytes) -> None:
    _syscall(_ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(kind), ctypes.c_char_p(rule), ctypes.c_uint32(0))


def _syscall(number: int, *arguments: object) -> int:
    call = ctypes.CDLL(None).syscall
    call.restype = ctypes.c_long
    return int(call(ctypes.c_long(number), *arguments))
