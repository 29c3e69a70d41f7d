"""The passphrase that protects the provider's key: one proposed and shown once, or one's own typed twice."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Input, Static

from kiosk.desk.keys.word_list import propose
from kiosk.errors import KioskError
from kiosk.setup import passphrase
from kiosk.setup.screens.page import SetupPage, error_line, paragraph
from kiosk.terminal.text import say
from widgets.choices import Choice, ChoiceList


class PassphraseKindPage(SetupPage):
    """Ask whether the program shall propose the passphrase."""

    heading = "A passphrase for the provider's key"
    help_text = (
        "Whoever has the key and this passphrase can open every kept summary; without the passphrase nobody can, and "
        "nobody can recover it. Write it down and lock it away, apart from this machine."
    )

    def body(self) -> Iterable[Widget]:
        """Yield the two ways."""
        yield paragraph("Without it no kept summary can ever be opened. There is no other way in.")
        chosen = 1 if self.state.recorded or self.state.own_passphrase else 0
        yield ChoiceList([Choice("Propose one", "It is shown once."), Choice("I type my own")], chosen=chosen)
        yield error_line()

    def take(self) -> bool:
        """Take the way."""
        index = self.query_one(ChoiceList).chosen
        if index is None:
            return self.complain("Choose one of the two.")
        if index == 0 and self.state.recorded:
            return self.complain("This terminal keeps what is shown, so none is shown here. Type your own.")
        self.state.own_passphrase = index == 1
        return True


class ProposedPage(SetupPage):
    """Show a new passphrase, once."""

    heading = "Write this down now"
    help_text = "It was drawn at random and is shown on this page only. Going back and coming again draws another one."
    go_on_word = "I have written it down"
    AUTO_FOCUS = "#go-on"

    def body(self) -> Iterable[Widget]:
        """Yield the passphrase; it is drawn anew each time the page is built."""
        self.draft.passphrase = propose()
        yield paragraph("The provider's passphrase:")
        yield Static(say(self.draft.passphrase), id="proposed")
        yield paragraph("Small letters, one space between the words. It is not shown again.")
        yield error_line()


class RepeatPage(SetupPage):
    """Have the proposed passphrase typed, as a proof that it was written down."""

    heading = "Type it from your note"
    help_text = "This proves that the note can be read. If it does not match, go back: a new passphrase is drawn then."

    def body(self) -> Iterable[Widget]:
        """Yield the field."""
        yield Input(password=True, id="repeat", max_length=passphrase.LONGEST)
        yield error_line()

    def take(self) -> bool:
        """Go on when it matches."""
        field = self.query_one("#repeat", Input)
        if " ".join(field.value.lower().split()) == self.draft.passphrase:
            return True
        field.value = ""
        return self.complain("It is not the same. Try again, or go back for a new one.")


class OwnPage(SetupPage):
    """Take a passphrase of the operator's own, twice."""

    heading = "Your passphrase"
    help_text = (
        "Long beats complicated: five or six words that have nothing to do with each other, with you or with this "
        "place. A saying, a song or a date is guessed soon."
    )

    def body(self) -> Iterable[Widget]:
        """Yield both fields and the hint on strength."""
        yield Static(say("Passphrase"), classes="field-label")
        yield Input(password=True, id="own", max_length=passphrase.LONGEST)
        yield Static(say(""), id="strength")
        yield Static(say("The same again"), classes="field-label")
        yield Input(password=True, id="again", max_length=passphrase.LONGEST)
        yield error_line()

    @on(Input.Changed, "#own")
    def _weigh(self, event: Input.Changed) -> None:
        hint = passphrase.strength(event.value).value if event.value else ""
        self.query_one("#strength", Static).update(say(hint))

    @on(Input.Submitted, "#own")
    def _to_the_second(self, event: Input.Submitted) -> None:
        event.prevent_default()
        self.query_one("#again", Input).focus()

    def take(self) -> bool:
        """Take it when both are the same and it can be used."""
        own, again = (self.query_one(f"#{name}", Input) for name in ("own", "again"))
        try:
            passphrase.strong(own.value)
        except KioskError as error:
            return self.complain(f"{error} {error.hint}")
        if own.value != again.value:
            again.value = ""
            return self.complain("The two are not the same. Type the second one again.")
        self.draft.passphrase = own.value
        return True
