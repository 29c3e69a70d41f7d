"""A sitting cannot write compiled files, so a missing or stale one is noticed and made."""

from __future__ import annotations

import marshal
import os
import py_compile
from pathlib import Path
from py_compile import PycInvalidationMode

import pytest

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


@pytest.mark.parametrize("mode", [PycInvalidationMode.UNCHECKED_HASH, PycInvalidationMode.CHECKED_HASH])
def test_a_hash_is_no_proof(mode: PycInvalidationMode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A compiled file that goes by a hash is made anew; where it cannot be, it is compared with its source."""
    source = tmp_path / "made_up.py"
    source.write_text("x = 1\n")
    monkeypatch.setattr(bytecode, "_sources", lambda *_: iter([str(source)]))
    compiled = Path(py_compile.compile(str(source), invalidation_mode=mode) or "")
    head = compiled.read_bytes()[:16]
    assert bytecode.missing()
    monkeypatch.setattr(bytecode, "make", lambda: False)
    bytecode.ready()
    compiled.write_bytes(head + marshal.dumps(compile("x = 2\n", str(source), "exec")))
    with pytest.raises(bytecode.ForeignCode, match="other code"):
        bytecode.ready()
    monkeypatch.undo()
    monkeypatch.setattr(bytecode, "_sources", lambda *_: iter([str(source)]))
    bytecode.ready()
    bytecode.compare()
    assert compiled.read_bytes()[4:8] == bytes(4)


def test_the_same_size_at_the_same_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A source that was changed within its second and size: only compiling again tells, which the doctor does."""
    source = tmp_path / "made_up.py"
    source.write_text("x = 1\n")
    monkeypatch.setattr(bytecode, "_sources", lambda *_: iter([str(source)]))
    py_compile.compile(str(source), invalidation_mode=PycInvalidationMode.TIMESTAMP)
    before = source.stat()
    bytecode.compare()
    source.write_text("x = 2\n")
    os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not bytecode.missing()
    with pytest.raises(bytecode.ForeignCode):
        bytecode.compare()


def test_everything_is_compiled_after_making() -> None:
    """After `make`, nothing that serves a visitor is missing."""
    assert bytecode.make()
    assert not bytecode.missing()
