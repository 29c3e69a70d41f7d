"""Where the stylesheet that all full-screen programs share lies."""

from __future__ import annotations

from pathlib import Path


def stylesheet() -> Path:
    """Where `kiosk.tcss` lies: beside the packages in a checkout, inside ours once installed."""
    inside = Path(__file__).parents[1] / "kiosk.tcss"
    return inside if inside.exists() else inside.parents[1] / "kiosk.tcss"
