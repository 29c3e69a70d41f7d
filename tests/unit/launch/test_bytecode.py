"""A sitting cannot write compiled files, so a missing or stale one is noticed and made."""

from __future__ import annotations

import os
import py_compile
from pathlib import Path

from kiosk.launch import bytecode


def test_a_stale_file_is_noticed(tmp_path: Path) -> None:
    """Missing, of another time, of another length, cut short: each is noticed."""
    source = tmp_path / "made_up.py"
    source.write_text("x = 1\n")
    assert not bytecode._fresh(str(source))
    compiled = Path(py_compile.compile(str(source)) or "")
    assert bytecode._fresh(str(source))
    os.utime(source, (1, 1))
    assert not bytecode._fresh(str(source))
    py_compile.compile(str(source))
    assert bytecode._fresh(str(source))
    source.write_text("x = 12\n")
    os.utime(source, (1, 1))
    assert not bytecode._fresh(str(source))
    compiled.write_bytes(b"")
    assert not bytecode._fresh(str(source))


def test_everything_is_compiled_after_making() -> None:
    """After `make`, nothing that serves a visitor is missing."""
    assert bytecode.make()
    assert not bytecode.missing()
