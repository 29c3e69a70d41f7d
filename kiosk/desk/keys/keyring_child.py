"""One visit to the system keyring, in a process that can be ended: a keyring may wait for ever on a prompt."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import IntEnum
from typing import Final, Protocol

SERVICE: Final = "kiosk provider key"
"""What the keyring files the wrapped key under."""
BACKEND: Final = "keyring.backends.SecretService"
"""The one backend that is used. What keyring would choose by itself may store in the clear, or nothing at all."""
_LONGEST: Final = 4096
_PUTS: Final = ("put", "replace")


class Ending(IntEnum):
    """How a visit ended: the child's exit status."""

    DONE = 0
    UNAVAILABLE = 10
    """No keyring answers on this machine."""
    LOCKED = 11
    """There is one, and it is locked."""
    EMPTY = 12
    """It holds nothing under that name."""
    TAKEN = 13
    """It already holds another key under that name."""
    NOT_KEPT = 14
    """It took the key and does not give it back."""
    REFUSED = 15
    """Another backend than the one that is used."""


class Keyring(Protocol):
    """The part of a keyring backend that is used."""

    def get_password(self, service: str, username: str) -> str | None:
        """What is stored, or `None`."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Store."""

    def delete_password(self, service: str, username: str) -> None:
        """Forget."""


def visit(keyring: Keyring, task: str, name: str, blob: str) -> tuple[Ending, str]:
    """Get, put, replace or delete the wrapped key called `name`; what is put is read back."""
    if type(keyring).__module__ != BACKEND:
        return Ending.REFUSED, ""
    found = keyring.get_password(SERVICE, name)
    if task in _PUTS:
        if task == "put" and found and found != blob:
            return Ending.TAKEN, ""
        keyring.set_password(SERVICE, name, blob)
        kept = keyring.get_password(SERVICE, name) == blob
        return (Ending.DONE if kept else Ending.NOT_KEPT), ""
    if not found:
        return Ending.EMPTY, ""
    if task == "delete":
        keyring.delete_password(SERVICE, name)
        return Ending.DONE, ""
    return Ending.DONE, found


def _open() -> Keyring | Ending:
    """The system keyring, unlocked already: asking keyring first would raise a prompt nobody sees."""
    try:
        import secretstorage
        from keyring.backends.SecretService import Keyring as SecretService

        bus = secretstorage.dbus_init()
        if not secretstorage.check_service_availability(bus):
            return Ending.UNAVAILABLE
        if secretstorage.get_default_collection(bus).is_locked():
            return Ending.LOCKED
        keyring: Keyring = SecretService()  # type: ignore[no-untyped-call]  # keyring has no types
    except Exception:
        # A dead bus raises errors that are no KeyringError; which one does not matter here.
        return Ending.UNAVAILABLE
    return keyring


def main(arguments: Sequence[str]) -> int:
    """`get NAME`, `put NAME` or `replace NAME` (the blob on standard input), or `delete NAME`."""
    if len(arguments) != 2 or arguments[0] not in ("get", *_PUTS, "delete"):
        return 2
    blob = sys.stdin.read(_LONGEST) if arguments[0] in _PUTS else ""
    keyring = _open()
    if isinstance(keyring, Ending):
        return keyring
    try:
        ending, said = visit(keyring, arguments[0], arguments[1], blob)
    except Exception:
        return Ending.UNAVAILABLE
    sys.stdout.write(said)
    return ending


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
