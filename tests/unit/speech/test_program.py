"""Where the program that reads aloud is, and what is said where it is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.config import UnfitSetting
from kiosk.doctor.finding import Host, Severity
from kiosk.doctor.voice import the_voice_is_there
from kiosk.launch.preflight import PRACTICE
from kiosk.paths import Place
from kiosk.speech import program


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A made-up espeak-ng."""
    path = tmp_path / "espeak-ng"
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_off_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    """By default nothing is looked for and nothing said."""
    assert PRACTICE.speech == "off"
    assert program.found_or_told("off") is None
    assert capsys.readouterr().err == ""


def test_missing_is_said_and_the_kiosk_serves(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A station that wants a voice and has none is told so, with the mend, long enough to be read, and goes on."""
    waited: list[float] = []
    monkeypatch.setattr(program.time, "sleep", waited.append)
    assert program.found_or_told(str(tmp_path / "espeak-ng")) is None
    said = capsys.readouterr().err
    assert "apt-get install espeak-ng" in said and "station.toml" in said
    assert waited == [program.READING_SECONDS]


def test_found(here: Path) -> None:
    """A whole path is taken as it is."""
    assert program.found_or_told(str(here)) == str(here)


@pytest.mark.parametrize("speech", ["espeak", "/usr/bin/../bin/espeak-ng;x", "/tmp/other", "", "espeak-ng -w out.wav"])
def test_no_other_program_can_be_set(speech: str) -> None:
    """The setting names an espeak-ng, by name or whole path, without options."""
    with pytest.raises(UnfitSetting, match="speech"):
        replace(PRACTICE, speech=speech)


def test_the_doctor_knows(here: Path, tmp_path: Path) -> None:
    """`kiosk doctor` says whether the voice is there, with the mend."""
    for speech, fulfilled in (("off", True), (str(here), True), (str(tmp_path / "gone" / "espeak-ng"), False)):
        host = Host(Place(tmp_path))
        host.__dict__["station"] = replace(PRACTICE, speech=speech)
        finding = the_voice_is_there(host)
        assert finding.fulfilled is fulfilled
        if not fulfilled:
            assert finding.severity is Severity.WEAK and "apt-get" in finding.mend
