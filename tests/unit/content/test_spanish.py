"""Spanish as docs/spanish.md has it: usted throughout, the words of Mexico and the United States, no known mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from kiosk.content.texts import texts
from tests.kit import pack

SPANISH = ("us-mo", "us-ca-county", "us-or-multnomah", "practice")

TU = re.compile(r"\b(?:tú|ti|contigo|tienes|puedes|quieres|eres|estás|sabes|dime|vosotros|vuestr[oa]s?)\b")
"""Words that say tú, or vosotros."""

OF_SPAIN = re.compile(
    r"\b(?:ordenador\w*|coches?|móvil\w*|alquil\w*|ayuntamiento\w*|juzgado\w*|mampara\w*|[Pp]uls[ea]\w*)\b"
)
"""Words of Spain."""

TURNED = (
    "Puede pasar, y",
    "tres golpes",
    "golpe dentro del cuello",
    "cambio de golpe",
    "vista rara",
    "por policía o fuego",
    "hablar con usted en persona",
    "llegar a ellas",
    "llegar a esa persona",
    "puede llegar tarde",
    "Viene un número",
    "pedido está enviado",
    "Gracias por contarnos.",
    "Tome su tiempo",
    "tan poco como quiera",
    "más a salvo",
    "mi propio sentido",
    "Eso es saber",
    "tiene su pago",
    "Hay un embarazo ahora",
    "preguntas a todos",
    "culpa suya",
    "para que alguien no se acerque",
    "día con el juez",
    "cuidan las visitas",
    "visita cuidada",
    "No cuenta como contar",
    "Pesar una decisión",
    "se pone en el camino",
    "Es algo que esperar",
    "privada y confidencial",
    "Cupones, salud",
    "No podemos parar",
    "No podemos evitar una cámara",
    "La ley hace que",
    "le quita ayuda",
    "cerradas para que solo",
    "servicio confidencial",
    "un lugar donde quedarse.",
)
"""Beginnings of the forty-four mistakes, as they stood."""


def spoken(name: str) -> Iterator[tuple[str, str]]:
    """Every Spanish text of a pack, with the piece that it belongs to."""
    for where, _, text in texts(pack(name)):
        yield where, text["es"]


def test_the_rules_find_what_they_look_for() -> None:
    """Presence before absence: each rule is red on a sentence that breaks it."""
    assert TU.search("Si tienes miedo, llama") and OF_SPAIN.search("En su coche, pulse Enter")
    assert any(each in "Dígalo en tres golpes: uno" for each in TURNED)


@pytest.mark.parametrize("name", SPANISH)
def test_usted_and_the_words_of_here(name: str) -> None:
    """Nobody is called tú, and no word is one of Spain's."""
    found = list(spoken(name))
    assert len(found) > 500
    assert [(where, words) for where, words in found if TU.search(words)] == []
    assert [(where, words) for where, words in found if OF_SPAIN.search(words)] == []


@pytest.mark.parametrize("name", SPANISH)
def test_no_known_mistake_comes_back(name: str) -> None:
    """What was put right stays right; the made-up shelter of practice is no line for day and night."""
    hits = [(where, each) for where, words in spoken(name) for each in TURNED if each in words]
    assert [hit for hit in hits if hit[0] != "lake-house"] == []
