"""The inside of a sealed record: a fixed layout of codes, padded to one length."""

from __future__ import annotations

import struct
from dataclasses import fields
from enum import IntEnum
from operator import attrgetter
from typing import Final

from kiosk.seal.sealed import PLAIN_LENGTH
from schema.later import Change, Sealable, Withdrawal
from schema.summary import (
    PHRASE_CHECK_LENGTH,
    AssessmentType,
    Factors,
    Pathway,
    PlanMode,
    ReferralOutcome,
    Summary,
    SummaryFault,
)

CODEC: Final = 1
"""The version of this layout."""
_START: Final = struct.Struct(f">BBI{PHRASE_CHECK_LENGTH}s")
_INSTRUMENT: Final = struct.Struct(">H")
_FACTORS: Final = tuple(field.name for field in fields(Factors))
_CODES_OF: Final = attrgetter(*_FACTORS)
_BODY: Final = struct.Struct(f">HB16s16s24sH8sH{len(_FACTORS)}HBBBBHBBB")
_USED: Final = _START.size + _BODY.size
_NO_MONTH: Final = (0, 0)


class Kind(IntEnum):
    """What a record asks for."""

    SUMMARY = 1
    WITHDRAWAL = 2
    CHANGE = 3


class CodecFault(ValueError):
    """Opened bytes that are no summary: another layout, a code out of its list, or padding that is not zero."""


def encode(item: Sealable) -> bytes:
    """Lay `item` out in `PLAIN_LENGTH` bytes."""
    if isinstance(item, Summary):
        start, body = _START.pack(CODEC, Kind.SUMMARY, 0, item.phrase_check), _body(item)
    elif isinstance(item, Change):
        start = _START.pack(CODEC, Kind.CHANGE, item.target, item.phrase_check)
        body = _body(item.summary) + item.summary.phrase_check
    else:
        start = _START.pack(CODEC, Kind.WITHDRAWAL, item.target, item.phrase_check)
        body = _INSTRUMENT.pack(item.instrument)
    return (start + body).ljust(PLAIN_LENGTH, b"\0")


def instrument(item: Sealable) -> int:
    """The instrument that a record's head names."""
    return item.summary.instrument if isinstance(item, Change) else item.instrument


def decode(plain: bytes) -> Sealable:
    """Read what `encode` laid out. Raises CodecFault."""
    if len(plain) != PLAIN_LENGTH:
        raise CodecFault("another length")
    codec, kind, target, phrase_check = _START.unpack_from(plain)
    if codec != CODEC or kind not in Kind.__members__.values():
        raise CodecFault("another layout or kind")
    try:
        item = _item(Kind(kind), target, phrase_check, plain)
    except (SummaryFault, ValueError):
        raise CodecFault("a code out of its list") from None
    if encode(item) != plain:
        raise CodecFault("padding that is not zero")
    return item


def _item(kind: Kind, target: int, phrase_check: bytes, plain: bytes) -> Sealable:
    if kind is Kind.WITHDRAWAL:
        return Withdrawal(target, phrase_check, *_INSTRUMENT.unpack_from(plain, _START.size))
    if kind is Kind.SUMMARY:
        return _summary(plain, phrase_check)
    return Change(target, phrase_check, _summary(plain, plain[_USED : _USED + PHRASE_CHECK_LENGTH]))


def _body(summary: Summary) -> bytes:
    return _BODY.pack(
        *_month_out(summary.month),
        summary.region.encode("ascii"),
        summary.agency.encode("ascii"),
        summary.pack.encode("ascii"),
        summary.instrument,
        bytes.fromhex(summary.profile),
        summary.score,
        *_CODES_OF(summary.factors),
        summary.assessment_type,
        summary.pathway,
        summary.referral_outcome,
        summary.release,
        *_month_out(summary.release_expires),
        summary.plan_mode,
        summary.revisit,
    )


def _summary(plain: bytes, phrase_check: bytes) -> Summary:
    year, month, region, agency, pack, instrument, profile, score, *rest = _BODY.unpack_from(plain, _START.size)
    codes, (kind, pathway, referral, release, *expiry, mode, revisit) = rest[: len(_FACTORS)], rest[len(_FACTORS) :]
    return Summary(
        month=_month_in(year, month) or "",
        region=_code(region),
        agency=_code(agency),
        pack=_code(pack),
        instrument=instrument,
        profile=profile.hex(),
        score=score,
        factors=Factors(*codes),
        assessment_type=AssessmentType(kind),
        pathway=Pathway(pathway),
        referral_outcome=ReferralOutcome(referral),
        release=bool(release),
        release_expires=_month_in(*expiry),
        plan_mode=PlanMode(mode),
        revisit=bool(revisit),
        phrase_check=phrase_check,
    )


def _month_out(month: str | None) -> tuple[int, int]:
    return (int(month[:4]), int(month[5:])) if month else _NO_MONTH


def _month_in(year: int, month: int) -> str | None:
    return None if (year, month) == _NO_MONTH else f"{year:04d}-{month:02d}"


def _code(raw: bytes) -> str:
    return raw.rstrip(b"\0").decode("ascii")
