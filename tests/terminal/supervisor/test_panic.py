"""P2: the panic key, in every state of sitting and terminal."""

from __future__ import annotations

from tests.terminal.supervisor.conftest import F12, Start


def test_panic_hands_over_to_a_painted_standby(start: Start) -> None:
    """P2: panic clears the screen, ends the sitting, and the next one has the terminal."""
    glass = start()
    first = glass.sitting()
    glass.until_event("standby-ready", 1)
    glass.type(b"my name is")
    glass.until(b"said=my name is=")
    place = glass.mark()
    glass.type(F12)
    glass.until_event("handed", 1)
    glass.gone(first)
    glass.until_event("standby-ready", 2)
    second = glass.sitting(place)
    assert second != first
    assert not any("my name" in line for line in glass.screen())
