"""A kiosk made for the bench, in a folder that is gone afterwards, and the real supervisor on a bench's glass."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from glass import Glass, NeverCame, end

import kiosk
from kiosk import config
from kiosk.launch import become_supervisor, preflight
from kiosk.launch.become_supervisor import Plan, Program
from kiosk.launch.environment import for_child, for_sitting
from kiosk.launch.station_pack import chosen, neutral
from kiosk.paths import Place
from kiosk.supervisor.settings import Settings
from kiosk.vault.station_key import StationKey

SUPERVISOR = Path(kiosk.__file__).parent / "supervisor" / "__main__.py"
BENCH_SITTING = Path(__file__).with_name("bench_sitting.py")
TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
AFTER_PANIC = 0.45
"""Seconds after a hand-over in which the supervisor drops keys (0.4), and a little more."""


@contextmanager
def set_up() -> Iterator[Place]:
    """A kiosk on the Missouri pack, set up by the program itself."""
    with tempfile.TemporaryDirectory() as folder:
        passphrase = Path(folder, "passphrase")
        passphrase.touch(0o600)
        passphrase.write_text("made up for a bench and never used\n")
        place = Place(Path(folder, "kiosk"))
        command = (
            f"setup --yes --pack us-mo --station BENCH1 --agency HARBOR --role advocate --passphrase-file {passphrase}"
        )
        subprocess.run(
            [sys.executable, "-m", "kiosk", *command.split(), "--allow-recorder"],
            env=environment(place),
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        yield place


def environment(place: Place) -> dict[str, str]:
    """What a person's shell would give the program, without this user's own things (no keyring is touched)."""
    return {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "HOME": str(place.home.parent),
        "KIOSK_HOME": str(place.home),
    } | TERMINAL


def real(place: Place) -> tuple[Plan, bytes]:
    """What the supervisor and the sittings of this kiosk are told, as `kiosk run` tells it."""
    station = config.read(place.station_toml)
    pack = chosen(place, station.pack, language=station.language, role=station.role)
    lines = neutral(pack.plain, station.language)
    recipients = StationKey.read(place.station_key).recipients
    plan = preflight.plan(place, station, lines, after="home", practice=False)
    told = preflight.snapshot(station, recipients, pack, after="home", practice=False)
    look = dict(plan.sitting.env) | TERMINAL
    return replace(plan, closing=None, sitting=Program(plan.sitting.argv, look)), told


def toy() -> Plan:
    """A plan whose sitting is `bench_sitting.py`: started, jailed and watched like a real one, and hung by a key."""
    argv = (sys.executable, "-s", str(BENCH_SITTING))
    return Plan(sitting=Program(argv, for_sitting(TERMINAL)), neutral=("Bench",), idle_seconds=86_400)


def supervisor_settings(plan: Plan, snapshot: bytes | None) -> tuple[Settings, list[int]]:
    """The supervisor's own reading of `plan`, and the descriptors that it stands on."""
    opened = [] if snapshot is None else [become_supervisor.memory("snapshot", snapshot)]
    told = json.loads(become_supervisor.settings(plan, opened[0] if opened else None, ()))
    return Settings(told, -1), opened


class Kiosk:
    """A running supervisor on a glass, its sittings, and what it says has happened."""

    def __init__(self, plan: Plan, snapshot: bytes | None = None) -> None:
        self.glass = Glass()
        self._heard = bytearray()
        self._events, events = os.pipe()
        os.set_blocking(self._events, False)
        snapshot_fd = None if snapshot is None else become_supervisor.memory("snapshot", snapshot)
        told = json.loads(become_supervisor.settings(plan, snapshot_fd, ())) | {"events_fd": events}
        settings_fd = become_supervisor.memory("settings", json.dumps(told).encode())
        inherited = [fd for fd in (settings_fd, events, snapshot_fd) if fd is not None]
        self.pid = os.fork()
        if self.pid == 0:
            try:
                self.glass.hand_over()
                for descriptor in inherited:
                    os.set_inheritable(descriptor, True)
                command = [sys.executable, "-I", "-S", str(SUPERVISOR), "--settings", str(settings_fd)]
                os.execve(command[0], command, for_child(TERMINAL))
            finally:
                os._exit(127)
        for descriptor in inherited:
            os.close(descriptor)
        self.await_standby()

    @property
    def sittings(self) -> list[int]:
        """Process ids: the live sitting first, then the standby."""
        return [int(pid) for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]

    def wait(self, *names: bytes, seconds: float = 30.0) -> dict[bytes, int]:
        """Wait until all of these happened, in this order, since the last call; when each did (ns). Reads the glass."""
        at: dict[bytes, int] = {}
        place, finish = 0, time.monotonic() + seconds
        for name in names:
            while (found := self._heard.find(name + b" ", place)) < 0:
                if time.monotonic() > finish:
                    raise NeverCame(name)
                ready = select.select([self.glass.master, self._events], [], [], 0.05)[0]
                if self.glass.master in ready:
                    self.glass.read()
                if self._events in ready:
                    self._heard += os.read(self._events, 65536)
            stop = self._heard.index(b"\n", found)
            at[name] = int(self._heard[found + len(name) : stop])
            place = stop
        del self._heard[:place]
        return at

    def await_standby(self) -> None:
        """Wait until the first standby is ready and everything has come to rest."""
        self.wait(b"standby-ready")
        self.rest()

    def await_next(self) -> dict[bytes, int]:
        """After a panic: wait for the next sitting and its standby, and until keys count again; when each came (ns)."""
        at = self.wait(b"panic", b"painted", b"killed", b"reaped", b"handed", b"fresh-image", b"standby-ready")
        left = at[b"handed"] / 1e9 + AFTER_PANIC - time.perf_counter()
        time.sleep(max(0.0, left))
        self.rest()
        return at

    def rest(self) -> None:
        """Forget what was heard and shown until all is quiet."""
        self.glass.settle(0.1)
        self._heard.clear()

    def close(self) -> None:
        """End it; the kernel ends its sittings."""
        end(self.pid)
        self.glass.close()
        os.close(self._events)
