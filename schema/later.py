"""What a visitor may ask later with her number and phrase, sealed like any summary and resolved at the desk."""

from __future__ import annotations

from dataclasses import dataclass

from schema.summary import Summary, check, check_phrase, check_short, is_month, is_number


@dataclass(frozen=True, slots=True, repr=False)
class Withdrawal:
    """A later request: take the record of `target` away. Resolved at the desk only."""

    target: int
    """The number given at the first sitting."""
    phrase_check: bytes
    """The check of the phrase she gave now; it has to equal the record's own."""
    instrument: int
    """The version of the pack's questions here, so that the head looks like any other."""

    def __post_init__(self) -> None:
        check(is_number(self.target), "target")
        check_phrase(self.phrase_check)
        check_short("instrument", self.instrument)


@dataclass(frozen=True, slots=True, repr=False)
class Change:
    """A later request: let `summary` stand in place of the record of `target`. Resolved at the desk only."""

    target: int
    phrase_check: bytes
    summary: Summary

    def __post_init__(self) -> None:
        check(is_number(self.target), "target")
        check_phrase(self.phrase_check)
        check(isinstance(self.summary, Summary), "summary")


@dataclass(frozen=True, slots=True, repr=False)
class Renewal:
    """A later request: let the release of `target` run on. Resolved at the desk only."""

    target: int
    phrase_check: bytes
    instrument: int
    month: str
    """The month in which she asked, `YYYY-MM`: the release ends at most its own length after it."""
    until: str
    """The last month that she agreed to."""

    def __post_init__(self) -> None:
        check(is_number(self.target), "target")
        check_phrase(self.phrase_check)
        check_short("instrument", self.instrument)
        check(is_month(self.month), "month")
        check(is_month(self.until), "until")


Later = Withdrawal | Change | Renewal
"""What can be asked later about a record."""
Sealable = Summary | Later
"""What `kiosk.seal.record.seal` takes; all four have the same length once sealed."""
