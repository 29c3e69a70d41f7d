"""Where a kiosk keeps its things, and whether anybody else could reach them."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import KioskError

MAXIMUM_FILES = 10_000
"""More than this under the data folder is no kiosk's."""


class NotSetUp(KioskError):
    """There is no kiosk here yet."""

    hint = "Run `kiosk setup`."


class WrongFolder(KioskError):
    """The data folder is not one that can be trusted."""

    hint = "Give KIOSK_HOME a folder of this user's own, not reached through a link."


class OpenToOthers(KioskError):
    """A file or folder may be read, changed or replaced by somebody else."""

    hint = "Take everybody else's access away: `chmod -R u=rwX,go= FOLDER`, and `chown -R` it to this user."


@dataclass(frozen=True, slots=True)
class Place:
    """The files of one data folder (design: Place)."""

    home: Path
    """The data folder itself, mode 0700."""

    @property
    def station_toml(self) -> Path:
        """The settings of this station."""
        return self.home / "station.toml"

    @property
    def station_key(self) -> Path:
        """The station's secret, its number classes and the recipients' public keys."""
        return self.home / "station.key"

    @property
    def summaries(self) -> Path:
        """The database of sealed summaries."""
        return self.home / "summaries.db"

    @property
    def ledgers(self) -> Path:
        """The database of codes and counts."""
        return self.home / "ledgers.db"

    @property
    def packs(self) -> Path:
        """Packs installed here, and local content."""
        return self.home / "packs"

    @property
    def run(self) -> Path:
        """Locks and process numbers of running kiosks."""
        return self.home / "run"

    @property
    def provider_key(self) -> Path:
        """The provider's wrapped key, where no keyring serves."""
        return self.home / "provider.key"

    @property
    def desk_toml(self) -> Path:
        """The regions of a provider's machine, with stations' wrapped secrets."""
        return self.home / "desk.toml"

    @property
    def area_toml(self) -> Path:
        """The area's registry: its providers, on a provider's machine."""
        return self.home / "area.toml"

    @property
    def rotation_key(self) -> Path:
        """Old and new provider's key, each locked by the other, while one replaces the other."""
        return self.home / "rotation.key"

    @property
    def retention_toml(self) -> Path:
        """How long the provider keeps which records."""
        return self.home / "retention.toml"

    @property
    def published(self) -> Path:
        """What reports have shown so far, with the counts under it; sealed with the provider's key."""
        return self.home / "published.ledger"

    @property
    def removed(self) -> Path:
        """What the provider removed, number by number; sealed with the provider's key."""
        return self.home / "removed.ledger"

    @property
    def removals(self) -> Path:
        """The last removal list that the provider signed."""
        return self.home / "removals.list"

    @property
    def restored(self) -> Path:
        """Is there while a desk that came back from a backup waits for its stations."""
        return self.home / "restored"

    @property
    def deals_lost(self) -> Path:
        """Is there where desk.toml came back from a backup: stations may have been dealt since."""
        return self.home / "deals.lost"

    @property
    def reports_lost(self) -> Path:
        """Is there where a key came back without the reports that it published."""
        return self.home / "reports.lost"

    @property
    def set_up(self) -> bool:
        """Whether set-up has been finished here."""
        return self.station_toml.exists()


def home() -> Path:
    """The data folder: `KIOSK_HOME`, else `kiosk` in the platform's user data folder. It need not exist."""
    named = os.environ.get("KIOSK_HOME")
    if named:
        return Path(named).absolute()
    data = os.environ.get("XDG_DATA_HOME", "")
    if not data.startswith("/"):
        return Path.home() / ".local" / "share" / "kiosk"
    return Path(data) / "kiosk"


def place() -> Place:
    """The place of this user's kiosk."""
    return Place(home())


def check_modes(place: Place) -> None:
    """See that the data folder and all in it belong to this user alone (0700, 0600).

    Raises `NotSetUp`, `WrongFolder` or `OpenToOthers`; follows no link.
    """
    try:
        found = place.home.lstat()
    except OSError:
        raise NotSetUp("This kiosk has not been set up yet.") from None
    if not stat.S_ISDIR(found.st_mode):
        raise WrongFolder("The data folder is not a folder.")
    _check(found, ".")
    for folder, folders, files in os.walk(place.home, onerror=_unreadable):
        if len(folders) + len(files) > MAXIMUM_FILES:
            raise WrongFolder("The data folder holds far more files than a kiosk makes.")
        for name in (*folders, *files):
            path = Path(folder, name)
            try:
                found = path.lstat()
            except FileNotFoundError:
                continue  # another kiosk has just removed its process file or its journal
            _check(found, str(path.relative_to(place.home)))


def _check(found: os.stat_result, name: str) -> None:
    """Raise `OpenToOthers` unless one entry is a plain file or folder of this user alone."""
    if not (stat.S_ISDIR(found.st_mode) or stat.S_ISREG(found.st_mode)):
        raise OpenToOthers(f"In the data folder, {name!r} is neither a file nor a folder.")
    if found.st_uid != os.geteuid():
        raise OpenToOthers(f"In the data folder, {name!r} belongs to another user.")
    if found.st_mode & 0o077:
        raise OpenToOthers(f"In the data folder, {name!r} has mode {found.st_mode & 0o777:04o}: others can reach it.")


def _unreadable(error: OSError) -> None:
    """Refuse a folder that cannot be looked into."""
    raise WrongFolder("A folder of the data folder cannot be read.") from None
