"""`kiosk paper` and `kiosk training`, from the outside."""

from __future__ import annotations

import json
import os
import pty
import sys
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from kiosk import config
from schema.sheet import SheetState
from tests.command_line import kiosk
from tests.made_up import Made


def states(tmp_path: Path, *words: str) -> dict[str, str]:
    """What `kiosk paper --json` says after the options."""
    said = kiosk("paper", *words, "--json", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    return {each["sheet"]: each["state"] for each in json.loads(said.stdout)["sheets"]}


def test_sheets_are_reconciled_by_options(desk: Made, tmp_path: Path) -> None:
    """MO-11: given, handed to the provider, shredded, several at once; what is no sheet is refused, whole."""
    a, b, c, d = sorted(desk.ledgers.new_sheet() for _ in range(4))
    assert states(tmp_path) == dict.fromkeys((a, b, c, d), "open")
    done = states(tmp_path, "--given", a.lower(), "--handed", b, "--shredded", c)
    assert done == {a: "given", b: "handed", c: "shredded", d: "open"}
    for words, code in (
        (("--given", "../../x"), 3),
        (("--given", "33333", "--shredded", d), 3),
        (("--given", d, "--shredded", d), 2),
    ):
        refused = kiosk("paper", *words, cwd=tmp_path)
        assert refused.returncode == code and "../../x" not in refused.stderr, refused.stderr
    plain = kiosk("paper", "--forget", cwd=tmp_path).stdout
    assert f"Open sheets: 1\n  {d}" in plain and "Given: 0, and 1 before" in plain
    assert states(tmp_path) == {d: "open"}


def test_sheets_are_reconciled_at_a_terminal(desk: Made, tmp_path: Path) -> None:
    """MO-11: at shift end each open sheet is asked about; Enter leaves one open."""
    a, b = sorted(desk.ledgers.new_sheet() for _ in range(2))
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(tmp_path)
        os.execv(sys.executable, [sys.executable, "-m", "kiosk", "paper"])
    seen = b""
    for sheet, answer in ((a, b"what\ng\n"), (b, b"\n")):
        while sheet.encode() not in seen:
            seen += os.read(terminal, 4096)
        os.write(terminal, answer)
    with suppress(OSError):
        while b"Shredded: 0" not in seen:
            seen += os.read(terminal, 4096)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    os.close(terminal)
    assert desk.ledgers.sheets() == {a: SheetState.GIVEN, b: SheetState.OPEN}


def test_a_look_at_the_printer(desk: Made, tmp_path: Path) -> None:
    """Printing: whether the device can be opened, and which letters its code page lacks, without a byte printed."""
    paper, device = os.openpty()
    os.set_blocking(paper, False)
    settings = config.Station(
        pack="us-mo",
        language="en",
        role="staff",
        station="DESK-1",
        region="MO-606",
        agency="AGENCY-1",
        printer=os.ttyname(device),
        printer_codepage="cp437",
    )
    config.write(desk.place.station_toml, settings)
    seen = kiosk("paper", "--check", cwd=tmp_path)
    assert seen.returncode == 0, seen.stderr
    assert "can be opened" in seen.stdout and "Á is printed as A" in seen.stdout
    with suppress(BlockingIOError):
        assert os.read(paper, 10) == b""
    os.close(device)
    os.close(paper)
    gone = kiosk("paper", "--check", cwd=tmp_path)
    assert gone.returncode == 4 and "cannot be opened" in gone.stderr


def test_the_training_ledger(desk: Made, tmp_path: Path) -> None:
    """MO-06, MO-07, MO-37: entered by code, shown in words with who trained; --check is for a cron job."""
    today = date.today()
    late = today - timedelta(days=400)
    kiosk("training", "add", "S-01", "dv-sv", today.isoformat(), "--by", "VSP-1", cwd=tmp_path)
    said = kiosk("training", "add", "S-01", "vawa-transfers", late.isoformat(), "--by", "VSP-2", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    lines = said.stdout.splitlines()
    assert "current" in lines[0] and f"trained {today} by VSP-1" in lines[0]
    assert "overdue" in lines[1] and "by VSP-2" in lines[1] and "\x1b" not in said.stdout
    colours = [each["colour"] for each in json.loads(kiosk("training", "--json", cwd=tmp_path).stdout)]
    assert colours == ["green", "red"]
    assert kiosk("training", "--check", cwd=tmp_path).returncode == 3
    kiosk("training", "add", "S-01", "vawa-transfers", today.isoformat(), "--by", "VSP-2", cwd=tmp_path)
    assert kiosk("training", "--check", cwd=tmp_path).returncode == 0
    gone = kiosk("training", "remove", "S-01", cwd=tmp_path)
    assert "Nobody is in the training ledger." in gone.stdout


def test_a_name_is_no_code(desk: Made, tmp_path: Path) -> None:
    """P6: what is no code, no day or a day to come is refused, and not repeated."""
    for words in (
        ("Jane Doe", "dv-sv", "2026-01-01", "--by", "VSP-1"),
        ("S-01", "dv-sv", "2026-13-01", "--by", "VSP-1"),
        ("S-01", "dv-sv", "2199-01-01", "--by", "VSP-1"),
        ("S-01", "dv-sv", "2026-01-01", "--by", "Jane Doe"),
    ):
        refused = kiosk("training", "add", *words, cwd=tmp_path)
        assert refused.returncode == 3 and "Jane" not in refused.stderr, refused.stderr
    assert list(desk.ledgers.trainings()) == []
