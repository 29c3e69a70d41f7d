"""A sitting for benches: jailed and supervised like a visitor's, with one page that a key can hang."""

from __future__ import annotations

from pathlib import Path

from kiosk.jail import Profile
from kiosk.terminal.process import begin


def main() -> None:
    """Greet the supervisor, enter the visitor's jail, show the page."""
    control = begin(Profile.VISITOR, readable=[Path(__file__).parent])
    from page import BenchPage

    from kiosk.terminal.app import PrivateApp

    class BenchSitting(PrivateApp):
        """A private app with the bench's page."""

        def get_default_screen(self) -> BenchPage:
            """The page."""
            return BenchPage()

    BenchSitting(control).run()


if __name__ == "__main__":
    main()
