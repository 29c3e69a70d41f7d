"""What two fields, a text area and a button should hold after given keys; as plain as can be."""

from __future__ import annotations

from typing import Final

KEYS: Final = {
    "a": b"a",
    "B": b"B",
    "é": "é".encode(),
    "Tab": b"\t",
    "Shift+Tab": b"\x1b[Z",
    "Enter": b"\r",
    "Backspace": b"\x7f",
    "Left": b"\x1b[D",
    "Right": b"\x1bOC",
    "Home": b"\x1b[H",
    "End": b"\x1b[F",
    "Delete": b"\x1b[3~",
    "Ctrl+K": b"\x0b",
    "paste": b"\x1b[200~x-y\x1b[201~",
    "kitty c": b"\x1b[99;;99u",
}
"""Keys by name, as a terminal sends them."""

_ORDER: Final = ("first", "second", "area", "press")


class Field:
    """Text with a cursor; an area also has lines."""

    def __init__(self, lines: bool) -> None:
        self.text = ""
        self.cursor = 0
        self.lines = lines

    def _edges(self) -> tuple[int, int]:
        start = self.text.rfind("\n", 0, self.cursor) + 1
        end = self.text.find("\n", self.cursor)
        return start, len(self.text) if end < 0 else end

    def insert(self, text: str) -> None:
        """Put `text` in at the cursor."""
        self.text = self.text[: self.cursor] + text + self.text[self.cursor :]
        self.cursor += len(text)

    def _remove(self, start: int, end: int) -> None:
        self.text = self.text[:start] + self.text[end:]
        self.cursor = start

    def press(self, name: str) -> None:
        """Act on one key."""
        start, end = self._edges()
        match name:
            case "Backspace" if self.cursor:
                self._remove(self.cursor - 1, self.cursor)
            case "Delete" if self.cursor < len(self.text):
                self._remove(self.cursor, self.cursor + 1)
            case "Left":
                self.cursor = max(0, self.cursor - 1)
            case "Right":
                self.cursor = min(len(self.text), self.cursor + 1)
            case "Home":
                self.cursor = start
            case "End":
                self.cursor = end
            case "Ctrl+K":
                join = self.lines and end == self.cursor and end < len(self.text)
                self._remove(self.cursor, end + 1 if join else end)
            case _:
                pass


class Model:
    """The page."""

    def __init__(self) -> None:
        self.fields = {name: Field(lines=name == "area") for name in _ORDER[:3]}
        self.focus = "first"

    def press(self, name: str) -> None:
        """Act on one key."""
        field = self.fields.get(self.focus)
        letters = {"paste": "x-y", "kitty c": "c"}.get(name, name if len(name) == 1 else "")
        if name in ("Tab", "Shift+Tab"):
            step = 1 if name == "Tab" else -1
            self.focus = _ORDER[(_ORDER.index(self.focus) + step) % len(_ORDER)]
        elif name == "Enter" and self.focus == "area":
            self.fields["area"].insert("\n")
        elif name == "Enter" and self.focus == "first":
            self.focus = "second"
        elif field is not None and letters:
            field.insert(letters)
        elif field is not None:
            field.press(name)

    def text(self) -> str:
        """All that the fields hold."""
        return "".join(field.text for field in self.fields.values())

    def held(self) -> dict[str, object]:
        """What the app should tell."""
        return {**{name: field.text for name, field in self.fields.items()}, "focus": self.focus}
