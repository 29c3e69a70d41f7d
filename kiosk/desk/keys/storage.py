"""Where the provider's wrapped key lies: the system keyring, else a 0600 file; never anything but the wrapped blob."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

from kiosk.desk.keys.derivation import NotAKey, unwrap
from kiosk.desk.keys.keyring_child import Ending
from kiosk.desk.keys.rotation_file import beside
from kiosk.desk.keys.seeds import Seeds
from kiosk.errors import KioskError
from kiosk.paths import Place
from kiosk.vault.private_file import Missing, read_private, replace_private, write_private

KEYRING_SECONDS: Final = 8.0
"""How long the system keyring may take to answer."""
_CHILD: Final = (sys.executable, "-s", "-P", "-m", "kiosk.desk.keys.keyring_child")
_NEEDED: Final = ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "HOME", "PATH", "LANG")
"""All that the child gets of the environment: a variable may name another backend, or code to load."""


class KeyringUnavailable(KioskError):
    """No system keyring serves here."""

    hint = "Keep the key in a file instead; it is wrapped by the passphrase either way."


class KeyringLocked(KeyringUnavailable):
    """The system keyring is locked, or waits for an answer that nobody can give."""

    hint = "Unlock it in a desktop session, or keep the key in a file instead."


class KeyringFault(KioskError):
    """The system keyring has another key, gave back something else, or is not the one that is used."""

    hint = "Run `kiosk keys show`; move the other key away before a new one is kept."


class KeyStore(Protocol):
    """A place for one wrapped key."""

    where: str
    """Told to the operator."""

    def put(self, blob: bytes) -> None:
        """Keep the wrapped key and read it back. Raises KioskError; never replaces another key."""

    def get(self) -> bytes | None:
        """The wrapped key, or `None` when there is none. Raises KioskError."""


class FileStore:
    """provider.key, mode 0600."""

    where = "the file provider.key"

    def __init__(self, path: Path) -> None:
        self._path = path

    def put(self, blob: bytes) -> None:
        """Write the file, never over another. Raises AlreadyThere or KioskError."""
        write_private(self._path, base64.b64encode(blob) + b"\n", replace=False)
        if self.get() != blob:
            raise KeyringFault("The key file does not give back what was written.")

    def replace(self, blob: bytes) -> None:
        """Write the file, in another's place too, which is destroyed then. Raises KioskError."""
        replace_private(self._path, base64.b64encode(blob) + b"\n")

    def remove(self) -> None:
        """Take the file away."""
        self._path.unlink(missing_ok=True)

    def get(self) -> bytes | None:
        """Read the file. Raises NotPrivate or NotAKey."""
        try:
            return _decoded(read_private(self._path))
        except Missing:
            return None


class KeyringStore:
    """The system's Secret Service, asked in a child process with a time limit."""

    where = "the system keyring"

    def __init__(self, home: Path, *, seconds: float = KEYRING_SECONDS, command: Sequence[str] = _CHILD) -> None:
        self._name = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
        self._seconds = seconds
        self._command = command

    def put(self, blob: bytes) -> None:
        """Keep the wrapped key. Raises KeyringUnavailable, KeyringLocked or KeyringFault."""
        self._visit("put", base64.b64encode(blob).decode())

    def get(self) -> bytes | None:
        """The wrapped key. Raises KeyringUnavailable, KeyringLocked, KeyringFault or NotAKey."""
        said = self._visit("get")
        return None if said is None else _decoded(said.encode())

    def replace(self, blob: bytes) -> None:
        """Keep the wrapped key in another's place. Raises like `put`."""
        self._visit("replace", base64.b64encode(blob).decode())

    def delete(self) -> None:
        """Forget the wrapped key. Raises like `get`."""
        self._visit("delete")

    def _visit(self, task: str, blob: str = "") -> str | None:
        environment = {name: os.environ[name] for name in _NEEDED if name in os.environ}
        try:
            child = subprocess.run(  # noqa: S603  # our own module, by a fixed command
                [*self._command, task, self._name],
                input=blob,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                timeout=self._seconds,
                start_new_session=True,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise KeyringLocked("The system keyring did not answer in time.") from None
        except OSError as error:
            raise KeyringUnavailable(f"The system keyring cannot be asked ({error.strerror}).") from None
        if child.returncode in (Ending.DONE, Ending.EMPTY):
            return child.stdout if child.returncode == Ending.DONE else None
        raise _fault(child.returncode)


def _fault(status: int) -> KioskError:
    if status == Ending.LOCKED:
        return KeyringLocked("The system keyring is locked.")
    if status == Ending.TAKEN:
        return KeyringFault("The system keyring already holds another provider key.")
    if status == Ending.NOT_KEPT:
        return KeyringFault("The system keyring did not keep the key.")
    if status == Ending.REFUSED:
        return KeyringFault("The keyring that answers is not the system's Secret Service.")
    return KeyringUnavailable("No system keyring serves here.")


def _decoded(text: bytes) -> bytes:
    try:
        return base64.b64decode(text.strip(), validate=True)
    except binascii.Error:
        raise NotAKey("What lies in the key's place is no provider key.") from None


def keep(place: Place, blob: bytes, *, keyring: KeyringStore | None = None) -> str:
    """Keep a new wrapped key in the system keyring, or in provider.key where none serves; says where."""
    for store in (keyring or KeyringStore(place.home), FileStore(place.provider_key)):
        try:
            store.put(blob)
        except KeyringUnavailable:
            continue
        return store.where
    raise KeyringFault("The provider's key could not be kept.")


class NoProviderKey(KioskError):
    """This machine holds no provider key."""

    hint = "Open the list on the provider's machine, or put the key back from its backup."


def stored(place: Place, *, keyring: KeyringStore | None = None) -> bytes:
    """The wrapped key, from provider.key if it is there, else from the keyring. Raises NoProviderKey or KioskError."""
    blob = FileStore(place.provider_key).get()
    if blob is None:
        blob = (keyring or KeyringStore(place.home)).get()
    if blob is None:
        raise NoProviderKey("There is no provider key on this machine.")
    return blob


def replace_stored(place: Place, blob: bytes, *, keyring: bool, ring: KeyringStore | None = None) -> str:
    """Put a wrapped key where the provider's key lies; says where. Killed anywhere, the new one is found.

    provider.key goes ahead of the keyring, so it holds the new key until the keyring gave it back.
    """
    file, ring = FileStore(place.provider_key), ring or KeyringStore(place.home)
    file.replace(blob)
    if not keyring:
        return file.where
    try:
        ring.replace(blob)
    except KioskError as error:
        return f"{file.where}, because of this: {error}"
    file.remove()
    return ring.where


def unlock(place: Place, passphrase: str) -> Seeds:
    """The provider's seed, with the other one during a rotation. Raises NoProviderKey, WrongPassphrase, KioskError."""
    return beside(place, unwrap(stored(place), passphrase))
