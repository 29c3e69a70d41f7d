"""`kiosk panic` and `kiosk stop`: what they say came of it is true, and nobody else's process hears of it."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.launch import running_kiosks, stopping
from kiosk.supervisor import panic_proof

KIOSK = """
import os, signal, sys
from pathlib import Path
from kiosk.launch import running_kiosks
from kiosk.supervisor import panic_proof
held = running_kiosks.enter(Path(sys.argv[1]))
place = panic_proof.give(held, 0)
def leave(*_):
    global place
    place = panic_proof.give(held, place)
signal.signal(signal.SIGUSR1, {handler})
os.write(1, b"here")
while True:
    signal.pause()
"""
LEAVES, DEAF = KIOSK.format(handler="leave"), KIOSK.format(handler="lambda *_: None")
ACCOUNT = 65534


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run folder."""
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    return folder


def start(run: Path, code: str = LEAVES) -> subprocess.Popen[bytes]:
    """Start a stand-in for a kiosk and wait until it has entered."""
    process = subprocess.Popen([sys.executable, "-c", code, str(run)], stdout=subprocess.PIPE)
    assert process.stdout is not None and process.stdout.read(4) == b"here"
    return process


def end(*kiosks: subprocess.Popen[bytes]) -> None:
    for each in kiosks:
        each.kill()
        each.communicate()


def test_it_counts_those_that_have_left(run: Path) -> None:
    """S14: each that has moved its lock left; it goes on, and leaves again the next time."""
    kiosks = [start(run) for _ in range(3)]
    for _ in range(3):
        assert stopping.panic(run) == stopping.Came(left=3)
    assert [each.poll() for each in kiosks] == [None] * 3
    end(*kiosks)
    assert stopping.panic(run) == stopping.Came()


def test_one_that_ends_has_left(run: Path) -> None:
    """A kiosk that a leaving ends is gone: that is proof enough."""
    kiosk = start(run, KIOSK.format(handler="lambda *_: os._exit(0)"))
    assert stopping.panic(run) == stopping.Came(left=1)
    assert kiosk.wait() == 0


def test_one_that_is_stopped_has_not_left(run: Path) -> None:
    """S14, S22: a supervisor that is stopped does not answer, and is ended; that is what is said."""
    one, other = start(run), start(run)
    os.kill(one.pid, signal.SIGSTOP)
    assert stopping.panic(run, 0.3) == stopping.Came(left=1, forced=1)
    assert one.wait() == -signal.SIGKILL
    assert other.poll() is None
    end(other)


def test_one_that_does_nothing_has_not_left(run: Path) -> None:
    """A signal that was heard is no proof."""
    kiosk = start(run, DEAF)
    assert stopping.panic(run, 0.3) == stopping.Came(forced=1)
    assert kiosk.wait() == -signal.SIGKILL


def test_where_no_proof_can_be_seen_that_is_said(run: Path) -> None:
    """A file system without such locks: the kiosk is asked, and left alone."""
    kiosk = start(run, LEAVES.replace("place = panic_proof.give(held, 0)", "place = 0"))
    assert stopping.panic(run, 0.1).unknown == 1
    assert kiosk.poll() is None
    end(kiosk)


def test_stop_waits_until_they_are_gone(run: Path) -> None:
    """`kiosk stop`: SIGTERM, and only those that ended are counted; one that does not is named and not killed."""
    one, deaf = start(run), start(run, "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + LEAVES)
    assert stopping.stop(run, 0.5) == stopping.Came(left=1, stuck=1)
    assert one.wait() == -signal.SIGTERM and deaf.poll() is None
    end(deaf)


def test_nothing_is_written(run: Path) -> None:
    """No file tells when somebody left, and no lock how often."""
    kiosk = start(run)
    path = run / f"{kiosk.pid}.pid"
    before, places = path.stat(), []
    for _ in range(5):
        assert stopping.panic(run).left == 1
        with path.open() as file:
            places.append(panic_proof.look(file.fileno()))
    assert (path.stat().st_mtime_ns, path.stat().st_size) == (before.st_mtime_ns, 0)
    assert (len(set(places)) == 5 and places != sorted(places)) or places != list(range(places[0], places[0] + 5))
    end(kiosk)


needs_root = pytest.mark.tool("root")  # only root can be another account


def _as_root(run: Path, code: str) -> subprocess.CompletedProcess[str]:
    words = f"from pathlib import Path; from kiosk.launch import stopping; run = Path({str(run)!r}); {code}"
    return subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=False)


@pytest.fixture
def accounts() -> Iterator[Path]:
    """A run folder of another account, which it can come to."""
    with tempfile.TemporaryDirectory(prefix="kiosk-account-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "run").mkdir(mode=0o700)
        os.chown(folder / "run", ACCOUNT, ACCOUNT)
        yield folder / "run"


@needs_root
def test_root_signals_only_the_accounts_own(accounts: Path) -> None:
    """S13: an account that names a process of root's, or of another account, in its folder gets nobody killed."""
    victims = [subprocess.Popen(["/bin/sleep", "60"]), subprocess.Popen(["/bin/sleep", "60"], user=ACCOUNT - 1)]
    held = []
    for each in victims:
        file = os.open(accounts / f"{each.pid}.pid", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(file, fcntl.LOCK_EX)
        os.chown(file, ACCOUNT, ACCOUNT)
        held.append(file)
    try:
        said = _as_root(
            accounts, "stopping.as_its_owner(run); print(stopping.panic(run, 0.2), stopping.stop(run, 0.2))"
        )
        assert said.returncode == 0, said.stderr
        time.sleep(0.1)
        assert [each.poll() for each in victims] == [None, None]
        assert "left=0" in said.stdout and "stuck=2" in said.stdout
    finally:
        end(*victims)
        for file in held:
            os.close(file)


@needs_root
def test_root_is_the_account_from_then_on(run: Path, accounts: Path) -> None:
    """What root does in a folder of an account's is done with that account's rights; its own it keeps."""
    said = _as_root(accounts, "import os; stopping.as_its_owner(run); print(os.getresuid(), os.getgroups())")
    assert said.stdout.split() == f"({ACCOUNT}, {ACCOUNT}, {ACCOUNT}) []".split()
    assert _as_root(run, "import os; stopping.as_its_owner(run); print(os.geteuid())").stdout == "0\n"


def test_a_link_is_no_run_folder(run: Path, tmp_path: Path) -> None:
    """A folder that is a link to another account's is refused."""
    (tmp_path / "link").symlink_to(run)
    with pytest.raises(stopping.NotThisAccounts):
        stopping.as_its_owner(tmp_path / "link")
    stopping.as_its_owner(tmp_path / "nothing")


def test_other_names_are_no_kiosks(run: Path) -> None:
    """Only files named after a process are looked at."""
    (run / "kiosks.lock").write_text("")
    (run / "12x.pid").write_text("")
    assert stopping.panic(run) == stopping.Came()
    assert running_kiosks.NAME.fullmatch("12x.pid") is None
