"""The codes of notes and reasons, which a region edits in a TOML file: no free text in a meeting."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.errors import Refused

DEFAULT: Final = Path(__file__).with_name("codes.toml")
MOST_WORDS: Final = 40
MOST_LETTERS: Final = 300
MOST_CODES: Final = 99
_LONGEST: Final = 64 * 1024
CODE: Final = re.compile(r"[A-Z][0-9]{1,2}")


class NotACodeList(Refused):
    """A file that holds no codes for a meeting."""

    hint = f"Start from kiosk/meeting/codes.toml: [notes] and [reasons], a letter and digits, {MOST_WORDS} words each."


@dataclass(frozen=True, slots=True)
class CodeList:
    """What may be noted of somebody, and why somebody may be passed over. Raises NotACodeList."""

    notes: Mapping[str, str]
    reasons: Mapping[str, str]

    def __post_init__(self) -> None:
        for code, words in [*self.notes.items(), *self.reasons.items()]:
            if not (isinstance(words, str) and CODE.fullmatch(code) and words.isprintable()):
                raise NotACodeList("A code is no letter with one or two digits, or its words are no plain text.")
            if not 1 <= len(words.split()) <= MOST_WORDS or len(words) > MOST_LETTERS:
                raise NotACodeList(f"{code} has more than {MOST_WORDS} words, or none.")
        if not self.reasons or max(len(self.notes), len(self.reasons)) > MOST_CODES:
            raise NotACodeList(f"There have to be 1 to {MOST_CODES} reasons, and at most as many notes.")


def load(path: Path = DEFAULT) -> CodeList:
    """Read the file. Raises NotACodeList."""
    try:
        raw = path.read_bytes()
        table = tomllib.loads(raw[: _LONGEST + 1].decode())
        if len(raw) > _LONGEST or set(table) != {"notes", "reasons"}:
            raise ValueError
        return CodeList(dict(table["notes"]), dict(table["reasons"]))
    except (OSError, ValueError, TypeError, RecursionError):
        raise NotACodeList(f"{path.name} holds no codes for a meeting.") from None
