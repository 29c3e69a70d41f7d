"""What set-up knows while its pages are asked: what was chosen, where the kiosk goes, and what makes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.paths import Place
from kiosk.setup.draft import Draft
from kiosk.setup.result_text import Made

Maker = Callable[[Place, Draft, Callable[[str], None]], Made]
"""What makes a kiosk: `kiosk.setup.create_kiosk.make`."""


@dataclass(slots=True)
class SetupState:
    """One run of set-up; its pages read and change it."""

    place: Place
    """Where the kiosk is made."""
    draft: Draft = field(repr=False)
    """What has been chosen so far."""
    make: Maker
    """What makes it."""
    recorded: bool
    """Whether this terminal keeps what is shown, so that no passphrase may be."""
    own_passphrase: bool
    """Whether the operator types a passphrase of her own."""
    made: Made | None = None
    """What was made."""
