"""The pack's words in the visitor's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schema.pack import Pack, Text


class Words:
    """Looks words up in one language, and in the pack's first one where a translation is missing.

    A missing translation is a fault that `kiosk pack check` names; here the visitor still gets words to read.
    """

    def __init__(self, pack: Pack, language: str, someone: int = 0) -> None:
        self._pack = pack
        self.someone = someone
        """Which of the pack's words stands for the person it is about (OR-05)."""
        self._first = pack.languages[0].code
        self.language = language if any(each.code == language for each in pack.languages) else self._first
        """ISO 639-1 code of the language that is spoken now."""
        self.hotline = next((each.phone for each in pack.resources if each.hotline and each.phone), pack.emergency)
        """The number that `{hotline}` stands for (MO-36)."""

    def of(self, text: Text | None) -> str:
        """Return a text in this language with the pack's numbers filled in; nothing for no text."""
        return self.with_numbers(self.raw(text))

    def with_numbers(self, words: str) -> str:
        """Return words with `{hotline}`, `{emergency}`, `{someone}` and `{keeper}` filled in."""
        if "{keeper}" in words:
            words = words.replace("{keeper}", self.raw(self._pack.words.get("keeper") or None))
        if "{someone}" in words and self._pack.person_words:
            words = words.replace("{someone}", self.raw(self._pack.person_words[self.someone].label))
        return words.replace("{hotline}", self.hotline).replace("{emergency}", self._pack.emergency)

    def raw(self, text: Text | None) -> str:
        """Return a text in this language with its `{places}` as they stand; nothing for no text."""
        if text is None:
            return ""
        return text.get(self.language) or text.get(self._first) or next(iter(text.values()), "")

    def __call__(self, key: str, **values: object) -> str:
        """Return the word under `key`, with `{name}` places filled. An unknown key shows itself."""
        text = self.of(self._pack.words.get(key)) or key
        for name, value in values.items():
            text = text.replace("{" + name + "}", str(value))
        return text
