"""P11: no key, no reply of a terminal, no variable and no program around it leads out of a visitor's sitting."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.errors import ExitCode
from tests.faults import files, looking, station
from tests.faults.visitor import HOME, KEPT, Visitor, gone
from tests.terminal import proc
from tests.terminal.keyboard import LEGACY, click, kitty

OUT = {
    f"Ctrl+{chr(code + 64)}": bytes([code]) for code in (*range(1, 27), 28, 29, 30, 31) if chr(code + 64) not in "IJM"
}
FUNCTION = {name: LEGACY[name] for name in LEGACY if name[0] == "f" and name != "f12"}
REPLIES = {
    "colour": b"\x1b]11;rgb:0000/0000/0000\x07",
    "clipboard": b"\x1b]52;c;aWQK\x07",
    "title": b"\x1b]0;`id`\x1b\\",
    "link": b"\x1b]8;;file:///etc/passwd\x1b\\x\x1b]8;;\x1b\\",
    "device string": b"\x1bP1$r0m\x1b\\",
    "answerback": b"\x1bP>|x(1)\x1b\\",
    "attributes": b"\x1b[?64;1;2;6c\x1b[>41;354;0c",
    "cursor": b"\x1b[24;80R",
    "modes": b"\x1b[?2026;2$y\x1b[?2048;2$y",
    "size": b"\x1b[48;0;0;0;0t\x1b[8;9999;9999t",
    "program": b"\x1b_Gi=1;OK\x1b\\\x1b^x\x1b\\",
    "nothing at all": b"\x1b[99999999u\x1b[97;1;99999999u\x1b[97;1:1u",
    "a paste with keys in it": b"\x1b[200~a\x03\x1a\x1c\x11\x1b[21~`id`\x1b[201~",
}
MODIFIED = [b"\x1b[%d;%du" % (code, held) for code in (99, 122, 100, 113, 112, 92) for held in (5, 6, 7, 13)]
POISON = {
    "TEXTUAL": "debug,devtools",
    "TEXTUAL_DEBUG": "1",
    "TEXTUAL_LOG": "{}/textual.log",
    "TEXTUAL_DRIVER": "os:path",
    "TEXTUAL_SCREENSHOT": "1",
    "TEXTUAL_SCREENSHOT_LOCATION": "{}",
    "TEXTUAL_PRESS": "ctrl+q",
    "TEXTUAL_ALLOW_SIGNALS": "1",
    "TEXTUAL_SHOW_RETURN": "1",
    "TEXTUAL_DEVTOOLS_HOST": "127.0.0.1",
    "PYTHONINSPECT": "1",
    "PYTHONSTARTUP": "{}/start.py",
    "PYTHONPATH": "{}",
    "PYTHONBREAKPOINT": "start.poison",
    "PYTHONFAULTHANDLER": "1",
    "PYTHONASYNCIODEBUG": "1",
    "PYTHONDEVMODE": "1",
    "PYTHONUSERBASE": "{}",
    "PYTHONWARNINGS": "always",
    "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    "BROWSER": "touch {}/browser",
    "EDITOR": "touch {}/editor",
    "PAGER": "touch {}/pager",
    "LC_TERMINAL": "iTerm2",
    "COLUMNS": "9999",
    "LINES": "9999",
    "ESCDELAY": "999999",
    "SSLKEYLOGFILE": "{}/keys",
    "KIOSK_LOG": "{}/kiosk.log",
    "LD_BIND_NOW": "",
}


def at_a_question(visitor: Visitor) -> int:
    """Walk to an inner page; return the sitting's process id."""
    visitor.wait_for(HOME)
    visitor.be_heard()
    visitor.send(b"".join(station.way(visitor.home)[:5]))
    visitor.wait_for(station.said("rather-not"))
    return visitor.live()


def outside(visitor: Visitor) -> list[bytes]:
    """Processes of this kiosk that are not of its own making."""
    found = [proc.command(pid) for pid in visitor.everybody() if proc.alive(pid)]
    return [words for words in found if words and b"kiosk" not in words]


def test_keys_on_an_inner_page(short: Path) -> None:
    """P11, A11, D11: no control key, function key, modified key or reply of a terminal ends the kiosk, starts a
    program or
    writes a file; the sitting is the same process, or the home page is there and the next visitor is served.
    """
    before = files.state(short.parent)
    with Visitor(short) as visitor:
        sitting = at_a_question(visitor)
        keys = [*OUT.values(), *MODIFIED, *REPLIES.values(), *FUNCTION.values(), *(kitty(name) for name in FUNCTION)]
        keys += [click(column, row) for row in range(0, 24, 5) for column in (1, 30, 70)]
        random.Random(11).shuffle(keys)
        for each in keys:
            visitor.send(each)
            if HOME in visitor.screen_text():  # she left, or paused
                visitor.leave()
                sitting = at_a_question(visitor)
        visitor.wait_quiet(lambda: False, 0.2)
        assert outside(visitor) == []
        assert visitor.process.poll() is None
        visitor.leave()
        gone(visitor, sitting)
        at_a_question(visitor)
        visitor.leave()
        assert visitor.quit() == 0
    changed = {path for path in files.changed(before, files.state(short.parent)) if short not in path.parents}
    assert changed == set()
    assert station.run(short, "list").returncode == ExitCode.ENVIRONMENT  # no passphrase, so nothing opens


def test_keys_that_leave_other_programs(short: Path) -> None:
    """P11: on an inner page each key that ends, stops or leaves other programs leaves the sitting as it is."""
    with Visitor(short) as visitor:
        sitting = at_a_question(visitor)
        for name in ("Ctrl+C", "Ctrl+Z", "Ctrl+D", "Ctrl+\\", "Ctrl+P", "Ctrl+Q"):
            visitor.send(OUT[name] * 3)
            visitor.press("f1")
            visitor.wait_for(station.said("close"))
            visitor.press("f1")
            visitor.wait_gone(station.said("close"))
            visitor.wait_for(station.said("rather-not"))
            assert visitor.live() == sitting, name


@pytest.mark.tool(*looking.NEEDED)
def test_poison_in_the_environment(short: Path, desk: Path, tmp_path: Path) -> None:
    """P1, P11, J1, J2: variables that make Python or Textual write, run or load something have no effect on a
    whole visit.
    """
    trap = tmp_path / "trap"
    trap.mkdir()
    for module in ("sitecustomize", "usercustomize", "random", "textual", "start", "sqlite3"):
        (trap / f"{module}.py").write_text(f"open({str(trap / 'sprung')!r}, 'w').close()\ndef poison(): pass\n")
    poison = {name: value.format(trap) for name, value in POISON.items()}
    # the trap works: a Python without a kiosk falls into it
    subprocess.run([sys.executable, "-c", "pass"], env={**station.surroundings(short), **poison}, check=False)
    assert (trap / "sprung").exists()
    # what happens before the kiosk's first line is not the kiosk's: PYTHONPATH itself is tried on the process after it
    (trap / "sprung").unlink()
    for module in ("sitecustomize", "usercustomize"):
        (trap / f"{module}.py").unlink()
    before = files.state(trap)
    with Visitor(short, extra=poison, before=looking.before()) as visitor:
        number = visitor.go_to_review()
        assert visitor.keep() == number
        visitor.wait_for(KEPT)
        for pid in visitor.everybody():
            environment = Path(f"/proc/{pid}/environ").read_bytes()
            assert not any(f"{name}=".encode() in environment for name in poison if name not in ("LD_BIND_NOW",))
        visitor.leave()
        assert visitor.quit() == 0
    assert files.changed(before, files.state(trap)) == set()
    assert [row["number"] for row in station.listed(short, desk)["rows"]] == [number]


def test_without_a_terminal(short: Path) -> None:
    """P11, I6, B3: without a terminal the kiosk ends with status 4, a sentence and a hint, whatever is sent into it."""
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", "run"],
        env=station.surroundings(short),
        input=b"\r\r\rid\n" * 1000,
        capture_output=True,
        start_new_session=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == ExitCode.ENVIRONMENT
    assert b"Hint: " in done.stderr and done.stdout == b""


def recorded(home: Path, *words: str) -> list[str]:
    """The kiosk inside `script`, which keeps what a terminal shows."""
    return ["script", "-q", "-e", "-c", " ".join((sys.executable, "-m", "kiosk", *words)), os.devnull]


@pytest.mark.tool("script")
def test_a_recorded_terminal(short: Path) -> None:
    """P1, I9: inside a program that keeps what is shown the kiosk does not start, unless the station allows it."""
    settings = short / "station.toml"
    allowed = settings.read_text()
    settings.write_text(allowed.replace("allow_recorder = true", "allow_recorder = false"))
    with Visitor(short, program=recorded(short, "run"), columns=200) as visitor:
        assert visitor.ended() == ExitCode.REFUSED
        said = visitor.screen_text()
        assert "script" in said and "Hint: " in said and HOME not in said
    with Visitor(short, program=recorded(short, "run", "--practice")) as visitor:
        visitor.wait_for(HOME)
    settings.write_text(allowed)
    with Visitor(short, program=recorded(short, "run")) as visitor:
        visitor.wait_for(HOME)
