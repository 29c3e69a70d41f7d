"""What day this machine's clock says, where records, releases and removals go by it."""

from __future__ import annotations

from datetime import date

from kiosk.errors import KioskError

NOT_BEFORE = date(2026, 1, 1)
"""No clock that is right shows an earlier day."""

NOT_AFTER = date(2098, 12, 31)
"""Later than this a record has no room for the end of a release."""


class WrongClock(KioskError):
    """The clock shows a day that cannot be: a visitor would come to the end and could keep nothing."""

    hint = "Set it with `timedatectl set-time`, and see that it stays right when the power is off."


def check() -> None:
    """See that a record can have the month that it is. Raises WrongClock."""
    today = date.today()
    if not NOT_BEFORE <= today <= NOT_AFTER:
        raise WrongClock(f"The clock of this machine says {today:%Y-%m}.")
