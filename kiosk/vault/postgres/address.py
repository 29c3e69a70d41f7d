"""Where a region lies: a URL that holds no secret, and how its server has to prove who it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.errors import Refused, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from urllib.parse import SplitResult

SCHEMES: Final = ("postgresql", "postgres")
"""What a region's URL begins with."""
PORT: Final = 5432
"""The port that is meant when a URL names none."""
MOST_SERVERS: Final = 4
"""Servers that a URL may name: one, and those that take its place when it fails."""
STRICTEST: Final = "verify-full"
"""How a server on another machine proves who it is, unless the URL says otherwise."""
ENCRYPTED: Final = ("require", "verify-ca", STRICTEST)
"""What `sslmode` may be for a server on another machine."""
SSLMODES: Final = ("disable", "allow", "prefer", *ENCRYPTED)

_FILES: Final = ("passfile", "sslrootcert", "sslcert", "sslkey")
_PARAMETERS: Final = ("host", "port", "user", "dbname", "sslmode", *_FILES)
_SECRETS: Final = ("password", "sslpassword")
_OWN_FILES: Final = {
    "passfile": "pgpass",
    "sslrootcert": "root.crt",
    "sslcert": "postgresql.crt",
    "sslkey": "postgresql.key",
}
"""Which file of the data folder is taken when it is there and the URL names none."""
_PLAIN: Final = re.compile(r"(?:[!$&-\[\]-~]|%(?!00)[0-9A-Fa-f]{2}){1,500}")
"""What a URL may consist of: ASCII that a settings file needs no escape for, and whole escapes of its own."""
_SERVER: Final = re.compile(r"(?:[^@]*@)?(?:\[[^\]@]*\]|[^@:\[\]]*)(?::[0-9]*)?")
"""User, host and port, as libpq takes them apart (34.1.1.2)."""


class NotARegionsUrl(UsageProblem):
    """The URL cannot be a region's."""

    hint = "It looks like `postgresql://USER@HOST:PORT/DATABASE?sslmode=verify-full`."


class SecretInUrl(Refused):
    """A URL holds a password, where other people of the machine can read it."""

    hint = "Put it into the passfile (`pgpass` in the data folder, 0600), and change it: it was shown to this machine."


class NotEncrypted(Refused):
    """A server on another machine would be spoken to in clear, or without knowing who it is."""

    hint = f"Leave `sslmode` out (it is then `{STRICTEST}`), or give one of " + ", ".join(ENCRYPTED) + "."


@dataclass(frozen=True)
class Address:
    """A region's server, database and user. Holds no secret."""

    parameters: tuple[tuple[str, str], ...]
    """What libpq is told, by its own names (libpq, 34.1.2)."""

    @classmethod
    def parse(cls, url: str) -> Address:
        """Read a URL. Raises NotARegionsUrl, SecretInUrl or NotEncrypted; none of them repeats it."""
        found = _read(url)
        if any(name in found for name in _SECRETS):
            raise SecretInUrl("The URL holds a password.")
        for name in found.keys() - set(_PARAMETERS):
            shown = name if re.fullmatch(r"[a-z_]{1,40}", name) else "…"
            raise NotARegionsUrl(f"`{shown}` is no part of a region's URL.")
        if not found.get("dbname"):
            raise NotARegionsUrl("The URL names no database.")
        _check_servers(found)
        if not all(found[name].startswith("/") for name in _FILES if name in found):
            raise NotARegionsUrl("A file in the URL is named by its whole path.")
        _check_encryption(found)
        return cls(tuple(sorted(found.items())))

    @property
    def servers(self) -> tuple[tuple[str, int], ...]:
        """Host and port of the server, or of each that may stand in for it, the first one first.

        A host is a name or an address; a folder for a Unix socket, empty for libpq's own folder.
        """
        return _servers(dict(self.parameters))

    @property
    def ports(self) -> tuple[int, ...]:
        """Every port that is meant, once."""
        return tuple(dict.fromkeys(port for _, port in self.servers))

    @property
    def on_this_machine(self) -> bool:
        """Whether it is reached by a Unix socket."""
        return all(_is_socket(host) for host, _ in self.servers)

    @property
    def stays_here(self) -> bool:
        """Whether nothing of a connection leaves this machine."""
        return all(_is_local(host) for host, _ in self.servers)

    def settings(self, home: Path) -> dict[str, str]:
        """Everything that a connection is opened with; `home` is the data folder, whose own files count first."""
        told = dict(self.parameters)
        for name, file in _OWN_FILES.items():
            if name not in told and (home / file).is_file():
                told[name] = str(home / file)
        if not self.stays_here:
            told.setdefault("sslmode", STRICTEST)
        if len(self.servers) > 1:
            told["target_session_attrs"] = "read-write"  # of several, the one that is not a standby
        return told | {
            "application_name": "kiosk",
            "client_encoding": "UTF8",
            "connect_timeout": "5",
            "gssencmode": "disable",
            "tcp_user_timeout": "10000",
        }

    def files(self) -> list[Path]:
        """The files that the URL names."""
        return [Path(value) for name, value in self.parameters if name in _FILES]


def _read(url: str) -> dict[str, str]:
    from urllib.parse import parse_qsl, unquote, urlsplit

    if not _PLAIN.fullmatch(url) or not url.startswith(tuple(f"{scheme}://" for scheme in SCHEMES)):
        raise NotARegionsUrl("This is no URL of a PostgreSQL database.")
    try:
        parts = urlsplit(url)
        query = parts.query.replace("+", "%2B")  # libpq knows no other way to write a space than %20
        asked = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query), errors="strict")
        given = {"host": _host(parts), "port": parts.port, "user": parts.username, "password": parts.password}
        found = {name: unquote(str(value), errors="strict") for name, value in given.items() if value is not None}
        if parts.path.strip("/"):
            found["dbname"] = unquote(parts.path.removeprefix("/"), errors="strict")
    except ValueError:
        raise NotARegionsUrl("The URL cannot be read.") from None
    if not _SERVER.fullmatch(parts.netloc) or any(each.count("=") > 1 for each in query.split("&")):
        raise NotARegionsUrl("The URL cannot be read.")
    if "," in parts.netloc and parts.port is not None:
        raise NotARegionsUrl("Of several servers, the ports are named together: `?port=5432,5433`.")
    if len(dict(asked)) < len(asked) or dict(asked).keys() & found.keys():
        raise NotARegionsUrl("The URL says something twice.")
    return found | dict(asked)


def _host(parts: SplitResult) -> str | None:
    """The host as it is written where it is a folder: `hostname` would take its capitals away."""
    if "%2f" in (parts.hostname or ""):
        return re.sub(r":[0-9]*$", "", parts.netloc.rpartition("@")[2])
    return parts.hostname


def _check_encryption(found: dict[str, str]) -> None:
    mode = found.get("sslmode", STRICTEST)
    if mode not in SSLMODES:
        raise NotARegionsUrl("`sslmode` is one of " + ", ".join(SSLMODES) + ".")
    if mode not in ENCRYPTED and not all(_is_local(host) for host, _ in _servers(found)):
        raise NotEncrypted("The URL asks for a connection that others could read or answer.")


def _servers(found: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    hosts = found.get("host", "").split(",")
    ports = [int(port) for port in found.get("port", str(PORT)).split(",")]
    return tuple(zip(hosts, ports if len(ports) > 1 else ports * len(hosts), strict=True))


def _check_servers(found: Mapping[str, str]) -> None:
    """One server, or a few that are each named by a host; a port for all of them, or one for each."""
    hosts, ports = found.get("host", "").split(","), found.get("port", "0").split(",")
    if not all(re.fullmatch(r"[0-9]{1,5}", port) for port in ports) or len(ports) not in (1, len(hosts)):
        raise NotARegionsUrl("The URL names no port, or not one for each server.")
    if len(hosts) > MOST_SERVERS or (len(hosts) > 1 and any(map(_is_socket, hosts))):
        raise NotARegionsUrl(f"Of several servers, {MOST_SERVERS} at most, each is named by its host.")


def _is_socket(host: str) -> bool:
    return not host or host.startswith("/")


def _is_local(host: str) -> bool:
    """Whether nothing of a connection leaves this machine."""
    from ipaddress import ip_address

    if _is_socket(host) or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
