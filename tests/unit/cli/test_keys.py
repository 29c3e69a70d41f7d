"""`kiosk keys` and its neighbours, from the outside, with real keys."""

from __future__ import annotations

import json
import os
import pty
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from kiosk.desk.keys.derivation import recipient
from kiosk.desk.keys.paper_backup import to_lines
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.keys.spoken_check import of_key, of_signer, rows
from kiosk.vault import locks
from kiosk.vault.station_key import StationKey
from tests.command_line import kiosk
from tests.made_up import SEED, SEEDS, Made, made_at

PASSPHRASE = "four made up words"
Run = Callable[..., CompletedProcess[str]]


def private(path: Path, text: str) -> Path:
    path.touch(mode=0o600)
    path.write_text(text)
    return path


@pytest.fixture
def keys(file: Path, tmp_path: Path) -> Run:
    """Run a task of `kiosk keys` with the passphrase file."""

    def run(*words: str, **extra: str) -> CompletedProcess[str]:
        return kiosk("keys", *words, "--passphrase-file", str(file), cwd=tmp_path, **extra)

    return run


def dealt(path: Path, label: str, file: Path) -> None:
    options = ("--station", label, str(path), "--passphrase-file", str(file))
    assert kiosk("region", *options, cwd=path.parent).returncode == 0


def listed(file: Path, tmp_path: Path, **extra: str) -> set[int]:
    said = kiosk("list", "--json", "--passphrase-file", str(file), cwd=tmp_path, **extra)
    assert said.returncode == 0, said.stderr
    return {row["number"] for row in json.loads(said.stdout)["rows"]}


def test_shown_are_fingerprints_and_nothing_secret(desk: Made, keys: Run, file: Path, tmp_path: Path) -> None:
    """`kiosk keys show`: the public key's fingerprint, where the private one lies, and no secret."""
    said = kiosk("keys", "show", "--public", "lead.public", cwd=tmp_path)
    assert said.returncode == 0 and of_key(recipient(SEED)) in said.stdout and "provider.key" in said.stdout
    assert SEED.hex() not in said.stdout and desk.key.station_secret.hex() not in said.stdout
    desk.place.station_key.unlink()
    assert keys("show").stdout == said.stdout.partition("lead.public")[0]
    assert json.loads((tmp_path / "lead.public").read_text())["public"] == recipient(SEED).public.hex()


def test_a_backup_is_nine_lines_that_bring_the_key_back(desk: Made, keys: Run, file: Path, tmp_path: Path) -> None:
    """Backup and restore: the sheet's own text goes in again, under a new passphrase, and opens every record."""
    number = desk.keep()
    sheet = keys("backup").stdout
    assert all(f"  {at}  {line}" in sheet for at, line in enumerate(to_lines(SEED), 1))
    assert rows(of_key(recipient(SEED)))[1] in sheet and all(len(line) <= 80 for line in sheet.splitlines())
    words = private(tmp_path / "words", sheet)
    checked = keys("restore", "--check", "--words-file", str(words))
    assert checked.returncode == 0 and "are the key of the desk" in checked.stdout
    desk.place.provider_key.unlink()
    file.write_text("some other made up words\n")
    restored = keys("restore", "--words-file", str(words))
    assert restored.returncode == 0, restored.stderr
    assert listed(file, tmp_path) == {number}


def test_wrong_words_change_nothing(desk: Made, keys: Run, tmp_path: Path) -> None:
    """Restore: a wrong line is named, another key's words are refused, and the key that is there stays."""
    before = desk.place.provider_key.read_bytes()
    lines = list(to_lines(SEED))
    one_less = private(tmp_path / "less", "\n".join([*lines[:3], lines[3].rpartition(" ")[0], *lines[4:]]))
    said = keys("restore", "--words-file", str(one_less))
    assert said.returncode == 3 and "Line 4 has 3 words, and needs 4." in said.stderr
    other = private(tmp_path / "other", "\n".join(to_lines(bytes(32))))
    said = keys("restore", "--words-file", str(other))
    assert said.returncode == 3 and "are a key, and not the one" in said.stderr
    assert desk.place.provider_key.read_bytes() == before


def test_a_machine_that_lost_everything(desk: Made, keys: Run, file: Path, tmp_path: Path) -> None:
    """Restore: paper, and copies of desk.toml and summaries.db, are enough for the list."""
    number = desk.keep()
    words = private(tmp_path / "words", "\n".join(to_lines(SEED)))
    new = tmp_path / "new"
    said = keys("restore", "--words-file", str(words), KIOSK_HOME=str(new))
    assert said.returncode == 0 and "desk.toml" in said.stdout
    for name in ("desk.toml", "summaries.db"):
        (new / name).write_bytes((desk.place.home / name).read_bytes())
    assert listed(file, tmp_path, KIOSK_HOME=str(new)) == {number}
    dealing = ("region", "--station", "LATER", str(tmp_path / "later"), "--passphrase-file", str(file))
    refused = kiosk(*dealing, cwd=tmp_path, KIOSK_HOME=str(new))
    assert refused.returncode == 3 and "--dealt N" in refused.stderr and not (tmp_path / "later").exists()
    assert kiosk(*dealing, "--dealt", "3", cwd=tmp_path, KIOSK_HOME=str(new)).returncode == 0
    fourth = desk.region
    for label in ("SECOND", "THIRD"):
        fourth, lost = fourth.deal(label, SEEDS)
        assert not lost.classes & StationKey.read(tmp_path / "later").classes
    assert StationKey.read(tmp_path / "later").classes == fourth.deal("FOURTH", SEEDS)[1].classes


def test_a_rotation_and_a_station_elsewhere(desk: Made, keys: Run, file: Path, tmp_path: Path) -> None:
    """Rotate: nothing is lost on the way, the operator is told what to carry where, and then the old key is gone."""
    there = made_at(tmp_path / "there")
    first = tmp_path / "first.region"
    assert (
        kiosk("region", "--station", "BACK", str(first), "--passphrase-file", str(file), cwd=tmp_path).returncode == 0
    )
    there.place.station_key.write_bytes(first.read_bytes())
    there.place.desk_toml.unlink()
    number = desk.keep()
    turned = keys("rotate")
    assert turned.returncode == 0, turned.stderr
    assert "Sealed to the new key: 1." in turned.stdout and "  BACK" in turned.stdout
    assert listed(file, tmp_path) == {number}
    assert "under way" in keys("show").stdout
    second = tmp_path / "second.region"
    again = ("region", "--again", "--station", "BACK", str(second), "--passphrase-file", str(file))
    assert kiosk(*again, cwd=tmp_path).returncode == 0
    home = {"KIOSK_HOME": str(there.place.home)}
    taken = kiosk("region", "--take", str(second), cwd=tmp_path, **home)
    assert taken.returncode == 0, taken.stderr
    assert there.place.station_key.read_bytes() == second.read_bytes() != first.read_bytes()
    back = kiosk("region", "--take", str(first), cwd=tmp_path, **home)
    assert back.returncode == 3 and "not newer" in back.stderr
    assert there.place.station_key.read_bytes() == second.read_bytes()
    stranger = kiosk("region", "--take", str(second), cwd=tmp_path)
    assert stranger.returncode == 3 and "another station" in stranger.stderr
    assert keys("rotate", "--suite", "x-wing").returncode == 2
    done = keys("rotate", "--finish")
    assert done.returncode == 0 and "old key is destroyed" in done.stdout and "Burn the old paper" in done.stdout
    assert listed(file, tmp_path) == {number}
    assert not desk.place.rotation_key.exists()
    assert keys("rotate", "--finish").returncode == 3
    assert of_key(recipient(SEED)) not in keys("show").stdout


def test_a_rotation_to_another_suite_and_passphrase(desk: Made, keys: Run, file: Path, tmp_path: Path) -> None:
    """Rotate: to X-Wing, for a second recipient too, under a passphrase of its own; the old one opens nothing then."""
    number = desk.keep()
    lead = {"KIOSK_HOME": str(tmp_path / "lead")}
    made = keys("new", "--region", "MO-606", "--suite", "x-wing", **lead)
    assert made.returncode == 0, made.stderr
    public = tmp_path / "lead.public"
    assert keys("show", "--public", str(public), **lead).returncode == 0
    new = private(tmp_path / "new", "entirely other made up words\n")
    options = ("--suite", "x-wing", "--recipients", str(public), "--new-passphrase-file", str(new))
    assert keys("rotate", "--recipients", str(public)).returncode == 2  # a key of another kind
    turned = keys("rotate", *options)
    assert turned.returncode == 0, turned.stderr
    assert keys("show").stdout.count("x-wing") == 2
    assert kiosk("list", "--passphrase-file", str(file), cwd=tmp_path).returncode == 3
    assert listed(new, tmp_path) == {number}
    assert {len(row.untrusted_sealed) for row in desk.store.rows()} == {4900}


def test_a_running_kiosk_is_told_of(desk: Made, keys: Run) -> None:
    """Rotate: refused with a sentence while a kiosk runs; nothing has begun."""
    held = locks.hold(desk.place)
    said = keys("rotate")
    os.close(held)
    assert said.returncode == 3 and "A kiosk is running" in said.stderr and not desk.place.rotation_key.exists()


def test_a_desk_without_a_kiosk(keys: Run, file: Path, tmp_path: Path, kiosk_home: Path) -> None:
    """`kiosk keys new`: key, list and region at once; then it deals stations, takes their sticks, and lists them."""
    made = keys("new", "--region", "MO-606")
    assert made.returncode == 0, made.stderr
    assert keys("new", "--region", "MO-606").returncode == 3 and keys("new", "--region", "nowhere").returncode == 2
    path = tmp_path / "front.region"
    assert (
        kiosk("region", "--station", "FRONT", str(path), "--passphrase-file", str(file), cwd=tmp_path).returncode == 0
    )
    there = made_at(tmp_path / "there")
    there.place.station_key.write_bytes(path.read_bytes())
    there.key = type(there.key).read(there.place.station_key)
    number = there.keep()
    written = kiosk("export", "--sealed", str(tmp_path / "stick"), cwd=tmp_path, KIOSK_HOME=str(there.place.home))
    assert written.returncode == 0 and "holds 1 sealed records" in written.stdout, written.stderr
    nobody = kiosk("import", str(tmp_path / "stick"), cwd=tmp_path)
    assert nobody.returncode == 4 and "--passphrase-file" in nobody.stderr
    taken = kiosk("import", str(tmp_path / "stick"), "--passphrase-file", str(file), cwd=tmp_path)
    assert taken.returncode == 0 and taken.stdout.startswith("Taken: 1."), taken.stderr
    assert listed(file, tmp_path) == {number}
    bad = private(tmp_path / "bad", "no stick")
    refused = kiosk("import", str(bad), "--passphrase-file", str(file), cwd=tmp_path)
    assert refused.returncode == 3 and "too short" in refused.stderr


def test_the_words_leave_the_glass(desk: Made, tmp_path: Path, file: Path) -> None:
    """Backup: on a terminal the words stand on a page of their own, which is cleared, history too, after Enter."""
    pid, master = pty.fork()
    if pid == 0:
        os.chdir(tmp_path)
        words = [sys.executable, "-m", "kiosk", "keys", "backup", "--passphrase-file", str(file)]
        os.execv(sys.executable, words)
    shown = b""
    while b"press Enter" not in shown:
        shown += os.read(master, 4096)
    assert to_lines(SEED)[8].encode() in shown
    os.write(master, b"\n")
    while data := last(master):
        shown += data
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    os.close(master)
    page, _, rest = shown.rpartition(b"\x1b[?1049l")
    assert b"--check" in rest and page.count(b"\x1b[?1049h") == 1 and page.endswith(b"\x1b[2J\x1b[3J\x1b[H")
    secret = [line.encode() for line in to_lines(SEED)]
    assert not any(line in page.partition(b"\x1b[?1049h")[0] or line in rest for line in secret)


def last(master: int) -> bytes:
    """What comes next from a terminal; nothing once its other end is closed."""
    try:
        return os.read(master, 4096)
    except OSError:
        return b""


def test_a_second_provider_ranks(desk: Made, keys: Run, file: Path, tmp_path: Path) -> None:
    """Share and take: a second recipient lists what stations of the first sealed, after the check was read out."""
    lead = {"KIOSK_HOME": str(tmp_path / "lead")}
    assert keys("new", "--region", desk.key.region, **lead).returncode == 0
    shown = keys("show", "--public", "lead.public", **lead)
    assert shown.returncode == 0, shown.stderr
    refused = keys("share", "lead.register", "--to", "lead.public")
    assert refused.returncode == 3 and "not sealed to this public key" in refused.stderr
    number = desk.keep()
    assert keys("rotate", "--recipients", "lead.public").returncode == 0
    shared = keys("share", "lead.register", "--to", "lead.public")
    assert shared.returncode == 0, shared.stderr
    check = shared.stdout.partition("never send it along: ")[2].splitlines()[0]
    wrong = keys("take", "lead.register", "--check", check[::-1], **lead)
    assert wrong.returncode == 3 and "not the file" in wrong.stderr
    taken = keys("take", "lead.register", "--check", check, **lead)
    assert taken.returncode == 0, taken.stderr
    assert kiosk("export", "--sealed", "stick.sealed", cwd=tmp_path).returncode == 0
    brought = kiosk("import", "stick.sealed", "--passphrase-file", str(file), cwd=tmp_path, **lead)
    assert brought.returncode == 0, brought.stderr
    assert listed(file, tmp_path, **lead) == {number}
    assert keys("rotate", **lead).returncode == 3


def test_a_station_of_the_first_format_compares_its_first_signed_file(desk: Made, tmp_path: Path) -> None:
    """Region file 2: the first is compared by voice; a changed one, another provider's, an unsigned one is refused."""
    there = made_at(tmp_path / "there")
    old = replace(desk.key, serial=0, signers=(), signatures=(), news=())
    old.write(there.place.station_key, replace=True)
    home = {"KIOSK_HOME": str(there.place.home)}

    def take(key: StationKey, *words: str) -> str:
        (tmp_path / "carried").unlink(missing_ok=True)
        key.write(tmp_path / "carried")
        return kiosk("region", "--take", str(tmp_path / "carried"), *words, cwd=tmp_path, **home).stderr

    region, new = desk.region.again("front", SEEDS)
    check = of_signer(new.signers[0])
    assert "compared by voice" in take(new)
    assert "compared by voice" in take(new, "--check", "zebra " + check)
    assert "not signed" in take(replace(new, recipients=(recipient(bytes(32)),)), "--check", check)
    assert "not signed" in take(old, "--check", check)
    assert StationKey.read(there.place.station_key) == old
    assert take(new, "--check", check.upper()) == ""
    assert StationKey.read(there.place.station_key) == new
    _, other = replace(region, files=9).again("front", Seeds(bytes(32)))
    assert "not signed" in take(other, "--check", of_signer(other.signers[0]))
    _, newer = region.again("front", SEEDS)
    assert take(newer) == ""
