"""`kiosk directory` as staff run it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.cli import run
from kiosk.desk.keys import public_file, spoken_check
from kiosk.desk.keys.derivation import recipient
from kiosk.directory.area import Provider
from kiosk.directory.area_file import read
from kiosk.errors import ExitCode
from kiosk.seal.record import Recipient
from tests.made_up import SEED
from tests.unit.directory.area import COUNTIES, RIVER, kept

Capture = pytest.CaptureFixture[str]
LIST = "code,label,telephone,counties,able,willing\nLAKE-1,Lake line,573-555-0155,Lake County,yes,yes\n"


def test_a_call_is_written_down(kiosk_home: Path, capsys: Capture) -> None:
    """MO-29: `called` dates the call, and `check` no longer names the provider."""
    file = kept(kiosk_home, Provider(RIVER, COUNTIES, able=True, willing=True, optional_access_point=True))
    assert run(["directory", "check"]) == ExitCode.REFUSED
    assert "RIVER (573-555-0100): nobody has called yet" in capsys.readouterr().out
    assert run(["directory", "called", "RIVER"]) == ExitCode.DONE
    assert read(file).providers[0].last_called == date.today()
    assert run(["directory", "check"]) == ExitCode.DONE
    assert "Each of 4 counties has a provider" in capsys.readouterr().out
    assert run(["directory", "called", "LAKE"]) == ExitCode.REFUSED


def test_the_list_says_what_each_is_for(kiosk_home: Path, capsys: Capture) -> None:
    """MO-04, MO-27: label, number, hours, last call, counties, able and willing, and who has to speak."""
    kept(kiosk_home, Provider(RIVER, ("Lake County",), able=True, must_speak_herself=True, notes="Ask for intake."))
    assert run(["directory", "list"]) == ExitCode.DONE
    said = capsys.readouterr().out
    for part in (
        "RIVER  River housing line",
        "573-555-0100; Monday to Friday, 9 to 5",
        "nobody has called yet",
        "Lake County; able, not willing",
        "has to speak with her",
        "notes: Ask for intake.",
    ):
        assert part in said


def test_a_coalitions_list_is_proposed_and_then_taken(kiosk_home: Path, tmp_path: Path, capsys: Capture) -> None:
    """MO-25: `--propose` writes nothing; without it the providers are there; one fault, and none is."""
    kiosk_home.mkdir(mode=0o700)
    file, area = tmp_path / "list.csv", kiosk_home / "area.toml"
    file.write_text(LIST)
    words = ["directory", "import", str(file), "--source", "Made Up Coalition, 2026-11"]
    assert run(words) == ExitCode.REFUSED and "makes one" in capsys.readouterr().err
    words += ["--area", "PRACTICE", "--name", "Made Up Area", "--pack", "practice"]
    assert run([*words, "--propose"]) == ExitCode.DONE
    assert capsys.readouterr().out == "LAKE-1: new.\nNothing was written.\n" and not area.exists()
    assert run(words) == ExitCode.DONE
    assert read(area).providers[0].counties == ("Lake County",)
    before = area.read_bytes()
    file.write_text(LIST.replace("Lake County", "Lake").replace("yes,yes", "yes,ja"))
    assert run(words[:5]) == ExitCode.REFUSED
    said = capsys.readouterr().err
    assert "Line 2: 'Lake' is none of the known counties." in said and "willing is 'ja'" in said
    assert area.read_bytes() == before
    assert run([*words[:5], "--propose"]) == ExitCode.REFUSED
    assert "Was 'Lake County' meant?" in capsys.readouterr().out


def test_the_missouri_pack_knows_its_counties(kiosk_home: Path, capsys: Capture) -> None:
    """MO-04: all 101 counties of the Balance of State are asked for."""
    file = kept(kiosk_home, Provider(RIVER))
    file.write_text(file.read_text().replace('pack = "practice"', 'pack = "us-mo"'))
    assert run(["directory", "check"]) == ExitCode.REFUSED
    first = capsys.readouterr().out.splitlines()[0]
    assert first.count(", ") == 100 and first.startswith("Adair, ") and "no provider is able and willing" in first


def test_a_key_enters_by_voice_alone(kiosk_home: Path, tmp_path: Path, capsys: Capture) -> None:
    """MO-04: a key with another fingerprint than was read out changes nothing; the right one is the only key."""
    file = kept(kiosk_home, Provider(RIVER, keys=(Recipient(1, bytes(range(32))),)))
    own = recipient(SEED)
    public_file.write(tmp_path / "river.public", own)
    words = ["directory", "key", "RIVER", str(tmp_path / "river.public"), "--check"]
    before = file.read_bytes()
    for wrong in (spoken_check.of_key(recipient(SEED[::-1])), spoken_check.short_of_key(own)):
        assert run([*words, wrong]) == ExitCode.REFUSED
        assert "another fingerprint" in capsys.readouterr().err and file.read_bytes() == before
    assert run([*words, spoken_check.of_key(own).upper()]) == ExitCode.DONE
    assert read(file).providers[0].keys == (own,)
