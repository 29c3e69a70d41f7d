"""Set-up makes all of a kiosk or nothing of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from kiosk import config
from kiosk.desk import key_store, keys
from kiosk.desk.key_store import KeyringUnavailable
from kiosk.desk.listing import list_records
from kiosk.errors import KioskError
from kiosk.paths import Place, check_modes
from kiosk.setup import folder, make
from kiosk.setup.draft import Draft
from kiosk.setup.folder import AlreadySetUp, FolderTaken
from kiosk.setup.made import Made
from kiosk.setup.offers import NotOffered, complete
from kiosk.setup.passphrase import BadPassphrase
from kiosk.vault import health
from kiosk.vault.station_key import StationKey

PASSPHRASE = "four made up words"


class Keyring:
    """A made-up keyring: what it holds, and whether it serves."""

    def __init__(self) -> None:
        self.held: dict[Path, bytes] = {}
        self.serves = True

    def at(self, home: Path) -> _At:
        return _At(self, home)


class _At:
    """The keyring for one data folder."""

    def __init__(self, keyring: Keyring, home: Path) -> None:
        self.keyring, self.home = keyring, home

    def put(self, blob: bytes) -> None:
        if not self.keyring.serves:
            raise KeyringUnavailable("No made-up keyring serves here.")
        self.keyring.held[self.home] = blob

    def get(self) -> bytes | None:
        return self.keyring.held.get(self.home)

    def delete(self) -> None:
        self.keyring.held.pop(self.home, None)


@pytest.fixture(autouse=True)
def keyring(monkeypatch: pytest.MonkeyPatch) -> Keyring:
    """A made-up keyring instead of this machine's, and a passphrase that costs a test little."""
    found = Keyring()
    monkeypatch.setattr(key_store, "KeyringStore", found.at)
    wrap = keys.wrap
    cheap = keys.Cost(memory_kib=64, passes=1, lanes=1)
    monkeypatch.setattr(keys, "wrap", lambda seed, passphrase: wrap(seed, passphrase, cheap))
    return found


@pytest.fixture
def place(kiosk_home: Path) -> Place:
    """Where the kiosk will be."""
    return Place(kiosk_home)


def draft(**changes: object) -> Draft:
    """A complete draft of a kiosk with its desk."""
    made = Draft(passphrase=PASSPHRASE)
    for name, value in changes.items():
        setattr(made, name, value)
    complete(made)
    return made


def build(place: Place, **changes: object) -> Made:
    """Make a kiosk."""
    return make.make(place, draft(**changes), lambda step: None)


def test_everything_is_there_and_private(place: Place, keyring: Keyring) -> None:
    """Settings, keys, database and checked pack; 0700 and 0600; the key in the keyring opens with the passphrase."""
    made = build(place, panic_key="f8", idle_seconds=240)
    assert made.key == "keyring" and not place.provider_key.exists()
    check_modes(place)
    health.check(place.summaries)
    settings = config.read(place.station_toml)
    assert (settings.panic_key, settings.idle_seconds, settings.region) == ("f8", 240, "MO-606")
    assert StationKey.read(place.station_key).station == settings.station == "KIOSK-1"
    seed = keys.unwrap(keyring.held[place.home], PASSPHRASE)
    assert list_records(place, seed).rows == ()
    assert len(list(place.packs.iterdir())) == 1 and place.run.is_dir()


def test_without_a_keyring_the_key_is_in_a_file(place: Place, keyring: Keyring) -> None:
    """Where no keyring serves, the wrapped key is in a 0600 file, and the operator is told which and why."""
    keyring.serves = False
    made = build(place)
    assert made.key == "file" and "made-up keyring" in made.because
    assert place.provider_key.stat().st_mode & 0o777 == 0o600
    assert keys.unwrap(key_store.FileStore(place.provider_key).get() or b"", PASSPHRASE)
    assert any("provider.key" in sentence for sentence in made.sentences())


def test_no_secret_is_in_clear_in_any_file(place: Place, keyring: Keyring) -> None:
    """Neither the passphrase nor the seed is in any file; the wrapped key is."""
    keyring.serves = False
    build(place)
    every = b"".join(path.read_bytes() for path in place.home.rglob("*") if path.is_file())
    blob = key_store.FileStore(place.provider_key).get() or b""
    seed = keys.unwrap(blob, PASSPHRASE)
    assert place.provider_key.read_bytes().strip() in every, "the search must find what is there"
    for secret in (PASSPHRASE.encode(), seed, seed.hex().encode(), keys.derive(seed, b"x25519")):
        assert secret not in every


def test_a_station_with_a_region_file_holds_no_private_key(place: Place, tmp_path: Path, keyring: Keyring) -> None:
    """P4: a kiosk-only station never has a private key, nor a desk."""
    build(Place(tmp_path / "desk"))
    key = StationKey.read(Place(tmp_path / "desk").station_key)
    keyring.held.clear()
    taken = Draft()
    taken.take_region_file(key)
    complete(taken)
    assert make.make(place, taken, lambda step: None).key == "none"
    assert keyring.held == {}
    assert not place.provider_key.exists() and not place.desk_toml.exists()
    assert StationKey.read(place.station_key).recipients == key.recipients


STEPS = [
    *("kiosk.vault.station_key.StationKey.write", "kiosk.desk.region.Region.write", "kiosk.vault.migrations.create"),
    *("kiosk.config.write", "kiosk.content.snapshot.frozen", "kiosk.setup.make._keep", "kiosk.setup.folder._rename"),
    *("kiosk.setup.folder._flush", "kiosk.desk.keys.new_seed"),
]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KioskError("made up"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", STEPS)
def test_any_failure_leaves_nothing(
    step: str, error: BaseException, place: Place, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, a fault or an interruption at any step leaves no folder, no half of one, and no key."""

    def fail(*_: object, **__: object) -> None:
        raise error

    with monkeypatch.context() as planted:
        planted.setattr(step, fail)
        with pytest.raises((KioskError, OSError, KeyboardInterrupt)):
            build(place)
        assert list(place.home.parent.iterdir()) == []
        assert keyring.held == {}
    assert build(place).key == "keyring", "and it can be made afterwards"


def test_an_existing_kiosk_is_refused(place: Place) -> None:
    """A second set-up is refused with a sentence, and touches nothing."""
    build(place)
    before = {path: path.read_bytes() for path in place.home.rglob("*") if path.is_file()}
    with pytest.raises(AlreadySetUp):
        build(place)
    assert before == {path: path.read_bytes() for path in place.home.rglob("*") if path.is_file()}


def test_a_folder_of_others_is_refused(place: Place, tmp_path: Path) -> None:
    """A folder with anything in it, a file, or a link in the place is refused; an empty folder will do."""
    place.home.mkdir()
    (place.home / "diary").write_text("")
    with pytest.raises(FolderTaken):
        build(place)
    (place.home / "diary").unlink()
    build(place)
    link = Place(tmp_path / "link")
    link.home.symlink_to(tmp_path)
    with pytest.raises(FolderTaken):
        build(link)


def test_of_two_at_once_one_wins(place: Place, keyring: Keyring, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two set-ups at the same moment: the second to finish is refused, and leaves the first's kiosk whole."""
    rename = folder._rename

    def other_first(passing: Path, target: Place) -> None:
        monkeypatch.setattr(folder, "_rename", rename)
        build(place)
        rename(passing, target)

    monkeypatch.setattr(folder, "_rename", other_first)
    with pytest.raises(AlreadySetUp):
        build(place)
    check_modes(place)
    assert tomllib.loads(place.station_toml.read_text())
    assert [path.name for path in place.home.parent.iterdir()] == ["kiosk"]


def test_what_a_killed_set_up_left_is_swept(place: Place) -> None:
    """A set-up killed half-way leaves a hidden folder; the next one removes it, but not one still at work."""
    code = f"""
import os, signal
from pathlib import Path
from kiosk.paths import Place
from kiosk.setup.folder import coming
with coming(Place(Path({str(place.home)!r}))) as new:
    new.station_key.write_text("half")
    print("here", flush=True)
    signal.pause()
"""
    maker = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert maker.stdout is not None and maker.stdout.read(4) == b"here"
    folder.sweep(place)
    assert len(list(place.home.parent.iterdir())) == 1, "one still at work stays"
    os.kill(maker.pid, signal.SIGKILL)
    maker.wait()
    assert len(list(place.home.parent.iterdir())) == 1, "it must have left something"
    build(place)
    assert [path.name for path in place.home.parent.iterdir()] == ["kiosk"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"passphrase": "short"}, BadPassphrase),
        ({"station": "Mary"}, config.UnfitSetting),
        ({"idle_seconds": 5}, config.UnfitSetting),
        ({"panic_key": "f12"}, config.UnfitSetting),
    ],
)
def test_a_bad_choice_makes_nothing(changes: dict[str, object], error: type[KioskError], place: Place) -> None:
    """What does not fit is refused before anything is made."""
    with pytest.raises(error):
        build(place, **changes)
    assert list(place.home.parent.iterdir()) == []


@pytest.mark.parametrize("changes", [{"language": "xx"}, {"role": "boss"}, {"pack": "practice"}, {"pack": "none"}])
def test_a_pack_offers_what_it_has(changes: dict[str, object]) -> None:
    """A language, role or pack that is not there is refused by name."""
    with pytest.raises(KioskError) as refused:
        draft(**changes)
    assert isinstance(refused.value, NotOffered) or "none" in str(refused.value)
