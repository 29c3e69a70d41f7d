"""The pages about the passphrase: shown once or never, typed twice, weighed."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input

from kiosk.setup.screens.passphrase import OwnPage, PassphraseKindPage, ProposedPage, RepeatPage
from kiosk.setup.screens.welcome import Welcome
from tests.screens.setup.walking import OWN, app, at, filled, go, rest, text, to, turn, typed


async def test_a_proposed_passphrase_is_shown_once(kiosk_home: Path) -> None:
    """Going back draws another one; the one shown before is good for nothing."""
    setup = app(kiosk_home)
    async with setup.run_test() as pilot:
        await rest(pilot, setup, Welcome)
        await to(pilot, setup, ProposedPage)
        first = setup.state.draft.passphrase
        await turn(pilot, "enter")
        await turn(pilot, "f4")
        assert at(setup) is ProposedPage and setup.state.draft.passphrase != first
        assert first not in " ".join(text(setup).split())
        await turn(pilot, "enter")
        await typed(pilot, first)
        assert at(setup) is RepeatPage and "! It is not the same" in text(setup)


async def test_under_a_recorder_no_passphrase_is_shown(kiosk_home: Path) -> None:
    """Recorders: set-up shows no passphrase there, and says so; one's own is typed unseen."""
    setup = app(kiosk_home, recorded=True)
    async with setup.run_test() as pilot:
        await rest(pilot, setup, Welcome)
        assert "keeps what is shown" in text(setup)
        await to(pilot, setup, PassphraseKindPage)
        await turn(pilot, "1", "enter")
        assert at(setup) is PassphraseKindPage and "! This terminal keeps" in text(setup)
        assert setup.state.draft.passphrase == ""
        await turn(pilot, "2", "enter")
        assert at(setup) is OwnPage
        await filled(pilot, OWN)
        shown = "".join(segment.text for strip in setup.screen._compositor.render_strips() for segment in strip)
        assert "•" in shown or "*" in shown, "the field must show that something was typed"
        assert OWN not in shown and "tulip" not in shown


async def test_own_passphrases_are_checked(kiosk_home: Path) -> None:
    """Too short, or not the same twice: the error stands beside the field, and the hint on strength moves."""
    setup = app(kiosk_home)
    async with setup.run_test() as pilot:
        await rest(pilot, setup, Welcome)
        await to(pilot, setup, PassphraseKindPage)
        await turn(pilot, "2", "enter")
        await go(pilot, *"aaaaaaaaaaaaaaaa")
        assert "Weak" in text(setup)
        setup.screen.query_one("#own", Input).value = ""
        await filled(pilot, "short")
        await typed(pilot, "short")
        assert "! A passphrase has at least" in text(setup) and at(setup) is OwnPage
        setup.screen.query_one("#own", Input).value = ""
        setup.screen.query_one("#own", Input).focus()
        await filled(pilot, OWN)
        await typed(pilot, OWN + "x")
        assert "! The two are not the same" in text(setup) and at(setup) is OwnPage
        assert setup.state.draft.passphrase == ""
