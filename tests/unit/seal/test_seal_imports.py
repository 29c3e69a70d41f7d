from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import kiosk

ROOM = Path(kiosk.__file__).parent
MODULES = sorted(
    ".".join(("kiosk", *path.relative_to(ROOM).with_suffix("").parts))
    for room in ("seal", "vault", "priority")
    for path in (ROOM / room).glob("*.py")
    if path.name != "__init__.py"
)
LIGHT = ["kiosk.seal.record", "kiosk.seal.wire", "kiosk.seal.phrase", "kiosk.vault.numbers", "kiosk.vault.health"]
LIGHT += ["kiosk.vault.station_key", "kiosk.vault.rebuild", "kiosk.vault.clerk", "kiosk.priority.profile"]


def loaded_after(statement: str) -> set[str]:
    """Modules that a clean interpreter holds after a statement."""
    code = f"import sys; {statement}; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-s", "-P", "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_a_clean_interpreter_would_show_the_desk() -> None:
    """Presence first: importing the desk's opener does load the desk."""
    assert "kiosk.desk.keys.derivation" in loaded_after("import kiosk.desk.records.unsealing")


@pytest.mark.parametrize("module", MODULES)
def test_serving_loads_nothing_that_opens(module: str) -> None:
    """P4: importing any module of seal, vault or priority loads nothing of the desk, and no keyring."""
    loaded = loaded_after(f"import {module}")
    assert module in loaded
    assert not [name for name in loaded if name.startswith(("kiosk.desk", "keyring", "textual"))]


def test_sealing_and_keeping_load_nothing_that_opens(tmp_path: Path) -> None:
    """P4: a whole save, imports inside functions among it, loads nothing of the desk."""
    statement = (
        "import os; from pathlib import Path; from kiosk.seal.record import seal, Recipient;"
        "from kiosk.vault import migrations; from kiosk.vault.store import Store, mac_of;"
        "from schema.later import Withdrawal; from kiosk.vault.numbers import draw;"
        f"p = Path({str(tmp_path / 's.db')!r}); migrations.create(p); store = Store(p, bytes(32));"
        "n = draw(range(4096), bytes(32), store.taken);"
        "r = [Recipient(1, b'9' + bytes(31))]; z = seal(Withdrawal(12345674, bytes(8), 1), n, r);"
        "store.append(n, z, mac_of(bytes(32), n, z))"
    )
    loaded = loaded_after(statement)
    assert "sqlmodel" in loaded and "cryptography.hazmat.primitives.hpke" in loaded
    assert not [name for name in loaded if name.startswith(("kiosk.desk", "keyring"))]


OWN_PART = ROOM / "vault" / "removal_list.py"
"""Opens a station's own part of a removal list with the station's own secret: it holds numbers to remove, no record."""


@pytest.mark.parametrize("room", ["seal", "vault", "priority", "sitting", "terminal", "supervisor"])
def test_no_private_key_is_named(room: str) -> None:
    """P4: no module that serves a visitor names a private key class or a way to decrypt."""
    for path in (ROOM / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(node, "attr", getattr(node, "id", getattr(node, "name", "")))
            assert not str(name).endswith("PrivateKey"), path
            assert name != "decrypt" or path == OWN_PART, path


def test_the_desk_does_name_one() -> None:
    """Presence first: the same search finds the desk's private keys."""
    assert "PrivateKey" in (ROOM / "desk" / "keys" / "derivation.py").read_text()


@pytest.mark.parametrize("module", LIGHT)
def test_starting_up_stays_light(module: str) -> None:
    """What start-up imports waits for no cipher, database layer or validator."""
    heavy = ("cryptography", "sqlmodel", "sqlalchemy", "pydantic", "keyring")
    assert not [name for name in loaded_after(f"import {module}") if name.startswith(heavy)]
