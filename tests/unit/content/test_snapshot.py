"""A frozen pack: the form that a sitting thaws, the kept copy, and the packs that are found."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from kiosk.content.check import adapter, check
from kiosk.content.files import BUILT_IN
from kiosk.content.problems import BadPack
from kiosk.content.snapshot import available, find, fingerprint, freeze, frozen
from kiosk.errors import ExitCode
from kiosk.sitting.snapshot import thaw
from schema.pack import Pack


@pytest.mark.parametrize("name", sorted(available()))
def test_thawed_as_it_was_frozen(name: str) -> None:
    """What a sitting builds without a validator is what the validator built."""
    pack = check(BUILT_IN / name).pack
    assert pack is not None
    plain = json.loads(freeze(BUILT_IN / name))
    assert thaw(Pack, plain) == pack == adapter().validate_python(plain)
    assert plain == json.loads(json.dumps(asdict(pack)))


def test_freezing_is_repeatable() -> None:
    """The same pack has the same bytes and the same fingerprint."""
    once, twice = freeze(BUILT_IN / "us-mo"), freeze(BUILT_IN / "us-mo")
    assert once == twice
    assert len(fingerprint(once)) == 16
    assert fingerprint(once) != fingerprint(freeze(BUILT_IN / "practice"))


def test_a_missing_translation_is_filled_in(folder: Any) -> None:
    """A visitor reads the first language where a word has no other; `pack check` has said so."""
    place = folder(lambda data: data["words"]["back"].pop("es"))
    assert [str(problem) for problem in check(place).problems] == [
        "words.back (es): Its word has no words in this language."
    ]
    assert json.loads(freeze(place))["words"]["back"] == {"en": "Back", "es": "Back"}


def test_languages_that_the_pack_does_not_speak_are_left_out(folder: Any) -> None:
    """Shared words may have more languages than a pack; its visitors are offered its own."""
    place = folder(lambda data: data.__setitem__("languages", data["languages"][:1]))
    plain = json.loads(freeze(place))
    assert plain["words"]["back"] == {"en": "Back"}
    assert list(plain["phrase_words"]) == ["en"]


def test_a_bad_pack_is_refused(folder: Any) -> None:
    """The error is a sentence with the first fault, a hint, and exit status 3."""
    place = folder(lambda data: data.__setitem__("script", "rm"))
    with pytest.raises(BadPack, match=r"'practice' cannot be used: pack\.toml: 'script' is a key") as caught:
        freeze(place)
    assert caught.value.exit_code is ExitCode.REFUSED
    assert "kiosk pack check" in caught.value.hint


def test_kept_until_it_changes(folder: Any, tmp_path: Path) -> None:
    """A kept copy serves while nothing changed; a change, or a torn copy, makes a new one, and one stays."""
    kept = tmp_path / "kept"
    first = frozen(folder(), kept)
    (copy,) = kept.iterdir()
    assert copy.stat().st_mode & 0o777 == 0o600 and kept.stat().st_mode & 0o777 == 0o700
    assert copy.read_bytes() == first == frozen(folder(), kept)
    copy.write_bytes(first[:100])
    assert frozen(folder(), kept) == first
    second = frozen(folder(lambda data: data.__setitem__("version", 2)), kept)
    assert json.loads(second)["version"] == 2
    (copy,) = kept.iterdir()
    assert copy.read_bytes() == second


def test_a_place_that_cannot_be_written_costs_time_only(folder: Any, tmp_path: Path) -> None:
    """Where nothing can be kept, the pack is frozen again each time."""
    (tmp_path / "kept").write_text("in the way")
    assert frozen(folder(), tmp_path / "kept") == freeze(folder())


def test_a_start_needs_no_validator(folder: Any, tmp_path: Path) -> None:
    """With a kept copy, neither freezing nor finding imports pydantic."""
    place, kept = folder(), tmp_path / "kept"
    program = (
        "import sys; from pathlib import Path; from kiosk.content.snapshot import frozen, find; find('practice');"
        "frozen(Path(sys.argv[1]), Path(sys.argv[2])); print('pydantic' in sys.modules)"
    )
    said = [
        subprocess.run([sys.executable, "-c", program, place, kept], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert said == ["True\n", "False\n"]


def test_the_operators_own_pack_comes_first(folder: Any, tmp_path: Path) -> None:
    """KIOSK_HOME/packs/ID stands in for a built-in pack of the same id; others are added."""
    assert find("practice") == BUILT_IN / "practice"
    place = folder()
    assert find("practice", tmp_path) == place
    assert find("us-mo", tmp_path) == BUILT_IN / "us-mo"
    assert available(tmp_path)["practice"] == place
    assert "shared" not in available(tmp_path)
