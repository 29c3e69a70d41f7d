"""What the launcher would tell the supervisor."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

TOY = Path(__file__).with_name("toy.py")


def settings(told: dict[str, Any], toy: str, events: int) -> dict[str, Any]:
    """Plain settings for a toy sitting, with what is `told` otherwise."""
    whole: dict[str, Any] = {
        "sitting": {"argv": [sys.executable, "-I", "-S", str(TOY)], "env": {"TOY": toy, "LANG": "C.UTF-8"}},
        "clerk": None,
        "closing": None,
        "snapshot_fd": None,
        "keep_fds": [],
        "idle_seconds": 3600,
        "warn_seconds": 30,
        "panic_key": None,
        "after_leaving": "home",
        "quit": True,
        "standby": True,
        "neutral": ["Neutral page", "second line"],
        "limits": {"max_columns": 400, "max_rows": 200},
        "events_fd": events,
    } | told
    whole["sitting"]["env"] |= whole.pop("toy_env", {})
    return whole
