"""Which powers each kind of process keeps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Powers:
    """What a process may still do once it is jailed. Everything not named here is given up."""

    write_files: bool = False
    """Write under the paths it names; without it no byte reaches any regular file (`RLIMIT_FSIZE=0`)."""

    start_programs: bool = False
    """Start Python again (worker processes, a keyring's child) and signal what it started."""

    local_sockets: bool = False
    """Open Unix sockets (a keyring on D-Bus, a database on this machine)."""

    tcp: bool = False
    """Connect by TCP to the ports it names (a region's database). No other protocol; nobody listens."""

    sound: bool = False
    """Reach the sound card, and the files that a voice is made of."""

    memory: int = 256 << 20
    """Bytes of memory it may map (`RLIMIT_AS`), reserved or used; 0 for no limit of ours."""

    name: str = ""
    """What stands for its command line, which nobody reads any more; empty to leave that as it is."""


class Profile(Enum):
    """Kinds of process, each with a jail of its own."""

    VISITOR = Powers(name="kiosk.sitting", memory=384 << 20)
    """A sitting: memory and its inherited descriptors, nothing else (P1, P11). A look-up of news maps 120 MiB more."""

    SPEECH = Powers(memory=0, start_programs=True, local_sockets=True, sound=True)
    """Reads a pack's words aloud: a voice and the sound card, no file to write, no network."""

    CLERK = Powers(write_files=True)
    """Opens the database, sees sealed bytes only."""

    REGION_CLERK = Powers(tcp=True)
    """A clerk whose database is a region's: it connects to that port and writes no file."""

    LOCAL_REGION_CLERK = Powers(local_sockets=True)
    """A clerk whose region's database lies on this machine, behind a Unix socket."""

    SETUP = Powers(memory=0, write_files=True, start_programs=True, local_sockets=True)
    """Makes the data folder and the provider's key."""

    DESK = Powers(memory=0, write_files=True, start_programs=True, local_sockets=True)
    """The provider's side: private key, exports, worker processes."""

    MEETING = Powers(memory=0, write_files=True)
    """The list holder's meeting: one folder to write to, no socket, no program."""

    REGION_DESK = Powers(memory=0, write_files=True, start_programs=True, local_sockets=True, tcp=True)
    """A desk whose records lie in a region's database: it connects to that port as well."""

    WORKER = Powers(memory=1 << 30, name="kiosk.worker")
    """Opens sealed bytes for the desk: its two pipes and its memory, nothing else."""
