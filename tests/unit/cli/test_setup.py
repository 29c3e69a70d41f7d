"""`kiosk setup` and `kiosk region`, from the outside, with real keys."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.desk.region import Region
from kiosk.directory import area_file
from kiosk.paths import Place
from kiosk.vault.station_key import StationKey
from schema.agency import Agency
from tests.command_line import kiosk
from tests.made_up import SEEDS, Made

PASSPHRASE = "four made up words"


def test_set_up_by_options(kiosk_home: Path, file: Path, tmp_path: Path) -> None:
    """`kiosk setup --yes` asks nothing, shows no secret, and a list opens afterwards with the passphrase."""
    words = ["--station", "DESK-7", "--language", "es", "--role", "advocate", "--idle", "90", "--panic-key", "f8"]
    words += ["--printer", "/dev/usb/lp0", "--printer-columns", "32"]
    words += ["--agency-kind", "shelter", "--provider", "HARBOR-9", "--agency", "HARBOR"]
    words += ["--agency-label", "Línea de vivienda", "--agency-telephone", "573-555-0100", "--agency-hours", "de 9 a 5"]
    made = kiosk("setup", "--yes", "--passphrase-file", str(file), *words, cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert PASSPHRASE not in made.stdout + made.stderr
    assert str(kiosk_home) in made.stdout
    text = (kiosk_home / "station.toml").read_text()
    for line in ('station = "DESK-7"', 'language = "es"', 'role = "advocate"', "idle_seconds = 90", 'panic_key = "f8"'):
        assert line in text
    assert "quit = false" in text and "`kiosk stop`" in made.stdout and "No key on its home page" in made.stdout
    assert 'agency_kind = "shelter"' in text and 'provider = "HARBOR-9"' in text
    for line in ('printer = "/dev/usb/lp0"', "printer_columns = 32", 'printer_codepage = "cp858"'):
        assert line in text
    assert (kiosk_home / "ledgers.db").stat().st_mode & 0o777 == 0o600
    listed = kiosk("list", "--passphrase-file", str(file), cwd=tmp_path)
    assert (listed.returncode, listed.stdout) == (0, "No summary is on the list.\n")
    (provider,) = area_file.read(kiosk_home / "area.toml").providers
    hours = {"es": "de 9 a 5"}
    assert provider.agency == Agency("HARBOR", {"es": "Línea de vivienda"}, "573-555-0100", hours)
    assert StationKey.read(kiosk_home / "station.key").agencies == (provider.agency,)
    again = kiosk("setup", "--yes", "--passphrase-file", str(file), cwd=tmp_path)
    assert again.returncode == 3 and "set up already" in again.stderr


def test_ctrl_q_ends_a_kiosk_on_somebodys_own_machine_alone(kiosk_home: Path, file: Path, tmp_path: Path) -> None:
    """P11: only `--own-machine` leaves a key on the home page that ends the kiosk, and set-up says so at its end."""
    made = kiosk("setup", "--yes", "--agency", "HARBOR", "--own-machine", "--passphrase-file", str(file), cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert "quit = true" in (kiosk_home / "station.toml").read_text()
    assert "`kiosk stop`" in made.stdout and "Ctrl+Q on its home page ends it as well" in made.stdout


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--station", "Mary"], "`station`"),
        (["--agency", "Harbor House"], "`agency`"),
        (["--agency", "A"], "`agency`"),
        (["--agency", "AGENCY-1"], "`agency`"),
        (["--agency", ""], "`agency`"),
        (["--agency-telephone", "call us"], "`agency-telephone`"),
        (["--agency-label", "12 Elm Street"], "`agency-label`"),
        (["--region-code", "mo 606"], "`region`"),
        (["--idle", "5"], "`idle_seconds`"),
        (["--printer", "/dev/tty"], "`printer`"),
        (["--language", "xx"], "'xx'"),
        (["--pack", "nowhere"], "nowhere"),
        (["--pack", "practice"], "practice"),
    ],
)
def test_an_option_that_does_not_fit_is_named(
    words: list[str], named: str, kiosk_home: Path, file: Path, tmp_path: Path
) -> None:
    """A bad value is refused with status 3 and its name, and makes nothing."""
    said = kiosk("setup", "--yes", "--agency", "HARBOR", "--passphrase-file", str(file), *words, cwd=tmp_path)
    assert said.returncode == 3, said.stderr
    assert named in said.stderr and "station.toml" not in said.stderr
    assert not kiosk_home.exists()


def test_a_station_is_set_up_from_a_region_file(desk: Made, file: Path, tmp_path: Path) -> None:
    """The provider deals a station; the station takes its file, holds no key, and its list is not its to open."""
    region = tmp_path / "KIOSK-9.region"
    dealt = kiosk("region", "--station", "KIOSK-9", str(region), "--passphrase-file", str(file), cwd=tmp_path)
    assert dealt.returncode == 0, dealt.stderr
    assert region.stat().st_mode & 0o777 == 0o600
    key = StationKey.read(region)
    assert key.station == "KIOSK-9" and key.recipients == desk.key.recipients
    assert key.classes.isdisjoint(desk.key.classes)
    assert "KIOSK-9" in {each.label for each in Region.read(desk.place.desk_toml, SEEDS).stations}

    home = tmp_path / "station"
    made = kiosk("setup", "--yes", "--region", str(region), cwd=tmp_path, KIOSK_HOME=str(home))
    assert made.returncode == 0, made.stderr
    assert "no private key" in made.stdout
    assert not (home / "provider.key").exists() and not (home / "desk.toml").exists()
    listed = kiosk("list", "--passphrase-file", str(file), cwd=tmp_path, KIOSK_HOME=str(home))
    assert listed.returncode == 4 and "no provider key" in listed.stderr


def test_a_label_is_dealt_once(desk: Made, file: Path, tmp_path: Path) -> None:
    """A label taken, a file in the way, a label that is a name: refused, and nothing is dealt."""
    before = desk.place.desk_toml.read_bytes()
    taken = kiosk("region", "--station", desk.key.station, "a", "--passphrase-file", str(file), cwd=tmp_path)
    name = kiosk("region", "--station", "Mary Q", "b", "--passphrase-file", str(file), cwd=tmp_path)
    (tmp_path / "c").write_text("")
    there = kiosk("region", "--station", "KIOSK-9", "c", "--passphrase-file", str(file), cwd=tmp_path)
    assert (taken.returncode, name.returncode, there.returncode) in ((3, 2, 3), (2, 2, 3))
    assert desk.place.desk_toml.read_bytes() == before
    assert not (tmp_path / "a").exists() and (tmp_path / "c").read_text() == ""


def test_a_recorder_is_refused_before_set_up(tmp_path: Path) -> None:
    """Under a recorder `kiosk` does not even offer set-up; status 3, and the way out is named."""
    code = "import kiosk.launch.recorders as r; r.recorder = lambda: 'tmux'; import sys; from kiosk.cli import run\n"
    pid, master = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [sys.executable, "-c", code + "sys.exit(run(['run']))"])
    shown = b""
    while True:
        try:
            data = os.read(master, 4096)
        except OSError:
            break
        shown += data
        if not data:
            break
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 3
    assert b"tmux" in shown and b"--allow-recorder" in shown
    os.close(master)


def test_help_is_whole(tmp_path: Path) -> None:
    """Every command's own help works, and names every option of the fixed contract."""
    said = kiosk("setup", "--help", cwd=tmp_path).stdout
    for option in ("pack", "station", "language", "role", "idle", "panic-key", "passphrase-file", "region"):
        assert f"--{option} " in said
    assert "--allow-recorder" in said and "--yes" in said and "--own-machine" in said
    for command in ("run", "list", "region", "panic", "stop", "pack"):
        assert kiosk(command, "--help", cwd=tmp_path).returncode == 0


def test_python_m_and_the_script_are_the_same() -> None:
    """The console script's entry is the module's."""
    from importlib.metadata import entry_points

    scripts = [each for each in entry_points(group="console_scripts") if each.name == "kiosk"]
    assert [each.value for each in scripts] in ([], ["kiosk.__main__:main"])
    found = subprocess.run([sys.executable, "-m", "kiosk", "--version"], capture_output=True, text=True, check=True)
    assert found.stdout.startswith("kiosk ")


def test_a_place_is_not_made_by_looking(kiosk_home: Path, tmp_path: Path) -> None:
    """No command but set-up makes the data folder."""
    for words in (["list"], ["panic"], ["run"], ["region", "--station", "K-1", "x"]):
        kiosk(*words, cwd=tmp_path)
    assert not Place(kiosk_home).home.exists()


def test_a_weak_passphrase_makes_nothing(kiosk_home: Path, tmp_path: Path) -> None:
    """S10: `--yes` too: what would be guessed is refused with status 3, is not repeated, and no kiosk is made."""
    path = tmp_path / "weak"
    path.touch(mode=0o600)
    path.write_text("111111111111\n")
    said = kiosk("setup", "--yes", "--agency", "HARBOR", "--passphrase-file", str(path), cwd=tmp_path)
    assert said.returncode == 3 and "would be guessed" in said.stderr and "1111" not in said.stderr
    assert not kiosk_home.exists()
