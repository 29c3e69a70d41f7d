"""Packs made to do harm get sentences, and nothing else happens."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.content.check import check
from kiosk.content.problems import Kind
from kiosk.content.snapshot import find, freeze

QUIET = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
SENTINEL = "made-up-secret-that-no-sentence-may-show"

INCLUDES = [
    ("../us-mo/pack.toml", Kind.INCLUDE),
    ("/etc/passwd", Kind.INCLUDE),
    ("shared/../../pack.toml", Kind.INCLUDE),
    ("..", Kind.INCLUDE),
    ("", Kind.INCLUDE),
    ("other/words.toml", Kind.INCLUDE),
    ("WORDS.TOML", Kind.INCLUDE),
    ("words.toml\u0000.png", Kind.INCLUDE),
    ("words\u001b[2J.toml", Kind.INCLUDE),
    ("nowhere.toml", Kind.INCLUDE),
    ("shared/nowhere.toml", Kind.INCLUDE),
    ("pack.toml", Kind.CYCLE),
]

TEXTS = [
    ("id = ", Kind.TOML),
    ("\ufeffid = 1", Kind.TOML),
    ('a = "\x1b"', Kind.TOML),
    ("a = " + "[" * 900, Kind.NESTING),
    ("a = " + "[\n" * 5000, Kind.NESTING),
    ("a = " + "[" * 40 + "]" * 40, Kind.NESTING),
    (".".join("a" * 40) + " = 1", Kind.NESTING),
    ("a." * 600 + "b = 1", Kind.SIZE),
    ("# " + "x" * 1200, Kind.SIZE),
    ("#\n" * (1 << 20), Kind.SIZE),
    ("include = 1", Kind.INCLUDE),
    ("include = [" + ", ".join(f'"a{n}.toml"\n' for n in range(40)) + "]", Kind.INCLUDE),
    ("include = [1]", Kind.INCLUDE),
    ("when = 2026-11-22", Kind.SHAPE),
    ("version = nan", Kind.SHAPE),
    ("", Kind.SHAPE),
]


def kinds(place: Path) -> set[Kind]:
    """The kinds of fault that a check finds; every sentence is one plain line."""
    checked = check(place)
    for problem in checked.problems:
        assert str(problem).isascii() and str(problem).isprintable()
        assert SENTINEL not in str(problem)
    assert not checked.usable
    return {problem.kind for problem in checked.problems}


@pytest.mark.parametrize(("name", "kind"), INCLUDES)
def test_includes_lead_nowhere(folder: Any, data: dict[str, Any], name: str, kind: Kind) -> None:
    """G2: a pack reads its own folder and the program's shared files, and no other place."""
    place = folder(lambda data: data.__setitem__("include", [name]))
    assert kind in kinds(place)


@pytest.mark.parametrize(("text", "kind"), TEXTS, ids=lambda value: repr(value)[:20])
def test_text_is_refused(folder: Any, text: str, kind: Kind) -> None:
    """G2: broken, deep, long and empty files are named, not read on."""
    assert kind in kinds(folder(text=text))


def test_bytes_that_are_no_text(folder: Any) -> None:
    """G2: a file in another encoding is named."""
    place = folder()
    (place / "pack.toml").write_bytes(b'title = "\xe9"')
    assert Kind.TOML in kinds(place)


@pytest.mark.parametrize("name", ["pack.toml", "words.toml"])
def test_links_are_not_followed(folder: Any, tmp_path: Path, name: str) -> None:
    """G2: a link in the place of a file is refused, wherever it points."""
    outside = tmp_path / "outside.toml"
    outside.write_text(f'{SENTINEL} = "{SENTINEL}"')
    place = folder(lambda data: data.__setitem__("include", ["words.toml"]))
    (place / name).unlink(missing_ok=True)
    (place / name).symlink_to(outside)
    assert Kind.SYMLINK in kinds(place)


def test_a_linked_folder_is_not_followed(folder: Any, tmp_path: Path) -> None:
    """G2: a pack's folder is no link."""
    link = tmp_path / "link"
    link.symlink_to(folder())
    assert kinds(link) == {Kind.FOLDER}


@pytest.mark.parametrize("name", ["pack.toml", "words.toml"])
def test_pipes_do_not_hang(folder: Any, name: str) -> None:
    """G2: a pipe or a folder in the place of a file is refused at once."""
    place = folder(lambda data: data.__setitem__("include", ["words.toml"]))
    (place / name).unlink(missing_ok=True)
    os.mkfifo(place / name)
    assert Kind.SYMLINK in kinds(place)
    (place / name).unlink()
    (place / name).mkdir()
    assert kinds(place) & {Kind.SYMLINK, Kind.INCLUDE}


def test_a_large_file_is_not_read(folder: Any) -> None:
    """G2: more than 1 MiB is refused, also in an included file."""
    place = folder(lambda data: data.__setitem__("include", ["words.toml"]))
    (place / "words.toml").write_text("#\n" * (1 << 19) + "#")
    assert Kind.SIZE in kinds(place)


@pytest.mark.parametrize("text", ['include = ["pack.toml"]', 'include = ["words.toml"]'])
def test_included_files_include_nothing(folder: Any, text: str) -> None:
    """G2: a cycle cannot begin: only pack.toml includes."""
    place = folder(lambda data: data.__setitem__("include", ["words.toml"]))
    (place / "words.toml").write_text(text)
    assert Kind.CYCLE in kinds(place)


def test_a_file_twice_is_a_fault(folder: Any) -> None:
    """G2: including a file twice is refused, and so is a key that two files give."""
    place = folder(lambda data: data.__setitem__("include", ["words.toml", "words.toml"]))
    (place / "words.toml").write_text('id = "other"\n[words]\nback = { en = "Back" }\n')
    assert {Kind.CYCLE, Kind.TWICE} <= kinds(place)


@pytest.mark.parametrize("name", ["../practice", "/", "", ".", "PRACTICE", "no-such-pack", "practice/", "práctica"])
def test_pack_names_are_no_paths(name: str) -> None:
    """G2: a pack is found by its id alone."""
    from kiosk.content.problems import BadPack

    with pytest.raises(BadPack, match="cannot be used"):
        find(name)


@QUIET
@given(noise=st.binary(max_size=400))
def test_noise_never_raises(folder: Any, noise: bytes) -> None:
    """G2: whatever bytes a pack.toml has, the answer is a list of sentences."""
    place = folder(text="")
    (place / "pack.toml").write_bytes(noise)
    assert kinds(place)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20).filter(lambda text: text.isprintable()),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["en", "id", "es", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)


def plain(value: Any) -> Any:
    """TOML has no null."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else "" if value is None else value


@QUIET
@given(value=VALUES, seed=st.integers(0, 2**32))
def test_any_value_anywhere(folder: Any, data: dict[str, Any], value: Any, seed: int) -> None:
    """G2: any value in any place of a pack gives a pack that can be frozen, or sentences; never an exception."""
    choose = random.Random(seed)
    held: Any = data
    while True:
        key = choose.choice(list(held) if isinstance(held, dict) else range(len(held)))
        if not isinstance(held[key], dict | list) or not held[key] or choose.random() < 0.2:
            break
        held = held[key]
    before, held[key] = held[key], plain(value)
    try:
        place = folder()
        checked = check(place)
        assert all(str(problem).isprintable() for problem in checked.problems)
        assert checked.usable == (not any(problem.stops for problem in checked.problems))
        if checked.usable:
            assert freeze(place)
    finally:
        held[key] = before
