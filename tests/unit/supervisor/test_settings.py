"""What the launcher may tell, and what the supervisor may import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kiosk.launch.become_supervisor import Plan, Program, settings
from kiosk.supervisor.settings import Settings

ROOT = Path(__file__).parents[3]


def told(**changes: Any) -> dict[str, Any]:
    """Plain settings, with changes."""
    return {
        "sitting": {"argv": ["program"], "env": {"LANG": "C.UTF-8"}},
        "clerk": None,
        "closing": None,
        "snapshot_fd": None,
        "keep_fds": [7],
        "idle_seconds": 180,
        "warn_seconds": 30,
        "panic_key": None,
        "after_leaving": "home",
        "quit": True,
        "standby": True,
        "neutral": ["line"],
        "limits": {"max_columns": 400, "max_rows": 200},
    } | changes


def test_what_the_launcher_writes_is_read() -> None:
    """The launcher's settings are the supervisor's settings."""
    import json

    plan = Plan(sitting=Program(("a", "b"), {"LANG": "C"}), neutral=("one", "two"), panic_key="f8")
    read = Settings(json.loads(settings(plan, 5, (6, 7))), 9)
    assert read.sitting.argv == ["a", "b"]
    assert read.neutral == ["one", "two"]
    assert sorted(read.inherited) == [5, 6, 7, 9]
    assert not read.ends
    assert read.events_fd == -1
    assert read.chosen_key is not None


@pytest.mark.parametrize(
    ("changes", "ends"),
    [({}, False), ({"after_leaving": "end"}, True), ({"standby": False}, True)],
)
def test_who_ends_with_the_first_leaving(changes: dict[str, Any], ends: bool) -> None:
    """Without a standby, or told so, the program ends with its sitting."""
    assert Settings(told(**changes), 3).ends is ends


@pytest.mark.parametrize(
    "changes", [{"panic_key": "enter"}, {"idle_seconds": "long"}, {"neutral": None}, {"limits": {}}]
)
def test_senseless_settings_are_refused(changes: dict[str, Any]) -> None:
    """Nothing is guessed."""
    with pytest.raises((ValueError, TypeError, KeyError)):
        Settings(told(**changes), 3)


def test_supervisor_imports_the_standard_library_only() -> None:
    """P4: what owns the terminal can import no store, no key and no third party's code."""
    code = (
        f"import sys; sys.path.append({str(ROOT)!r}); import kiosk.supervisor.supervising;"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}));"
        "print(*sorted(name for name in sys.modules if name.startswith('kiosk')))"
    )
    shown = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True).stdout
    rooms, ours = (set(line.split()) for line in shown.splitlines())
    assert rooms <= {*sys.stdlib_module_names, "kiosk", "__main__"}
    assert {name for name in ours if not name.startswith("kiosk.supervisor")} == {"kiosk"}
    assert not rooms & {"typing", "dataclasses", "asyncio", "logging", "subprocess"}
