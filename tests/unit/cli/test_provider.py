"""`kiosk list`, from the outside, with real keys."""

from __future__ import annotations

import json
import os
import pty
import sys
from pathlib import Path

from kiosk.vault.numbers import show
from tests.command_line import kiosk
from tests.made_up import Made, a_summary, made_at

PASSPHRASE = "four made up words"


def test_the_list_is_ranked_numbers_with_reasons(desk: Made, file: Path, tmp_path: Path) -> None:
    """`kiosk list`: rank, number, score and reasons in words; no agency, no pathway, no name; forged ones apart."""
    numbers = [desk.keep(), desk.keep()]
    other = made_at(tmp_path / "other")
    forged = desk.keep(key=other.key)
    plain = kiosk("list", "--passphrase-file", str(file), cwd=tmp_path)
    assert plain.returncode == 0, plain.stderr
    ranked, apart = plain.stdout.split("Set apart")
    assert all(show(number) in ranked for number in numbers) and show(forged) not in ranked
    assert show(forged) in apart and "no station of this region vouches for it" in apart
    assert all(len(line) <= 80 for line in plain.stdout.splitlines())

    as_json = kiosk("list", "--json", "--passphrase-file", str(file), cwd=tmp_path)
    listed = json.loads(as_json.stdout)
    assert {row["number"] for row in listed["rows"]} == set(numbers)
    assert [row["rank"] for row in listed["rows"]] == [1, 2]
    assert all(row["why"] for row in listed["rows"])
    assert [each["number"] for each in listed["apart"]] == [forged]
    assert set(listed["rows"][0]) == {"rank", "number", "score", "why", "older"}


def test_victim_services_leave_no_mark(desk: Made, file: Path, tmp_path: Path) -> None:
    """P10: two summaries that differ in the pathway alone print alike but for rank and number."""
    from schema.summary import Pathway

    number = desk.number()
    desk.keep(a_summary(number, pathway=Pathway.EXTERNAL), number)
    number = desk.number()
    desk.keep(a_summary(number, pathway=Pathway.UNDECIDED), number)
    rows = json.loads(kiosk("list", "--json", "--passphrase-file", str(file), cwd=tmp_path).stdout)["rows"]
    assert len(rows) == 2
    first, second = ({key: row[key] for key in row if key not in ("rank", "number")} for row in rows)
    assert first == second


def test_a_wrong_passphrase_is_refused(desk: Made, file: Path, tmp_path: Path) -> None:
    """Exit 3 with a sentence; nothing is listed and nothing of the passphrase repeated."""
    number = desk.keep()
    file.write_text("some other made up words\n")
    said = kiosk("list", "--passphrase-file", str(file), cwd=tmp_path)
    assert said.returncode == 3 and "passphrase is wrong" in said.stderr
    assert said.stdout == "" and "other made up" not in said.stderr and show(number) not in said.stderr


def test_nobody_to_ask(desk: Made, tmp_path: Path) -> None:
    """Without a terminal and without a file there is nobody to ask: status 4, and the option is named."""
    said = kiosk("list", cwd=tmp_path)
    assert said.returncode == 4 and "--passphrase-file" in said.stderr
    assert desk.place.home.exists()


def test_a_prompt_does_not_echo(desk: Made, tmp_path: Path) -> None:
    """The passphrase is asked for on the terminal and not shown there."""
    number = desk.keep()
    pid, master = pty.fork()
    if pid == 0:
        os.chdir(tmp_path)
        os.execv(sys.executable, [sys.executable, "-m", "kiosk", "list"])
    shown = b""
    while b"key: " not in shown:
        shown += os.read(master, 4096)
    os.write(master, PASSPHRASE.encode() + b"\n")
    while True:
        try:
            data = os.read(master, 4096)
        except OSError:
            break
        if not data:
            break
        shown += data
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert show(number).encode() in shown
    assert PASSPHRASE.encode() not in shown and b"made up" not in shown
    os.close(master)
