"""The words that pages ask for are in the packs, and the packs hold no word that nobody asks for."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import kiosk.sitting
from kiosk.content.check import check
from kiosk.content.files import BUILT_IN
from kiosk.content.snapshot import available
from kiosk.sitting.pages import registry
from kiosk.sitting.pages.page import Page
from kiosk.sitting.words import Words

SOURCES = sorted(Path(kiosk.sitting.__file__).parent.rglob("*.py"))
NO_PAGES = {"page", "note"}
"""Names of what other pages are made of, and of what F1 itself opens."""
NAMED = ("heading", "go_on_word", "enter_word")
"""Class attributes of a page that hold the key of a word."""


def asked() -> set[str]:
    """Keys that the sitting's code looks up by a plain string."""
    keys = set()
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="words") | ast.Attribute(attr="words"), args=[first, *_]):
                    keys |= {each.value for each in ast.walk(first) if isinstance(each, ast.Constant)}
                case ast.AnnAssign(target=ast.Name(id=name), value=ast.Constant(value=str(key))) if name in NAMED:
                    keys.add(key)
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(key))) if name in NAMED:
                    keys.add(key)
    return {key for key in keys if isinstance(key, str) and re.fullmatch(r"[a-z][a-z-]*[a-z]", key)}


@pytest.mark.parametrize("name", sorted(available()))
def test_every_word_that_a_page_asks_for(name: str) -> None:
    """No page shows the key of a word in place of the word."""
    pack = check(BUILT_IN / name).pack
    assert pack is not None
    assert "back" in asked()
    assert asked() - set(pack.words) == set()


@pytest.mark.parametrize("name", sorted(available()))
def test_every_word_is_asked_for(name: str) -> None:
    """A word that no code names, whole or by its beginning, is not kept."""
    pack = check(BUILT_IN / name).pack
    assert pack is not None
    code = "\n".join(source.read_text(encoding="utf-8") for source in SOURCES)
    beginnings = tuple(re.findall(r'f"([a-z-]+-)\{', code))
    unused = {key for key in pack.words if not re.search(rf"[\"']{key}[\"']", code) and not key.startswith(beginnings)}
    assert unused == set()


def every_page(of: type[Page] = Page) -> Iterator[type[Page]]:
    """Yield every kind of page that there is."""
    for each in (one for one in of.__subclasses__() if one.__module__.startswith("kiosk.")):
        yield each
        yield from every_page(each)


@pytest.mark.parametrize("name", sorted(available()))
@pytest.mark.parametrize("language", ["en", "es"])
def test_f1_explains_that_very_page(name: str, language: str) -> None:
    """Each page that says why it is there says it in words of its own, in every language of the pack."""
    registry.import_rest()
    importlib.import_module("kiosk.sitting.line.plan")
    pack = check(BUILT_IN / name).pack
    assert pack is not None
    own = {each.name for each in every_page() if "why" in each.common and each.why is Page.why}
    assert {"gate", "review", "release", "kept", "call", "take"} <= own
    said = [Words(pack, language)(f"why-{each}") for each in own - NO_PAGES]
    assert len(set(said)) == len(said)
    assert not [text for text in said if len(text.split()) < 10]
