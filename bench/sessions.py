"""Many visitors at once over SSH: what each weighs, state by state, all of her processes counted.

    python bench/sessions.py --sessions 50

Proportional memory (PSS): what processes share is counted once, in parts. Looking into other processes needs root.
Everybody goes from state to state together; in the end each panics alone. The peer is the least that Textual can
paint, one for each visitor, through an sshd of its own.
"""

from __future__ import annotations

import argparse
import os
import shlex
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from measure import host, table  # noqa: E402  # the tests are no package of the product

from kiosk.speech.program import find  # noqa: E402
from tests.faults import station  # noqa: E402
from tests.faults.visitor import CLERK, HOME, SITTING, SUPERVISOR, Visitor  # noqa: E402
from tests.hosts.server import Server  # noqa: E402
from tests.terminal import proc  # noqa: E402

FEW = 10
AT_ONCE = 4
GOAL = 60
"""MiB that a further session may weigh, in whichever state."""
VOICE, SPEAKER = b"kiosk.speech", b"espeak-ng"
ALOUD = station.said("aloud-title")
KINDS = {"voice": VOICE, "espeak-ng": SPEAKER, "clerk": CLERK, "supervisor": SUPERVISOR, "sitting": SITTING}
"""How each kind of process is told by its command line; whatever else there is belongs to sshd."""
Memory = dict[str, float]
"""MiB of each kind of process, in all sessions together."""


def memory_of(server: Server) -> Memory:
    """Proportional memory of everything below the listener."""
    found: Memory = defaultdict(float)
    for pid in proc.family(server.process.pid):
        command = proc.command(pid)
        kind = next((kind for kind, words in KINDS.items() if words in command), "")
        found[kind or ("hello" if b"hello.py" in command else "sshd")] += _pss(pid) / 1024
    return found


def _pss(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))


def of_kind(server: Server, words: bytes) -> set[int]:
    """The processes of one kind below the listener."""
    return {pid for pid in proc.family(server.process.pid) if words in proc.command(pid) and proc.alive(pid)}


def half_way(visitor: Visitor, home: Path) -> None:
    """Go page by page to the middle of the questions, with nothing told."""
    keys = station.way(home)
    for each in keys[: len(keys) // 2]:
        before = visitor.screen_text()
        visitor.send(each)
        visitor.wait(lambda before=before: visitor.screen_text() != before, "the next page")


def hear(visitor: Visitor, server: Server) -> None:
    """Put headphones on."""
    before = len(of_kind(server, VOICE))
    visitor.send(b"\x12")
    visitor.wait_for(ALOUD)
    visitor.send(b"1\r")
    visitor.wait(lambda: len(of_kind(server, VOICE)) > before, "her voice")


def states(server: Server, home: Path) -> dict[str, Callable[[Visitor], object]]:
    """What brings a visitor from one state to the next."""
    keys = station.way(home)
    rest = b"".join(keys[len(keys) // 2 :])
    found: dict[str, Callable[[Visitor], object]] = {
        "half way": lambda visitor: half_way(visitor, home),
        "review page": lambda visitor: (
            visitor.send(rest),
            visitor.number(station.said("number-not-yet")),
        ),
        "kept": Visitor.keep,
    }
    if find("espeak-ng"):
        found["kept, read aloud"] = lambda visitor: hear(visitor, server)
    return found


class Bare(Visitor):
    """Somebody before a program that writes to her terminal what it likes."""

    def check_grammar(self) -> None:
        """Nothing is promised of it."""


def arrive(
    stack: ExitStack, server: Server, many: int, words: str = HOME, kind: type[Visitor] = Visitor
) -> list[Visitor]:
    """`many` more visitors, each before a page that says `words`."""

    def one(_: int) -> Visitor:
        visitor = kind(server.home, program=server.client("-e", "none", "-tt", server.who))
        stack.enter_context(visitor).wait_for(words)
        return visitor

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(many)))


def peer(folder: Path, home: Path, many: int) -> Memory:
    """The same for as many bare Textual programs."""
    folder.mkdir(mode=0o700)
    with ExitStack() as stack:
        server = stack.enter_context(Server(folder, home))
        hello = shlex.join([sys.executable, "-s", "-P", str(Path(__file__).with_name("hello.py"))])
        (folder / "session").write_text(f"#!/bin/sh\nexec {hello}\n")
        arrive(stack, server, many, "hello from the bench", Bare)
        return memory_of(server)


def alone(server: Server, visitors: Iterable[Visitor]) -> int:
    """Have each panic; returns how many ended nobody else's sitting."""
    count = 0
    for visitor in visitors:
        before = of_kind(server, SITTING)
        visitor.press("f12")
        visitor.ended()
        count += len(before - of_kind(server, SITTING)) == 1
    return count


def main() -> int:
    """Walk, and print what each session weighs. Returns 1 when one was not served, or weighs more than the goal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, default=50)
    wanted = parser.parse_args().sessions
    if os.geteuid() != 0:
        print("Only root may read the memory of other sessions.", file=sys.stderr)
        return 4
    print(host())
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        home = station.copy(station.set_up(folder), folder / "kiosk")
        station.shorten(home)
        if find("espeak-ng"):
            settings = home / "station.toml"
            settings.write_text(settings.read_text().replace('speech = "off"', 'speech = "espeak-ng"'))
        found = {"a bare Textual hello": peer(folder / "peer", home, wanted)}
        (folder / "sshd").mkdir(mode=0o700)
        server = stack.enter_context(Server(folder / "sshd", home))
        visitors = arrive(stack, server, min(FEW, wanted - 1))
        few, first = len(visitors), sum(memory_of(server).values())
        visitors += arrive(stack, server, wanted - few)
        found["home page"] = memory_of(server)
        further = (sum(found["home page"].values()) - first) / (wanted - few)
        for state, go in states(server, home).items():
            with ThreadPoolExecutor(1 if "aloud" in state else AT_ONCE) as pool:
                list(pool.map(go, visitors))
            found[state] = memory_of(server)
        served = len(of_kind(server, SITTING))
        left_alone = alone(server, visitors)
    kinds = ["sshd", "hello", *reversed(KINDS)]
    table(
        f"{wanted} sessions over SSH on one host: PSS of one, on average, MiB",
        ["", *kinds, "in all"],
        [
            [state, *(f"{each[kind] / wanted:.1f}" if kind in each else "-" for kind in kinds), _mean(each, wanted)]
            for state, each in found.items()
        ],
    )
    print(f"\nOn the home page each beyond the first {few}: {further:.1f} MiB.")
    print(f"Served at once: {served} of {wanted}. Panicked alone, without ending another: {left_alone} of {wanted}.")
    most = max(sum(each.values()) for each in found.values()) / wanted
    return 0 if served == left_alone == wanted and most < GOAL else 1


def _mean(memory: Memory, sessions: int) -> str:
    return f"{sum(memory.values()) / sessions:.1f}"


if __name__ == "__main__":
    sys.exit(main())
