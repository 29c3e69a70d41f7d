"""J1, J2: nothing in the environment or beside the program changes what a visitor sees, or keeps what she says."""

from __future__ import annotations

from tests.terminal import proc
from tests.terminal.conftest import Start
from tests.terminal.left import Left
from tests.terminal.way import go, routes, served

POISON = {
    "TEXTUAL_LOG": "written",
    "TEXTUAL_SCREENSHOT": "1",
    "TEXTUAL_SCREENSHOT_LOCATION": ".",
    "TEXTUAL_PRESS": "enter,enter,ctrl+q",
    "TEXTUAL_DRIVER": "no:Such",
    "TEXTUAL": "devtools,debug",
    "TEXTUAL_ANIMATIONS": "full",
    "TEXTUAL_FPS": "1",
    "PYTHONPATH": ".",
    "PYTHONSTARTUP": "start.py",
    "PYTHONINSPECT": "1",
    "PYTHONVERBOSE": "2",
    "PYTHONDEVMODE": "1",
    "PYTHONMALLOCSTATS": "1",
    "PYTHONTRACEMALLOC": "20",
    "PYTHONBREAKPOINT": "no.such",
    "PYTHONOPTIMIZE": "2",
    "PYTHONIOENCODING": "ascii",
    "PYTHONPYCACHEPREFIX": "cache",
    "PYTHONDUMPREFS": "1",
    "KIOSK_SEED": "1",
    "KIOSK_ROLE": "staff",
    "KIOSK_PASSPHRASE": "secret",
    "COLUMNS": "3",
    "LINES": "3",
    "LD_PRELOAD": "/nonexistent/x.so",
    "LD_LIBRARY_PATH": "/nonexistent",
    "MALLOC_PERTURB_": "0",
    "ESCDELAY": "1",
    "PAGER": "false",
    "BROWSER": "false",
    "LC_ALL": "xx_XX.ascii",
    "TMPDIR": ".",
}


def test_a_poisoned_environment(start_kiosk: Start, canary: str) -> None:
    """J1: no variable changes what is shown, opens a file, or reaches a sitting."""
    console = start_kiosk(extra=POISON)
    shadow = console.home.parent / "textual.py"
    shadow.write_text("raise SystemExit('shadowed')")
    before = console.files()
    go(console, routes(canary)["section"])
    left = Left(console, canary)
    console.press("f12")
    left.check()
    served(console)
    for pid in console.sitting_pids():
        names = {entry.partition(b"=")[0].decode() for entry in proc.environ(pid)}
        assert not names & (POISON.keys() - {"MALLOC_PERTURB_"})
    assert console.files() == before
