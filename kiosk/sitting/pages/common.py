"""What most pages can do: say why they are here, go back, change a language; whatever face they have."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kiosk.sitting.pages.page import Doing, Open, Page, nothing_more


def common(page: Page) -> Mapping[str, Callable[[], Doing]]:
    """Return what can be done on a page as on others, by name; pausing and leaving are its face's."""
    everything: dict[str, Callable[[], Doing]] = {
        "why": page.explain,
        "changed": page.changed,
        "language": lambda: _language(page),
        "back": page.back,
        "staff": lambda: _staff(page),
    }
    return {name: do for name, do in everything.items() if has(page, name)}


def has(page: Page, name: str) -> bool:
    """Whether something that can be done on most pages can be done here."""
    if name == "staff":
        return page.staffed
    return name in page.common and (name != "changed" or page.private)


def _language(page: Page) -> Doing:
    """Ask for a language; nothing that was said is lost."""
    from kiosk.sitting.pages.language import LanguagePage

    return Open(LanguagePage(page.sitting), nothing_more)


def _staff(page: Page) -> Doing:
    """Lay the cards for the staff beside her over the page."""
    from kiosk.sitting.pages.staff import StaffCards

    return Open(StaffCards(page.sitting), nothing_more)
