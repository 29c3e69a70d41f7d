"""The two pages of `kiosk directory`: every provider with what it lacks, and one of them in fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from textual.widget import Widget
from textual.widgets import Input, Static

from kiosk.directory.area import FLAGS, Area, Provider
from kiosk.directory.checking import able_in_words, called_in_words, uncovered
from kiosk.directory.editor.fields import Fields, Unfit, from_fields, to_fields
from kiosk.directory.editor.page import DirectoryPage, error_line
from kiosk.terminal.private_page import paragraph
from kiosk.terminal.text import say
from schema.agency import Agency
from widgets.choices import Choice, ChoiceList
from widgets.planline import Tick

LABELS = {
    "code": "Code, unique in the area",
    "label": "Neutral name for visitors (a passer-by may read it)",
    "telephone": "Telephone",
    "hours": "Hours in words",
    "counties": "Counties that it serves, by ; (or * for everywhere, which is named for none)",
    "tags": "For whom in particular, by ;",
    "notes": "How its intake goes, for staff",
    "source": "Whose list it comes from, and of which day",
}
FLAG_LABELS = {
    "able": "Able to give the standard assessment",
    "willing": "Willing to give it in these counties",
    "optional_access_point": "The region names it as an optional access point",
    "outside_region": "It lies outside the region",
    "must_speak_herself": "It has to speak with her: staff hand over the telephone",
}
CALLED = "Somebody rang this number today and was answered"


class ProvidersPage(DirectoryPage):
    """Choose a provider, or add one. It answers with the code, empty for a new one."""

    heading = "Providers"
    help_text = (
        "Everybody who may hold records or give the assessment in this area. Each county needs one that is able and "
        "willing and names it. A number that nobody called in 90 days has to be called again."
    )
    back_word = "Finish"
    go_on_word = "Open"

    def __init__(self, area: Area, counties: Sequence[str], said: str) -> None:
        super().__init__()
        self._area, self._counties, self._said = area, counties, said

    def title_words(self) -> str:
        """Name the area."""
        return f"{self._area.name} ({self._area.code})"

    def body(self) -> Iterable[Widget]:
        """Say what is lacking, then list them."""
        bare = uncovered(self._area, self._counties)
        if self._said:
            yield paragraph(self._said, id="said")
        if bare:
            first = ", ".join(bare[:3]) + (", ..." if len(bare) > 3 else "")
            yield paragraph(f"Counties without one that is able and willing: {len(bare)} ({first}).", id="bare")
        else:
            yield paragraph(f"Each of {len(self._counties)} counties has one that is able and willing.", id="bare")
        yield ChoiceList([*map(self._line, self._area.providers), Choice("Add a provider")])
        yield error_line()

    def _line(self, provider: Provider) -> Choice:
        agency = provider.agency
        label = f"{agency.code}  {next(iter(agency.label.values()))}"
        said = (agency.telephone or "no telephone", called_in_words(provider, date.today()), able_in_words(provider))
        return Choice(label, "; ".join(said))

    def action_go_on(self) -> None:
        """Open the one that is chosen."""
        chosen = self.query_one(ChoiceList).chosen
        if chosen is None:
            self.complain("Choose a provider, or add one.")
        elif self.is_current and self.is_mounted:
            codes = [each.code for each in self._area.providers]
            self.dismiss(f"open {codes[chosen] if chosen < len(codes) else ''}")


class ProviderPage(DirectoryPage):
    """One provider in fields. It answers `saved` once what is typed fits; `provider` has it then."""

    heading = "A new provider"
    help_text = (
        "Code, name, telephone and hours are what visitors may see. Never write a street address, and no public key: "
        "keys enter only with fingerprints compared by voice. A new number has not been called yet."
    )
    go_on_word = "Save"

    def __init__(
        self, before: Provider | None, taken: Sequence[str], counties: Sequence[str], languages: Sequence[str]
    ) -> None:
        super().__init__()
        self._before, self._taken, self._counties = before, taken, counties
        self._fields = to_fields(before or Provider(Agency("NEW", {"en": "-"})), languages)
        if before is None:
            self._fields = dict.fromkeys(self._fields, "")
        self.provider: Provider | None = None
        """What was saved."""

    def title_words(self) -> str:
        """Name the provider."""
        return self.heading if self._before is None else self._before.code

    def body(self) -> Iterable[Widget]:
        """Yield a field for each word and a tick for each yes or no."""
        for name, text in self._fields.items():
            part, _, language = name.partition(" ")
            yield Static(say(LABELS[part] + (f" ({language})" if language else "")), classes="field-label")
            fixed = name == "code" and self._before is not None
            yield Input(text, id=_id(name), disabled=fixed, select_on_focus=False)
            yield error_line(f"{_id(name)}-error")
        for name, label in FLAG_LABELS.items():
            yield Tick(label, int(self._before is not None and getattr(self._before, name)))
        yield Tick(CALLED, 0)
        yield error_line()

    def action_go_on(self) -> None:
        """Save it, or say beside the field what does not fit."""
        for line in self.query(".error"):
            line.remove_class("-shown")
        typed: Fields = {name: self.query_one(f"#{_id(name)}", Input).value.strip() for name in self._fields}
        *marks, called = [bool(tick.mark) for tick in self.query(Tick)]
        try:
            made = from_fields(typed, dict(zip(FLAGS, marks, strict=True)), self._before, self._counties, called=called)
            if self._before is None and made.code in self._taken:
                raise Unfit("code", "Another provider has this code.")
        except Unfit as unfit:
            self.query_one(f"#{_id(unfit.field)}", Input).focus()
            self.complain(str(unfit), f"{_id(unfit.field)}-error")
            return
        if called and not made.agency.telephone:
            self.complain("There is no number that anybody could have called.", "telephone-error")
        elif self.is_current and self.is_mounted:
            self.provider = made
            self.dismiss("saved")


def _id(field: str) -> str:
    return field.replace(" ", "-")
