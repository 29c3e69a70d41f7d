"""The session of the account `kiosk`, and its sshd block: neither asks the environment, nor the rest of a server."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hosts.server import DEPLOY, session


def run(*words: object, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in words], env=env, capture_output=True, text=True, check=False)


SHELLS = ("/bin/dash", "/bin/bash")
TELLS = "import json, os, sys; print(json.dumps([sys.argv[1:], dict(os.environ)]))"


def poison(folder: Path) -> dict[str, str]:
    """An environment that would have a shell, Python or the kiosk do something else: it leaves a mark in `folder`."""
    mark = f"echo sprung >>{folder}/mark"
    (folder / "sourced").write_text(mark + "\n")
    for name in ("env", "kiosk", "umask"):
        (folder / name).write_text(f"#!/bin/sh\n{mark}\n")
        (folder / name).chmod(0o755)
    (folder / "sitecustomize.py").write_text(f"open({str(folder / 'mark')!r}, 'a').write('sprung')\n")
    path, sourced, program = str(folder), str(folder / "sourced"), str(folder / "kiosk")
    functions = {f"BASH_FUNC_{name}%%": f"() {{ {mark}\n}}" for name in ("umask", "unset", "exec", "env", "export")}
    told = {"PATH": f"{path}:/usr/bin:/bin", "HOME": path, "ENV": sourced, "BASH_ENV": sourced, "IFS": "/"}
    told |= {"KIOSK_PROGRAM": program, "KIOSK_HOME": path, "KIOSK_GIVEN": "x", "TEXTUAL": "debug", "TEXTUAL_LOG": path}
    told |= {"PYTHONPATH": path, "PYTHONSTARTUP": sourced, "PYTHONINSPECT": "1", "PYTHONHOME": path, "LANG": "../x"}
    told |= {
        "LD_PRELOAD": f"{path}/none.so",
        "LD_AUDIT": f"{path}/none.so",
        "TERMINFO": path,
        "LC_ALL": "x",
        "none": "x",
    }
    return told | functions | {"SSH_ORIGINAL_COMMAND": "id", "SSH_AUTH_SOCK": path, "XDG_DATA_HOME": path}


@pytest.mark.parametrize("shell", SHELLS)
def test_the_session_starts_nothing_but_the_kiosk(shell: str, tmp_path: Path) -> None:
    """P11, I5: whatever a login shell is asked to run and whatever stands in its environment, the session hands the
    program that it names `run`, an environment of its own, and nothing else happens.
    """
    there = tmp_path / "there"
    there.mkdir()
    bait, mark = poison(there), there / "mark"
    subprocess.run([sys.executable, "-c", ""], env={"PYTHONPATH": str(there)}, check=True)
    subprocess.run(["/bin/bash", "-c", "umask 077"], env=bait, capture_output=True, check=False)
    assert mark.read_text().count("sprung") >= 2, "the bait works"
    mark.unlink()
    program = tmp_path / "program"
    program.write_text(f"#!{sys.executable} -EsS\n{TELLS}\n")
    program.chmod(0o755)
    wrapper = tmp_path / "wrapper"
    wrapper.write_text(session(tmp_path / "home", program))
    alone = {"LANG": "C.UTF-8", "HOME": f"{tmp_path}/home", "KIOSK_HOME": f"{tmp_path}/home", "TERM": "x y;*"}
    named = tmp_path / "sh"  # bash that is called by this name reads and defines what it would as /bin/sh
    named.symlink_to(shell)
    for words in ((), ("-c", "id"), ("-c", "sftp-server"), ("-l",), ("--", "; id")):
        for link in ({}, {"SSH_CONNECTION": "10.0.0.1 2 10.0.0.2 22"}):
            done = run(named, wrapper, *words, env=bait | link | {"TERM": alone["TERM"]})
            assert json.loads(done.stdout) == [["run"], alone | dict.fromkeys(link, "yes")]
    assert not mark.exists()


@pytest.mark.tool("sshd", "ssh-keygen")
def test_the_block_stands_before_the_rest_of_a_server(tmp_path: Path) -> None:
    """P11, I5: beside Debian's own settings, before them or after, sshd takes no variable from the kiosk's client, and
    from others those that it took before.
    """
    key, settings = tmp_path / "host", tmp_path / "settings"
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key)
    parts = ["AcceptEnv LANG LC_*\nX11Forwarding yes\n", f"Include {DEPLOY}/sshd_kiosk.conf\n"]
    program = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin") or ""
    for order in (parts, parts[::-1]):
        settings.write_text(f"HostKey {key}\n" + "".join(order))
        told = {}
        for user in ("kiosk", "root"):
            said = run(program, "-T", "-f", settings, "-C", f"user={user},host=h,addr=127.0.0.1")
            assert said.returncode == 0, said.stderr
            told[user] = said.stdout.splitlines()
        assert [line for line in told["kiosk"] if line.startswith("acceptenv")] == ["acceptenv none"]
        assert [line for line in told["root"] if line.startswith("acceptenv")] == ["acceptenv LANG", "acceptenv LC_*"]
        for line in ("x11forwarding", "forcecommand /opt/kiosk/libexec/session", "permituserenvironment no"):
            assert any(each.startswith(line) for each in told["kiosk"])
        assert "x11forwarding no" in told["kiosk"] and "x11forwarding yes" in told["root"]


def test_the_block_shuts_every_door() -> None:
    """P11, I5: the block names every door that is shut, whatever the rest of a server's settings say."""
    text = (DEPLOY / "sshd_kiosk.conf").read_text()
    shut = ("DisableForwarding yes", "PermitUserRC no", "AcceptEnv none", "MaxSessions 1", "AllowAgentForwarding no")
    assert all(f"    {line}\n" in text for line in shut)
