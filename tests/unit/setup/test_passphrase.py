"""Passphrases come from a prompt or a private file, and are never repeated in an error."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import KioskError
from kiosk.setup.passphrase import BadPassphrase, Strength, check, from_file, strength, strong


def test_the_first_line_of_a_private_file(tmp_path: Path) -> None:
    """Whatever the line's ending; what follows is not looked at."""
    path = tmp_path / "passphrase"
    path.touch(mode=0o600)
    for text in ("four made up words", "four made up words\n", "four made up words\r\nnotes\n"):
        path.write_text(text)
        assert from_file(path) == "four made up words"


@pytest.mark.parametrize("fault", ["mode", "link", "folder", "pipe", "absent", "short", "latin", "control", "empty"])
def test_any_other_file_is_refused(fault: str, tmp_path: Path) -> None:
    """0600-ish, regular, this user's own, UTF-8: else refused at once, without the words in it."""
    path = tmp_path / "passphrase"
    path.touch(mode=0o600)
    path.write_text("four made up words\n")
    assert from_file(path)
    match fault:
        case "mode":
            path.chmod(0o640)
        case "link":
            path.rename(tmp_path / "real")
            path.symlink_to(tmp_path / "real")
        case "folder" | "pipe" | "absent":
            path.unlink()
            if fault != "absent":
                (os.mkfifo if fault == "pipe" else os.mkdir)(path, 0o600)
        case "short" | "control" | "empty":
            path.write_text({"short": "canary\n", "control": "canary canary \x1b[2J\n", "empty": "\n"}[fault])
        case "latin":
            path.write_bytes("canary canary ä".encode("latin-1"))
    with pytest.raises(KioskError) as refused:
        from_file(path)
    assert "canary" not in str(refused.value)


@given(st.text(max_size=220))
def test_a_refusal_repeats_nothing(untrusted: str) -> None:
    """What is taken is taken as it is; what is refused is not repeated."""
    try:
        assert check(untrusted) == untrusted
    except BadPassphrase as refused:
        assert len(untrusted) < 4 or untrusted not in str(refused)


@pytest.mark.parametrize(
    ("passphrase", "found"),
    [
        ("aaaaaaaaaaaaaaaaaaaa", Strength.WEAK),
        ("abcdefghijklmnop", Strength.WEAK),
        ("passpasspasspass", Strength.WEAK),
        ("123456789012", Strength.WEAK),
        ("111111111111", Strength.WEAK),
        ("Password1234", Strength.WEAK),
        ("qwertyuiop123456", Strength.WEAK),
        ("jennifer01011990", Strength.WEAK),
        ("letmeinletmein", Strength.WEAK),
        ("P@ssw0rd!!!!", Strength.WEAK),
        ("tulip granite wagon", Strength.GOOD),
        ("bronze cycle macaroni wade almond parsley", Strength.GOOD),
    ],
)
def test_words_names_dates_and_repeats_count_for_little(passphrase: str, found: Strength) -> None:
    """S10: what is guessed soon is weak, however long; the weak ones are refused, and nothing of them is repeated."""
    assert strength(passphrase) in ((found, Strength.FAIR) if found is Strength.GOOD else (found,))
    if found is Strength.WEAK:
        with pytest.raises(BadPassphrase) as refused:
            strong(passphrase)
        assert passphrase not in str(refused.value)
    else:
        assert strong(passphrase) == passphrase


def test_every_proposed_passphrase_is_good() -> None:
    """What set-up proposes can be used, and is called good."""
    from kiosk.desk.keys.word_list import propose

    for _ in range(200):
        assert strength(check(propose())) is Strength.GOOD


def test_a_weak_one_that_is_there_still_opens(tmp_path: Path) -> None:
    """A key that was wrapped before goes on opening: only a new passphrase is weighed."""
    path = tmp_path / "passphrase"
    path.touch(mode=0o600)
    path.write_text("111111111111\n")
    assert from_file(path) == "111111111111"
