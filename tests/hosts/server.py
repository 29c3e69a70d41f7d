"""A real sshd on loopback that serves a kiosk and nothing else: keys, port and settings of its own."""

from __future__ import annotations

import getpass
import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.faults.station import surroundings
from tests.faults.visitor import Visitor, kill
from tests.terminal import proc

PATIENCE = 30.0
DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
SETTINGS = """\
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host
PidFile none
AuthorizedKeysFile {folder}/user.pub
StrictModes no
UsePAM no
PermitRootLogin prohibit-password
PrintMotd no
MaxStartups 200:30:300
PrintLastLog no
"""


def block(folder: Path) -> str:
    """Return the station's own sshd block, for whoever runs this test, its wrapper in `folder`."""
    text = (DEPLOY / "sshd_kiosk.conf").read_text()
    assert "Match User kiosk\n" in text and "/opt/kiosk/libexec/session\n" in text
    own = text.replace("Match User kiosk\n", f"Match User {getpass.getuser()}\n")
    return own.replace("/opt/kiosk/libexec/session\n", f"{folder}/session\n")


class Server:
    """The server of one kiosk. Used as a context it leaves no process behind."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder, self.home = folder, home
        self.port = _free_port()
        for name in ("host", "user"):
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)],
                check=True,
                capture_output=True,
            )
        program = folder / "kiosk"
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m kiosk "$@"\n')
        session = (DEPLOY / "session").read_text().splitlines(keepends=True)
        # the station's wrapper as it is, but for where this test keeps things
        session.insert(1, f"KIOSK_HOME={shlex.quote(str(home))} KIOSK_PROGRAM={shlex.quote(str(program))}\n")
        (folder / "session").write_text("".join(session))
        for name in ("kiosk", "session"):
            (folder / name).chmod(0o700)
        (folder / "settings").write_text(SETTINGS.format(port=self.port, folder=folder) + block(folder))
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        program = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
        assert program
        self._log = open(folder / "log", "wb")  # noqa: SIM115  # closed with the server
        self.process = subprocess.Popen(
            [program, "-D", "-e", "-f", str(folder / "settings")],
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            env=surroundings(home),
            start_new_session=True,
        )
        self._until_it_listens()

    def client(self, *words: str) -> list[str]:
        """The command that reaches it."""
        options = ["-F", "none", "-i", str(self.folder / "user"), "-p", str(self.port), "-o", "LogLevel=ERROR"]
        options += ["-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "BatchMode=yes"]
        return ["ssh", *options, *words]

    @property
    def who(self) -> str:
        """Whom the client asks for."""
        return f"{getpass.getuser()}@127.0.0.1"

    def visitor(self, *words: str) -> Visitor:
        """Somebody at a terminal far away."""
        return Visitor(self.home, program=self.client("-e", "none", "-tt", self.who, *words))

    def ask(self, *words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run the client without a terminal."""
        return subprocess.run(
            self.client(*words), input=stdin, capture_output=True, env=surroundings(self.home), timeout=60, check=False
        )

    def serving(self) -> list[int]:
        """Every process that serves somebody: all below the listener, and what went on from there."""
        here = proc.family(self.process.pid)
        others = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
        mine = [
            pid for pid in others if str(self.home).encode() in proc.command(pid) and b"pytest" not in proc.command(pid)
        ]
        return sorted({*here, *mine})

    def until_nobody_is_left(self) -> None:
        """Wait until nothing of any visit runs any more."""
        end = time.monotonic() + PATIENCE
        while left := [pid for pid in self.serving() if proc.alive(pid)]:
            assert time.monotonic() < end, [proc.command(pid) for pid in left]
            time.sleep(0.05)

    def _until_it_listens(self) -> None:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                    return
            except OSError:
                log = (self.folder / "log").read_text()
                assert self.process.poll() is None and time.monotonic() < end, log
                time.sleep(0.05)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for pid in (self.process.pid, *proc.family(self.process.pid)):
            kill(pid)
        self.process.wait()
        self._log.close()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
