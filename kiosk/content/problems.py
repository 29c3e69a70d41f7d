"""What can be wrong with a content pack, as sentences for the person who writes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kiosk.errors import ExitCode, KioskError

_LONGEST_SHOWN = 60


class Kind(StrEnum):
    """The kinds of fault; each is shown red once by a test."""

    FOLDER = "folder"
    INCLUDE = "include"
    SYMLINK = "symlink"
    SIZE = "size"
    TOML = "toml"
    NESTING = "nesting"
    CYCLE = "cycle"
    TWICE = "twice"
    CONTROL = "control"
    MARKUP = "markup"
    SHAPE = "shape"
    UNKNOWN_KEY = "unknown-key"
    ID = "id"
    CODE = "code"
    REFERENCE = "reference"
    SLOT = "slot"
    MISSING = "missing"
    HOME = "home"
    PHRASE = "phrase"
    DIRECTORY = "directory"
    LANGUAGE = "language"
    READING = "reading"
    SENTENCE = "sentence"
    WORDING = "wording"
    CAUTION = "caution"
    ADDRESS = "address"
    REVIEW = "review"
    NEEDED = "needed"
    COVERAGE = "coverage"
    GLYPH = "glyph"
    SOURCE = "source"


EDITORIAL = frozenset(
    {
        Kind.LANGUAGE,
        Kind.READING,
        Kind.SENTENCE,
        Kind.WORDING,
        Kind.CAUTION,
        Kind.ADDRESS,
        Kind.REVIEW,
        Kind.NEEDED,
        Kind.COVERAGE,
        Kind.GLYPH,
        Kind.SOURCE,
    }
)
"""Kinds that `kiosk pack check` refuses, and that do not stop a kiosk which is already serving people."""


@dataclass(frozen=True, slots=True)
class PackProblem:
    """One fault: where it is, in which language, and what is wrong."""

    kind: Kind
    id: str
    """The piece of content, or the file, that has it."""
    sentence: str
    """What is wrong, one plain sentence."""
    language: str = ""
    """ISO 639-1 code; empty where the fault has no language."""

    @property
    def stops(self) -> bool:
        """Whether a pack with this fault may not be used at all."""
        return self.kind not in EDITORIAL

    def __str__(self) -> str:
        where = f"{self.id} ({self.language})" if self.language else self.id
        return f"{where}: {self.sentence}"


class BadPack(KioskError):
    """A content pack has faults that keep it from being used."""

    hint = "`kiosk pack check PATH` lists every fault of a pack."
    exit_code = ExitCode.REFUSED

    def __init__(self, name: str, problems: Sequence[PackProblem]) -> None:
        first = next((problem for problem in problems if problem.stops), None)
        super().__init__(f"The content pack {shown(name)} cannot be used: {first or 'it was not found.'}")
        self.problems = tuple(problems)


def shown(untrusted: object) -> str:
    """Name something a pack wrote, in plain ASCII and cut short, so that an operator's terminal stays quiet."""
    plain = ascii(str(untrusted)[: _LONGEST_SHOWN + 1])
    return plain if len(str(untrusted)) <= _LONGEST_SHOWN else f"{plain[:_LONGEST_SHOWN]}...'"
