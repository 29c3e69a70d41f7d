from __future__ import annotations

import base64
import json
import stat
import sys
from pathlib import Path

import pytest

from kiosk.desk.keys import storage
from kiosk.desk.keys.derivation import NotAKey, unwrap, wrap
from kiosk.desk.keys.keyring_child import BACKEND, Ending, visit
from kiosk.desk.keys.storage import FileStore, KeyringFault, KeyringLocked, KeyringStore, KeyringUnavailable
from kiosk.errors import KioskError
from kiosk.vault.private_file import AlreadyThere, NotPrivate
from tests.made_up import CHEAP, SEED

WORDS = "amber barn candle dune ember fig"


def test_the_file_holds_the_wrapped_key_alone(tmp_path: Path) -> None:
    """provider.key is 0600, holds the wrapped blob, is never written over, and is refused when open to others."""
    store = FileStore(tmp_path / "provider.key")
    assert store.get() is None
    blob = wrap(SEED, WORDS, CHEAP)
    store.put(blob)
    assert store.get() == blob
    assert stat.S_IMODE((tmp_path / "provider.key").stat().st_mode) == 0o600
    assert base64.b64decode((tmp_path / "provider.key").read_bytes()) == blob
    with pytest.raises(AlreadyThere):
        store.put(wrap(SEED, "other words to use", CHEAP))
    (tmp_path / "provider.key").chmod(0o644)
    with pytest.raises(NotPrivate):
        store.get()


def test_garbage_in_the_files_place(tmp_path: Path) -> None:
    """What is no base64, or no key, is told as such."""
    path = tmp_path / "provider.key"
    path.write_bytes(b"\xff\xfe not base64")
    path.chmod(0o600)
    with pytest.raises(NotAKey):
        FileStore(path).get()
    path.write_bytes(base64.b64encode(b"x" * 90))
    with pytest.raises(NotAKey):
        unwrap(FileStore(path).get() or b"", WORDS)


class FakeService:
    """A keyring backend that keeps what it is given; its module is set to pass for the real one."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class Real(FakeService):
    """Passes for the system's Secret Service."""


Real.__module__ = BACKEND


class Forgetful(Real):
    """Takes a key and keeps nothing, as keyring's null backend does."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


Forgetful.__module__ = BACKEND


def test_a_keyring_that_keeps() -> None:
    """Put, read back, get, and never another key over it."""
    keyring = Real()
    assert visit(keyring, "get", "a", "") == (Ending.EMPTY, "")
    assert visit(keyring, "put", "a", "blob") == (Ending.DONE, "")
    assert visit(keyring, "put", "a", "blob") == (Ending.DONE, "")
    assert visit(keyring, "put", "a", "other") == (Ending.TAKEN, "")
    assert visit(keyring, "get", "a", "") == (Ending.DONE, "blob")
    assert visit(keyring, "delete", "a", "") == (Ending.DONE, "")
    assert visit(keyring, "get", "a", "") == (Ending.EMPTY, "")


def test_a_keyring_that_forgets_is_found_out() -> None:
    """F6: a backend that accepts and keeps nothing is told at once, not when the key is needed."""
    assert visit(Forgetful(), "put", "a", "blob") == (Ending.NOT_KEPT, "")


@pytest.mark.parametrize(
    "module",
    ["keyring.backends.null", "keyring.backends.fail", "keyring.backends.chainer", "keyrings.alt.file", "evil"],
)
def test_other_backends_are_refused(module: str) -> None:
    """F6: null, fail, chainer, plain text files and strangers are refused before they see the key."""
    other = type("Keyring", (FakeService,), {"__module__": module})()
    assert visit(other, "put", "a", "blob") == (Ending.REFUSED, "")
    assert not other.kept


def test_poison_in_the_environment_chooses_no_backend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """F6, J1: variables and a keyringrc that name another backend have no effect; it gets no key."""
    seen = tmp_path / "seen"
    evil = f"import pathlib; pathlib.Path({str(seen)!r}).write_text('loaded')"
    (tmp_path / "evil.py").write_text(evil)
    (tmp_path / "sitecustomize.py").write_text(evil)
    config = tmp_path / "config" / "python_keyring"
    config.mkdir(parents=True)
    (config / "keyringrc.cfg").write_text(f"[backend]\ndefault-keyring=evil.Keyring\nkeyring-path={tmp_path}\n")
    for name, value in {
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "PYTHONPATH": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/no-bus",
    }.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(KeyringUnavailable):
        KeyringStore(tmp_path, seconds=30).put(b"x" * 90)
    assert not seen.exists()


def test_a_keyring_that_never_answers(tmp_path: Path) -> None:
    """F5: a prompt that nobody sees does not hang the program; it is told as locked."""
    sleeper = [sys.executable, "-c", "import time; time.sleep(600)"]
    with pytest.raises(KeyringLocked):
        KeyringStore(tmp_path, seconds=0.2, command=sleeper).get()


@pytest.mark.parametrize(
    ("ending", "error"),
    [
        (Ending.UNAVAILABLE, KeyringUnavailable),
        (Ending.LOCKED, KeyringLocked),
        (Ending.TAKEN, KeyringFault),
        (Ending.NOT_KEPT, KeyringFault),
        (Ending.REFUSED, KeyringFault),
        (1, KeyringUnavailable),
        (-9, KeyringUnavailable),
    ],
)
def test_each_ending_has_its_sentence(tmp_path: Path, ending: int, error: type[KioskError]) -> None:
    """Each way in which a keyring fails, a crash among them, is a sentence with a hint."""
    ends = f"import os; os.kill(os.getpid(), {-ending})" if ending < 0 else f"raise SystemExit({int(ending)})"
    with pytest.raises(error) as caught:
        KeyringStore(tmp_path, command=[sys.executable, "-c", ends]).put(b"x" * 90)
    assert str(caught.value).endswith(".") and caught.value.hint


def test_the_key_goes_by_standard_input(tmp_path: Path) -> None:
    """P6: the wrapped key is in no argument and no environment variable of the child."""
    told = tmp_path / "told"
    code = (
        "import json, os, sys; from pathlib import Path;"
        f"Path({str(told)!r}).write_text(json.dumps([sys.argv, dict(os.environ), sys.stdin.read()]))"
    )
    KeyringStore(tmp_path, command=[sys.executable, "-c", code]).put(b"x" * 90)
    arguments, environment, given = json.loads(told.read_text())
    blob = base64.b64encode(b"x" * 90).decode()
    assert given == blob
    assert blob not in json.dumps([arguments, environment])
    assert set(environment) <= {*storage._NEEDED, "LC_CTYPE"}
