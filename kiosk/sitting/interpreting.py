"""What to say to get an interpreter (OR-14), each sentence in every language of the pack, hers first."""

from __future__ import annotations

import os

from kiosk.sitting.words import Words
from schema.pack import Pack, Page

PAGE = "interpreter"
"""The page of the pack that says it; a pack without one offers none."""


def page_of(pack: Pack) -> Page | None:
    """Return the pack's page about it, if there is one."""
    return next((page for page in pack.pages if page.id == PAGE), None)


def said(pack: Pack, language: str) -> tuple[str, list[list[str]]]:
    """Return the title in all languages, and each paragraph as a list of what it is in each of them."""
    page = page_of(pack)
    if page is None:
        return "", []
    codes = sorted((each.code for each in pack.languages), key=lambda code: code != language)
    spoken = [Words(pack, code) for code in codes]
    title = " / ".join(words.of(page.title) for words in spoken)
    names = "interpreter-names-latin" if _few_letters() else "interpreter-names"
    said = [[words.of(paragraph) for words in spoken] for paragraph in page.body]
    return title, ([*said, [spoken[0](names)]] if names in pack.words else said)


def _few_letters() -> bool:
    """Whether this is a screen that has Latin letters only: the Linux console."""
    return os.environ.get("TERM") == "linux"
