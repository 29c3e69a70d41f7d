"""A small file sealed under the provider's key, filled up to a power of two: its length tells next to nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiosk.desk.keys.sealed_box import SealedBox
from kiosk.desk.keys.seeds import Seeds
from kiosk.vault.file_times import blur_times
from kiosk.vault.private_file import read_private, write_private

BoxOf = Callable[[bytes], SealedBox]
"""The box of one purpose, for a seed."""


def write(path: Path, box: SealedBox, told: object, smallest: int) -> None:
    """Write `told` as JSON, 0600, whole or not at all; at least `smallest` bytes inside the seal."""
    plain = json.dumps(told, separators=(",", ":")).encode()
    room = smallest
    while room < len(plain):
        room *= 2
    write_private(path, box.seal(plain.ljust(room)), replace=True)
    blur_times(path)


def read(path: Path, box_of: BoxOf, seeds: Seeds, longest: int) -> Any:
    """What was told. Raises ValueError where no seed opens it, Missing or another KioskError."""
    raw = read_private(path, longest=longest)
    return json.loads(next((plain for each in seeds if (plain := box_of(each).open(raw)) is not None), b""))
