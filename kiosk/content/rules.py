"""The rules a pack keeps beyond its shape: references, codes, languages, and what a home page may say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from kiosk.content.directory import directory
from kiosk.content.phrase_words import phrase_words
from kiosk.content.problems import Kind, PackProblem, shown
from kiosk.content.texts import pieces, texts
from schema.answers import FACTOR_CODES, NOT_A_VALUE
from schema.pack import AGENCY_KINDS, CARD_KINDS, GOES, NEEDS, ROLES, SLOTS, WAYS, Line, Pack, Question

_ID: Final = re.compile(r"[a-z0-9](-?[a-z0-9])*")
_WORD_KEY: Final = re.compile(r"[a-z0-9][a-z0-9_-]*")
_ANSWER: Final = re.compile(r"[A-Z]{2}-[0-9]{2}")
_MONTH: Final = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
_SLOT: Final = re.compile(r"\{([^{}]*)\}|[{}]")

PAGES: Final = ("leaving", "gate", "framing", "closing")
"""Pages that the program opens by name (P12, MO-19, MO-20)."""

PAPER_PAGES: Final = ("paper", "paper-home")
"""Pages that the program opens ahead of anything on paper (MO-41, SL-03)."""

CROSSROADS: Final = ("safe-now", "not-safe", "unsure", "yes", "helping", "changed", "pathway", "plan-offer")
"""Crossroads that the program opens by name (MO-22, MO-18, MO-03, MO-31)."""


def rules(pack: Pack, folder: str) -> Iterator[PackProblem]:
    """Every rule that a well-shaped pack breaks."""
    yield from _ids(pack, folder)
    yield from _named(pack)
    yield from questions(pack.questions)
    yield from _slots(pack)
    yield from _languages(pack)
    yield from directory(pack)
    yield from phrase_words(pack)


def _ids(pack: Pack, folder: str) -> Iterator[PackProblem]:
    if pack.id != folder:
        yield PackProblem(Kind.ID, "pack.toml", f"The pack calls itself {shown(pack.id)}; its folder has another name.")
    if not 0 <= pack.instrument <= 0xFFFF or not 1 <= pack.version <= 0xFFFF:
        yield PackProblem(Kind.ID, "pack.toml", "`instrument` and `version` are counts up to 65535.")
    held = Counter(piece.id for piece in pieces(pack))
    for name, times in held.items():
        if _ID.fullmatch(name) is None or len(name) > 40:
            yield PackProblem(Kind.ID, shown(name), "An id is up to 40 lower case letters, digits and hyphens.")
        if times > 1:
            yield PackProblem(Kind.TWICE, shown(name), "Two pieces of content have this id.")
    for piece in pieces(pack):
        if not all(_ANSWER.fullmatch(answer) for answer in piece.answers):
            yield PackProblem(Kind.ID, piece.id, "`answers` holds requirement IDs such as MO-22.")
        if piece.origin not in ("source", "ours"):
            yield PackProblem(Kind.ID, piece.id, "`origin` is `source` or `ours`.")
        if piece.review_by is not None and _MONTH.fullmatch(piece.review_by) is None:
            yield PackProblem(Kind.ID, piece.id, "`review_by` is a month such as 2027-06.")
    for key in pack.words:
        if _WORD_KEY.fullmatch(key) is None:
            yield PackProblem(Kind.ID, shown(key), "A word's key is lower case letters, digits, hyphens.")


def _named(pack: Pack) -> Iterator[PackProblem]:
    pages = {page.id for page in pack.pages}
    crossroads = {piece.id for piece in pack.crossroads}
    sections = {section.id for section in pack.sections}
    wanted = [*PAGES, *(["release"] if pack.release.required else [])]
    if any("paper" in policy.ways for policy in pack.policies):
        wanted += PAPER_PAGES
    for name in wanted:
        if name not in pages:
            yield PackProblem(Kind.MISSING, name, "The pack has no such page, and the program opens it.")
    for name in CROSSROADS:
        if name not in crossroads:
            yield PackProblem(Kind.MISSING, name, "The pack has no such crossroads, and the program opens it.")
    if not any(question.part == "harm" for question in pack.questions):
        yield PackProblem(Kind.MISSING, "questions", "The pack asks nothing about harm.")
    if tuple(sorted(policy.role for policy in pack.policies)) != tuple(sorted(ROLES)):
        yield PackProblem(Kind.MISSING, "policies", f"There is one policy for each role: {', '.join(ROLES)}.")
    if not pack.person_words and any("{someone}" in word for _, _, text in texts(pack) for word in text.values()):
        yield PackProblem(Kind.MISSING, "person_words", "A text has {someone}, and there is no word for it.")
    for policy in pack.policies:
        for notice in filter(None, (policy.notice, policy.otherwise)):
            if notice not in pages:
                yield PackProblem(Kind.REFERENCE, "policies", f"The notice {shown(notice)} is no page of the pack.")
        if not set(policy.kinds) <= set(AGENCY_KINDS) or bool(policy.kinds) != bool(policy.otherwise):
            yield PackProblem(Kind.REFERENCE, "policies", "`kinds` are kinds of agency; for the rest is `otherwise`.")
        if not set(policy.ways) <= set(WAYS):
            yield PackProblem(Kind.REFERENCE, "policies", f"A plan is taken away by: {', '.join(WAYS)}.")
    for fork in pack.crossroads:
        if not fork.ways:
            yield PackProblem(Kind.MISSING, fork.id, "A crossroads has ways on.")
        for way in fork.ways:
            if way.goes not in GOES or (way.goes == "horizon" and "horizon" not in crossroads):
                yield PackProblem(Kind.REFERENCE, fork.id, f"{shown(way.goes)} is nowhere the program can go.")
            if way.opens is not None and (way.goes != "plan" or way.opens not in sections):
                yield PackProblem(Kind.REFERENCE, fork.id, f"`opens` names {shown(way.opens)}, which no plan has.")
    for name, roles in [(each.id, each.roles) for each in pack.pages] + [(each.id, each.roles) for each in pack.staff]:
        if not set(roles) <= set(ROLES):
            yield PackProblem(Kind.REFERENCE, name, "`roles` names a role that there is not.")
    harms = {question.id for question in pack.questions if question.part == "harm"}
    for section in pack.sections:
        if not set(section.fits) <= harms:
            yield PackProblem(Kind.REFERENCE, section.id, "`fits` names a question that does not ask about harm.")
    for card in pack.staff:
        if card.kind not in CARD_KINDS or not card.lines:
            yield PackProblem(Kind.REFERENCE, card.id, "A card has lines, and is of a kind that there is.")


def questions(listed: tuple[Question, ...]) -> Iterator[PackProblem]:
    """What is wrong with questions in their order: codes, factors, conditions."""
    asked: dict[str, Question] = {}
    for question in listed:
        codes = [choice.code for choice in question.choices]
        if len(set(codes)) != len(codes) or not codes:
            yield PackProblem(Kind.TWICE, question.id, "Its choices have no codes of their own.")
        if question.part == "need":
            if question.fills not in NEEDS or any(
                question.fills == other.fills and other.id not in question.only_if for other in asked.values()
            ):
                yield PackProblem(
                    Kind.CODE, question.id, "`fills` is one factor that no question outside `only_if` fills."
                )
            elif not set(codes) <= FACTOR_CODES[question.fills] - NOT_A_VALUE:
                yield PackProblem(Kind.CODE, question.id, f"A choice has a code that {question.fills} does not have.")
        elif question.part != "harm" or question.fills is not None or set(codes) != {0, 1}:
            yield PackProblem(Kind.CODE, question.id, "A harm question has the codes 1 and 0 and fills nothing.")
        for earlier, wanted in question.only_if.items():
            if earlier not in asked or not set(wanted) <= {choice.code for choice in asked[earlier].choices}:
                yield PackProblem(Kind.REFERENCE, question.id, f"`only_if` names {shown(earlier)} or a code wrongly.")
        asked[question.id] = question


def _slots(pack: Pack) -> Iterator[PackProblem]:
    blanks = {piece.id: piece.blanks for piece in pieces(pack) if isinstance(piece, Line)}
    for name, field, text in texts(pack):
        found = {
            language: sorted({match[1] or match[0] for match in _SLOT.finditer(words)})
            for language, words in text.items()
        }
        mine = blanks.get(name, {}) if field == "text" else {}
        if len({tuple(slots) for slots in found.values()}) > 1:
            yield PackProblem(Kind.SLOT, name, "Its languages do not have the same blanks.")
        for slot in {slot for slots in found.values() for slot in slots}:
            free = name.startswith("words.") and re.fullmatch(r"[a-z_]+", slot)
            if not (free or slot in SLOTS or slot in mine):
                yield PackProblem(Kind.SLOT, name, f"Nothing fills {{{shown(slot).strip(chr(39))}}}.")
        for blank in mine.keys() - {slot for slots in found.values() for slot in slots}:
            yield PackProblem(Kind.SLOT, name, f"The blank {shown(blank)} is not in the line.")


def _languages(pack: Pack) -> Iterator[PackProblem]:
    codes = [language.code for language in pack.languages]
    if not codes or len(set(codes)) != len(codes) or not all(re.fullmatch(r"[a-z]{2}", code) for code in codes):
        yield PackProblem(Kind.ID, "languages", "Languages are two-letter codes, each once, the first one whole.")
        return
    for name, field, text in texts(pack):
        for code in codes:
            if not text.get(code, "").strip():
                kind = Kind.MISSING if code == codes[0] else Kind.LANGUAGE
                yield PackProblem(kind, name, f"Its {field} has no words in this language.", code)
