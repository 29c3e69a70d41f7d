"""`make machine`: a whole Debian with the console's recipe, started by its own systemd, looked at from outside.

Prints a table; ends with 1 when something is not as it should be, and with 2 where this machine cannot run it.
"""

from __future__ import annotations

import json
import mmap
import random
import re
import string
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.machine import image, needs
from tests.machine.qemu import Machine
from tests.terminal.way import SECTIONS, START, Steps, opened

CACHE = Path(__file__).resolve().parents[2] / ".machine"
UNIT = "kiosk@tty1"
AS_KIOSK = "runuser -u kiosk -- env KIOSK_HOME=/var/lib/kiosk/station"
ANSWERS = "--yes --agency HARBOR --passphrase-file /run/passphrase --pack us-mo --role advocate --idle 3600"
"""What is said to set-up in place of its pages."""
AWAY = (("alt", "f2"), ("ctrl", "alt", "f2"), ("alt_r", "f3"), ("alt", "right"), ("ctrl", "alt", "delete"), ("sysrq",))
SECONDS = 3.0
"""Seconds for something to happen that should not."""


def main() -> int:
    """Start a machine, try everything on it, and say what came of it."""
    try:
        needs.check()
        made = image.make(CACHE)
    except needs.Missing as missing:
        print(missing, file=sys.stderr)
        return 2
    said: list[tuple[str, str, bool]] = []

    def tell(what: str, found: object, right: bool) -> None:
        said.append((what, str(found), right))
        print(f"{'ok  ' if right else 'NOT '} {what}: {found}", flush=True)

    with (
        tempfile.TemporaryDirectory(prefix="kiosk-machine-") as name,
        Machine(made, Path(name), disk=made / "disk") as machine,
    ):
        console(machine, tell)
        keys_that_lead_away(machine, tell)
        nothing_is_left(machine, tell)
        the_account(machine, tell)
        turned_off(machine, tell)
    print("\n| on a whole machine | found | as it should be |\n|---|---|---|")
    for what, found, right in said:
        print(f"| {what} | {found} | {'yes' if right else '**no**'} |")
    return int(not all(right for _, _, right in said))


Tell = Callable[[str, object, bool], None]


def sitting(machine: Machine) -> set[str]:
    """The processes of sittings."""
    return set(machine.tried("pgrep -f '[k]iosk.sitting' || true")[1].split())


def console(machine: Machine, tell: Tell) -> None:
    """The recipe, from install.sh to the home page."""
    machine.run("systemctl is-system-running --wait || true")
    told = machine.run("sh /root/deploy/install.sh --apply")
    machine.run("echo seven made up words for this > /run/passphrase; chmod 600 /run/passphrase")
    for line in told.partition("Now, as root:")[2].splitlines():
        if line.startswith("  ") and "doctor" not in line:
            command = line.partition("  (")[0].replace(
                "/opt/kiosk/bin/kiosk setup", f"/opt/kiosk/bin/kiosk setup {ANSWERS}"
            )
            machine.run(f"chown kiosk /run/passphrase 2>/dev/null; {command}")
    machine.run("rm /run/passphrase; sh /root/deploy/install.sh --check")
    machine.wait_for(START)
    state = machine.run(f"systemctl show -p ActiveState,NRestarts {UNIT}").split()
    tell("the unit is started by systemd, and the home page is there", state, "ActiveState=active" in state)
    failed = machine.run("systemctl --failed --plain --no-legend").strip()
    tell("failed units", failed or "none", not failed)
    memory = machine.run(f"cat /sys/fs/cgroup/system.slice/system-kiosk.slice/{UNIT}.service/memory.current")
    tell("memory of the unit, MiB", int(memory) >> 20, int(memory) < 512 << 20)


def keys_that_lead_away(machine: Machine, tell: Tell) -> None:
    """No key leads to another console or a reboot; Pause gives a new kiosk, again and again."""
    before = sitting(machine)
    for keys in AWAY:
        machine.press(*keys)
    time.sleep(SECONDS)
    at = machine.run("fgconsole").strip()
    tell(f"console after {', '.join('+'.join(each) for each in AWAY)}", at, at == "1" and sitting(machine) == before)
    for _ in range(8):
        machine.press("pause")
        time.sleep(0.4)
    machine.wait(lambda: sitting(machine) and not sitting(machine) & before, "other processes after Pause")
    machine.wait_for(START)
    restarts = machine.run(f"systemctl show -P NRestarts {UNIT}").strip()
    tell("restarts after Pause eight times, with the home page back", restarts, int(restarts) >= 1)


def nothing_is_left(machine: Machine, tell: Tell) -> None:
    """D9: words typed into a plan are in the machine's memory while the sitting lives, and in no process's after it.

    The kernel keeps the last 4,096 bytes that came from a terminal in a buffer of its own, until others take their
    place or the terminal is hung up, as systemd does at each start of the unit.
    """
    canary = "".join(random.choices(string.ascii_lowercase, k=14))
    _walk(machine, (*SECTIONS, opened("what-i-know")))
    machine.type(f"\t{canary}")
    time.sleep(SECONDS)
    found = machine.memory(lambda whole: _places(whole, canary))
    tell("a typed word in all memory, while she sits there", _told(found), bool(found))
    live = sitting(machine)
    machine.press("f12")
    machine.wait(lambda: sitting(machine) and not live <= sitting(machine), "the end of the sitting")
    machine.wait_for(START)
    time.sleep(SECONDS)
    found = machine.memory(lambda whole: _places(whole, canary))
    tell("the same word once she left, in the memory of any process", _told(found), not _mapped(machine, found))
    machine.press("pause")
    machine.wait(lambda: not live & sitting(machine), "another kiosk")
    machine.wait_for(START)
    time.sleep(SECONDS)
    found = machine.memory(lambda whole: _places(whole, canary))
    tell("the same word after the console was hung up as well", _told(found), not found)


def _mapped(machine: Machine, found: list[tuple[str, int]]) -> bool:
    """Whether a process has one of these places in its memory; the kernel's own buffers are nobody's."""
    pages = sorted({place >> 12 for _, place in found})
    return any(owners for _, _, owners in machine.ask({"pages": pages})["flags"])


def _walk(machine: Machine, steps: Steps) -> None:
    for data, page in steps:
        machine.type(data.decode())
        machine.wait_for(page)


def _places(whole: mmap.mmap, canary: str) -> list[tuple[str, int]]:
    """Where a word stands in memory: as it is, or with other bytes between its letters, as a console keeps it."""
    letters = [re.escape(letter.encode()) for letter in canary]
    ways = {"plain": b"".join(letters), "with colours": b".".join(letters), "as numbers": b"...".join(letters)}
    return [(way, hit.start()) for way, each in ways.items() for hit in re.finditer(each, whole, re.DOTALL)]


def _told(found: list[tuple[str, int]]) -> str:
    return ", ".join(f"{way}: {count}" for way, count in Counter(way for way, _ in found).items()) or "nowhere"


def the_account(machine: Machine, tell: Tell) -> None:
    """What doctor says to the unit's own account is right: nothing is broken."""
    said = machine.tried(f"{AS_KIOSK} TERM=linux LANG=C.UTF-8 /opt/kiosk/bin/kiosk doctor --json")[1]
    checks = json.loads(said)["checks"]
    amiss = [each["wish"] for each in checks if not each["fulfilled"] and each["severity"] != "note"]
    right = not any(each["severity"] == "broken" for each in checks if not each["fulfilled"])
    tell(f"what doctor finds weak or broken, of {len(checks)} checks", "; ".join(amiss) or "nothing", right)


def turned_off(machine: Machine, tell: Tell) -> None:
    """I10: a host that shuts down in the middle of a sitting waits for nobody."""
    _walk(machine, SECTIONS)
    began = time.monotonic()
    machine.run("systemctl --no-block poweroff")
    reason = machine.ended()
    seconds = time.monotonic() - began
    tell("turned off in the middle of a sitting", f"{reason}, after {seconds:.0f} s", reason == "guest-shutdown")


if __name__ == "__main__":
    sys.exit(main())
