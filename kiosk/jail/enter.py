"""The way into a jail: every wall in its order, and a report of which of them this kernel has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.jail import limits
from kiosk.jail.profile import Profile


@dataclass(frozen=True, slots=True)
class Held:
    """What held: each wall that stands. A kernel that lacks one leaves the others."""

    undumpable: bool
    """No core dump, and nobody of the same user may read this memory."""
    no_new_privileges: bool
    """No program started from here gains rights."""


def enter(profile: Profile, *, readable: Sequence[Path] = (), writable: Sequence[Path] = ()) -> Held:
    """Give up every power that `profile` does not name. Cannot be undone; call it before any thread starts."""
    powers = profile.value
    limits.limit(files=powers.write_files)
    return Held(undumpable=limits.hide(), no_new_privileges=limits.renounce())
