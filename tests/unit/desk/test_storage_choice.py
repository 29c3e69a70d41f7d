from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kiosk.desk.keys import keyring_child, storage
from kiosk.desk.keys.derivation import wrap
from kiosk.desk.keys.keyring_child import Ending
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.keys.storage import KeyringFault, KeyringStore
from kiosk.paths import Place
from tests.made_up import CHEAP, SEED

WORDS = "amber barn candle dune ember fig"


def test_where_no_keyring_serves_a_file_does(tmp_path: Path) -> None:
    """The order is fixed and told: the keyring, else the file; a keyring with another key is no reason for a file."""
    place = Place(tmp_path)
    blob = wrap(SEED, WORDS, CHEAP)
    fails = [sys.executable, "-c", f"raise SystemExit({int(Ending.TAKEN)})"]
    with pytest.raises(KeyringFault):
        storage.keep(place, blob, keyring=KeyringStore(tmp_path, command=fails))
    assert not place.provider_key.exists()
    absent = [sys.executable, "-c", f"raise SystemExit({int(Ending.UNAVAILABLE)})"]
    where = storage.keep(place, blob, keyring=KeyringStore(tmp_path, command=absent))
    assert "provider.key" in where and storage.unlock(place, WORDS) == Seeds(SEED)


def test_a_kept_key_is_found_in_the_keyring(tmp_path: Path) -> None:
    """With a keyring that serves, no file is made, and the key comes back from it."""
    place = Place(tmp_path)
    blob = wrap(SEED, WORDS, CHEAP)
    shelf = tmp_path / "shelf"
    code = (
        f"import sys; from pathlib import Path; shelf = Path({str(shelf)!r})\n"
        "if sys.argv[1] == 'put': shelf.write_text(sys.stdin.read())\n"
        "elif shelf.exists(): sys.stdout.write(shelf.read_text())\n"
        f"else: raise SystemExit({int(Ending.EMPTY)})"
    )
    keyring = KeyringStore(tmp_path, command=[sys.executable, "-c", code])
    with pytest.raises(storage.NoProviderKey):
        storage.stored(place, keyring=keyring)
    assert "keyring" in storage.keep(place, blob, keyring=keyring)
    assert not place.provider_key.exists() and storage.stored(place, keyring=keyring) == blob


def test_the_child_refuses_other_orders() -> None:
    """The child does three things and nothing else."""
    for arguments in ([], ["get"], ["list", "a"], ["get", "a", "b"]):
        assert keyring_child.main(arguments) == 2
