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
from typing import Any, Self

from tests.faults.station import surroundings
from tests.faults.visitor import Visitor, kill
from tests.pace import patience
from tests.terminal import proc

PATIENCE = patience()
NEEDED = ("sshd", "ssh", "ssh-keygen")
"""What a test with such a server needs of its machine."""
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
PrintLastLog no
"""
ROOMY = "MaxStartups 200:30:300\n"
"""Room for fifty who connect at once; without it, as many as a server takes by itself."""
OPEN = "AcceptEnv *\nAllowTcpForwarding yes\nSubsystem sftp internal-sftp\nPermitUserEnvironment no\n"
"""A server that serves whatever is asked for: what the kiosk's own must not do is seen to work there."""


def block(folder: Path, asked_every: int = 15) -> str:
    """Return the station's own sshd block, for whoever runs this test, its wrapper in `folder`.

    A silent client is asked whether it lives after `asked_every` seconds.
    """
    text = (DEPLOY / "sshd_kiosk.conf").read_text()
    assert all(f"{each}\n" in text for each in ("Match User kiosk", "/opt/kiosk/libexec/session", "AliveInterval 15"))
    own = text.replace("Match User kiosk\n", f"Match User {getpass.getuser()}\n")
    own = own.replace("    ClientAliveInterval 15\n", f"    ClientAliveInterval {asked_every}\n")
    return own.replace("/opt/kiosk/libexec/session\n", f"{folder}/session\n")


def session(home: Path, program: Path) -> str:
    """Return the account's session as it is, but for where the station and its program are."""
    text = (DEPLOY / "session").read_text()
    places = ("HOME=/var/lib/kiosk ", "KIOSK_HOME=/var/lib/kiosk/station ")
    assert all(text.count(f" {place}") == 1 for place in (*places, "/opt/kiosk/bin/kiosk "))
    for place in places:
        text = text.replace(f" {place}", f" {place.partition('=')[0]}={shlex.quote(str(home))} ")
    return text.replace(" /opt/kiosk/bin/kiosk ", f" {shlex.quote(str(program))} ")


class Server:
    """The server of one kiosk. Used as a context it leaves no process behind."""

    def __init__(
        self, folder: Path, home: Path, *, settings: str | None = None, also: str = ROOMY, asked_every: int = 15
    ) -> None:
        """Serve the kiosk at `home`, or what `settings` say instead of its block; `also` comes before either."""
        self.folder, self.home = folder, home
        folder.mkdir(mode=0o700, exist_ok=True)
        self.port = free_port()
        for name in ("host", "user"):
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)],
                check=True,
                capture_output=True,
            )
        program = folder / "kiosk"
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m kiosk "$@"\n')
        (folder / "session").write_text(session(home, program))
        for name in ("kiosk", "session"):
            (folder / name).chmod(0o700)
        own = block(folder, asked_every) if settings is None else settings
        (folder / "settings").write_text(SETTINGS.format(port=self.port, folder=folder) + also + own)
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        sshd = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
        assert sshd
        self._log = open(folder / "log", "wb")  # noqa: SIM115  # closed with the server
        self.process = subprocess.Popen(
            [sshd, "-D", "-e", "-f", str(folder / "settings")],
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            env=surroundings(home),
            start_new_session=True,
        )
        self._until_it_listens()

    def client(self, *words: str, program: str = "ssh", port: int | None = None) -> list[str]:
        """The command that reaches it, by another `port` where something stands between."""
        told = (f"Port={port or self.port}", "LogLevel=ERROR", "StrictHostKeyChecking=no", "BatchMode=yes")
        options = [each for option in (*told, "UserKnownHostsFile=/dev/null") for each in ("-o", option)]
        return [program, "-F", "none", "-i", str(self.folder / "user"), *options, *words]

    @property
    def who(self) -> str:
        """Whom the client asks for."""
        return f"{getpass.getuser()}@127.0.0.1"

    def visitor(
        self,
        *options: str,
        command: str | None = None,
        escape: str = "none",
        port: int | None = None,
        **also: Any,
    ) -> Visitor:
        """Somebody at a terminal far away; `also` is said of her terminal and what it is started with."""
        words = ["-e", escape, "-tt", *options, self.who, *([command] if command else [])]
        return Visitor(self.home, program=self.client(*words, port=port), **also)

    def ask(self, *words: str, stdin: bytes = b"", program: str = "ssh") -> subprocess.CompletedProcess[bytes]:
        """Run the client without a terminal."""
        command = self.client(*words, program=program)
        return subprocess.run(
            command, input=stdin, capture_output=True, env=surroundings(self.home), timeout=60, check=False
        )

    def log(self) -> str:
        """What the server says of itself."""
        return (self.folder / "log").read_text(errors="replace")

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
                assert self.process.poll() is None and time.monotonic() < end, self.log()
                time.sleep(0.05)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for pid in (self.process.pid, *proc.family(self.process.pid)):
            kill(pid)
        self.process.wait()
        self._log.close()


def free_port() -> int:
    """A port of loopback that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
