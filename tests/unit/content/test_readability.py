"""How hard a text is to read, against syllables counted by hand and texts whose grade is plain."""

from __future__ import annotations

import pytest

from kiosk.content.readability import sentences, syllables, too_hard, words

ENGLISH = (
    "a:1 the:1 home:1 house:1 safe:1 sleep:1 called:1 asked:1 wanted:2 needed:2 places:2 houses:2 people:2 family:3 "
    "someone:2 advocate:3 confidential:4 emergency:4 police:2 question:2 action:2 special:2 private:2 table:2 little:2 "
    "apple:2 leave:1 leaves:1 number:2 computer:3 housing:2 children:2 being:2 idea:3 science:2 violence:3 safety:2 "
    "safely:2 phone:1 hospital:3 military:4 pregnant:2 money:2 yes:1 I'm:1 services:3 community:4"
)
SPANISH = (
    "a:1 casa:2 día:2 país:2 ciudad:2 guerra:2 queso:2 vergüenza:3 aéreo:4 teoría:4 búho:2 hijo:2 hay:1 muy:1 rey:1 "
    "ahora:3 seguir:2 confidencial:4 vivienda:3 oír:2 leer:2 policía:4 alcohol:3 noche:2 persona:3 ayuda:3 número:3 "
    "niños:2 también:2 después:2 ahí:2 cuidado:3 presione:3 quiere:2 servicio:3 usted:2"
)


@pytest.mark.parametrize(("language", "counted"), [("en", ENGLISH), ("es", SPANISH)])
def test_syllables(language: str, counted: str) -> None:
    """The estimate agrees with a count by hand."""
    pairs = [entry.rsplit(":", 1) for entry in counted.split()]
    assert [word for word, count in pairs if syllables(word.lower(), language) != int(count)] == []


def test_words_and_sentences() -> None:
    """Blanks and numbers are no words; a colon ends a sentence, an abbreviation's dot inside a number does not."""
    assert words("Call {hotline} now, on 1 phone. I'm here.") == ["call", "now", "on", "phone", "i'm", "here"]
    assert sentences("Is it private? Yes: here. 'No.'") == ["Is it private", "Yes", "here", "'No"]
    assert sentences("... 12 ...") == []


def test_easy_and_hard_english() -> None:
    """A child's text passes, an agency's does not."""
    easy = [
        "The dog ran to the park. It was a hot day. The dog sat in the sun and had some water to drink. Then he slept."
    ]
    hard = [
        "The organization administers comprehensive assessments to individuals experiencing homelessness throughout "
        "the participating jurisdictions, facilitating prioritization according to established vulnerability criteria "
        "and availability of appropriate interventions."
    ]
    assert too_hard(easy * 2, "en") is None
    assert "grade" in str(too_hard(hard * 2, "en"))


def test_easy_and_hard_spanish() -> None:
    """The same in Spanish, by reading ease."""
    easy = [
        "El perro va al parque. Hace sol y hace calor. El perro bebe agua y se va a su casa. Allí come pan y se echa."
    ]
    hard = [
        "La organización administra evaluaciones multidisciplinarias correspondientes a individuos experimentando "
        "vulnerabilidades habitacionales, facilitando consecuentemente la priorización institucional según criterios "
        "previamente establecidos administrativamente por autoridades jurisdiccionales competentes."
    ]
    assert too_hard(easy * 2, "es") is None
    assert "ease" in str(too_hard(hard * 2, "es"))


def test_short_texts_are_not_measured() -> None:
    """One long word makes no hard text, and a language without a measure is left to its readers."""
    assert too_hard(["Confidentiality."], "en") is None
    assert too_hard(["word " * 50], "fr") is None
