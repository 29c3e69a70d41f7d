"""What set-up made, in words for the operator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Made:
    """A kiosk that is there now."""

    home: Path
    """The data folder."""
    key: str
    """Where the provider's wrapped key is: `keyring`, `file`, or `none` on a station with a region file."""
    because: str = ""
    """Why it is there, a sentence; empty where nothing needs saying."""
    quit: bool = False
    """Whether Ctrl+Q on the home page ends the kiosk."""

    def sentences(self) -> Iterator[str]:
        """Say it."""
        yield f"Everything is in {self.home}, open to this user alone."
        if self.key == "none":
            yield "This station holds no private key: it can seal summaries and never open one."
        elif self.key == "keyring":
            yield "The provider's key is in this user's keyring, wrapped by the passphrase."
        else:
            yield "The provider's key is in the file provider.key (0600), wrapped by the passphrase."
        if self.because:
            yield self.because
        if self.key != "none":
            yield "Without the passphrase it opens nothing, so keep the note of it apart from this machine."
        yield "To end a running kiosk, type `kiosk stop` in another terminal of this user."
        if self.quit:
            yield "Ctrl+Q on its home page ends it as well, and whoever sits there then has this user's terminal."
        else:
            yield "No key on its home page ends it; `quit = true` in station.toml would let Ctrl+Q do so."
