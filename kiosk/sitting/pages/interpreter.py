"""Asking for an interpreter (OR-14): what to say, each sentence in every language of the pack, hers first."""

from __future__ import annotations

import os
from collections.abc import Iterable

from kiosk.sitting.pages.elements import Block, Kind
from kiosk.sitting.pages.page import Page
from kiosk.sitting.words import Words
from schema.pack import Pack
from schema.pack import Page as PackPage

PAGE = "interpreter"
"""The page of the pack that says it; a pack without one offers none."""


def page_of(pack: Pack) -> PackPage | None:
    """Return the pack's page about it, if there is one."""
    return next((page for page in pack.pages if page.id == PAGE), None)


class InterpreterPage(Page):
    """A page to show to staff, whatever she reads."""

    name = "interpreter"
    private = False
    heading = "home-title"
    common = ("back", "pause", "leave")
    key_words = {"leave": "key-clear"}
    go_on_word = "close"

    def blocks(self) -> Iterable[Block]:
        """Say everything in all languages."""
        pack = self.sitting.pack
        page = page_of(pack)
        if page is None:
            return
        codes = sorted((each.code for each in pack.languages), key=lambda code: code != self.words.language)
        spoken = [Words(pack, code) for code in codes]
        yield Block(" / ".join(words.of(page.title) for words in spoken), Kind.TITLE)
        yield from (Block("\n".join(words.of(paragraph) for words in spoken)) for paragraph in page.body)
        names = "interpreter-names-latin" if _few_letters() else "interpreter-names"
        yield Block(self.words(names) if names in pack.words else "")


def _few_letters() -> bool:
    """Whether this is a screen that has Latin letters only: the Linux console."""
    return os.environ.get("TERM") == "linux"
