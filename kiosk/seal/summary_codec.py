"""The inside of a sealed record: a fixed layout of codes, padded to one length."""

from __future__ import annotations

import struct
from dataclasses import fields
from enum import IntEnum
from operator import attrgetter
from typing import Final

from kiosk.seal.sealed import PLAIN_LENGTH
from schema.later import Change, Renewal, Sealable, Withdrawal
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

CODEC: Final = 2
"""The version of this layout: what is written. Version 1 has the first twelve factors only, and is still read."""
_START: Final = struct.Struct(f">BBI{PHRASE_CHECK_LENGTH}s")
_INSTRUMENT: Final = struct.Struct(">H")
_RENEWAL: Final = struct.Struct(">HHBHB")
_FACTORS: Final = tuple(field.name for field in fields(Factors))
_CODES_OF: Final = attrgetter(*_FACTORS)
_COUNT: Final = {1: 12, CODEC: len(_FACTORS)}
"""How many factors each version holds."""
_BODY: Final = {codec: struct.Struct(f">HB16s16s24sH8sH{count}HBBBBHBBB") for codec, count in _COUNT.items()}
_NO_MONTH: Final = (0, 0)


class Kind(IntEnum):
    """What a record asks for."""

    SUMMARY = 1
    WITHDRAWAL = 2
    CHANGE = 3
    RENEWAL = 4


class CodecFault(ValueError):
    """Opened bytes that are no summary: another layout, a code out of its list, or padding that is not zero."""


def encode(item: Sealable, codec: int = CODEC) -> bytes:
    """Lay `item` out in `PLAIN_LENGTH` bytes. Version 1 has no room for the two factors that came with version 2."""
    if isinstance(item, Summary):
        start, body = _START.pack(codec, Kind.SUMMARY, 0, item.phrase_check), _body(item, codec)
    elif isinstance(item, Change):
        start = _START.pack(codec, Kind.CHANGE, item.target, item.phrase_check)
        body = _body(item.summary, codec) + item.summary.phrase_check
    elif isinstance(item, Renewal):
        start = _START.pack(codec, Kind.RENEWAL, item.target, item.phrase_check)
        body = _RENEWAL.pack(item.instrument, *_month_out(item.month), *_month_out(item.until))
    else:
        start = _START.pack(codec, Kind.WITHDRAWAL, item.target, item.phrase_check)
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
    if codec not in _BODY or kind not in Kind.__members__.values():
        raise CodecFault("another layout or kind")
    try:
        item = _item(codec, Kind(kind), target, phrase_check, plain)
    except (SummaryFault, ValueError):
        raise CodecFault("a code out of its list") from None
    if encode(item, codec) != plain:
        raise CodecFault("padding that is not zero")
    return item


def _item(codec: int, kind: Kind, target: int, phrase_check: bytes, plain: bytes) -> Sealable:
    if kind is Kind.WITHDRAWAL:
        return Withdrawal(target, phrase_check, *_INSTRUMENT.unpack_from(plain, _START.size))
    if kind is Kind.RENEWAL:
        instrument, year, month, *until = _RENEWAL.unpack_from(plain, _START.size)
        return Renewal(target, phrase_check, instrument, _month_in(year, month) or "", _month_in(*until) or "")
    if kind is Kind.SUMMARY:
        return _summary(codec, plain, phrase_check)
    used = _START.size + _BODY[codec].size
    return Change(target, phrase_check, _summary(codec, plain, plain[used : used + PHRASE_CHECK_LENGTH]))


def _body(summary: Summary, codec: int) -> bytes:
    return _BODY[codec].pack(
        *_month_out(summary.month),
        summary.region.encode("ascii"),
        summary.agency.encode("ascii"),
        summary.pack.encode("ascii"),
        summary.instrument,
        bytes.fromhex(summary.profile),
        summary.score,
        *_CODES_OF(summary.factors)[: _COUNT[codec]],
        summary.assessment_type,
        summary.pathway,
        summary.referral_outcome,
        summary.release,
        *_month_out(summary.release_expires),
        summary.plan_mode,
        summary.revisit,
    )


def _summary(codec: int, plain: bytes, phrase_check: bytes) -> Summary:
    year, month, region, agency, pack, instrument, profile, score, *rest = _BODY[codec].unpack_from(plain, _START.size)
    count = _COUNT[codec]
    codes, (kind, pathway, referral, release, *expiry, mode, revisit) = rest[:count], rest[count:]
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
