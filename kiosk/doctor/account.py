"""Checks of the account and its session: what it may do, and what it remembers of what was typed."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from kiosk.doctor.finding import Finding, Host, broken, good, note, weak

HISTORIES = (".bash_history", ".zsh_history", ".ash_history", ".sh_history", ".local/share/fish/fish_history")
"""Where shells keep what was typed, below the home folder."""

MIGHTY = ("sudo", "wheel", "admin", "root", "docker", "lxd", "libvirt", "disk")
"""Groups whose members can become root, or read every disk."""

VARIABLES = ("PYTHON", "TEXTUAL", "LD_")
"""How the names begin of variables that make Python, Textual or the linker run, load or write something else."""


def no_shell_remembers_numbers(host: Host) -> Finding:
    """A command with a number in it must not stand in a file for whoever comes next."""
    kept = [name for name in HISTORIES if (_home(host) / name).is_file() and (_home(host) / name).stat().st_size]
    if not kept:
        return good("No shell of this account keeps what was typed.")
    told = [name for name in kept if "kiosk withdraw" in _text(_home(host) / name)]
    mend = "Put `unset HISTFILE` into the account's profile, and delete the file."
    if told:
        return broken(f"~/{told[0]} holds a command with a visitor's number.", mend)
    return weak(f"A shell of this account keeps what is typed (~/{kept[0]}).", mend)


def no_agent_is_forwarded(host: Host) -> Finding:
    """Keys of whoever is logged in elsewhere have no business in a kiosk's session."""
    if host.environ.get("SSH_AUTH_SOCK"):
        return weak(
            "An SSH agent can be reached from this session.",
            "Forbid it in the server's settings (`AllowAgentForwarding no`, as in deploy/sshd_kiosk.conf).",
        )
    return good("No SSH agent can be reached from here.")


def the_account_cannot_become_root(host: Host) -> Finding:
    """Whoever gets out of the kiosk should stand before a closed door."""
    if host.by_root:
        return broken("This is root.", "Give the kiosk an account of its own.")
    names = {grp.getgrgid(group).gr_name for group in os.getgroups() if _known(group)}
    mighty = sorted(names & set(MIGHTY))
    if mighty:
        return weak(f"The account is in the group {mighty[0]}.", f"Take it out: `gpasswd -d USER {mighty[0]}`.")
    if _sudo_without_password():
        return weak("The account may use sudo without a password.", "Take its rule out of /etc/sudoers.d.")
    return good("The account has no way to root that is known.")


def _known(group: int) -> bool:
    try:
        grp.getgrgid(group)
    except KeyError:
        return False
    return True


def _sudo_without_password() -> bool:
    sudo = shutil.which("sudo", path="/usr/bin:/bin:/usr/local/bin")
    if sudo is None:
        return False
    try:
        asked = subprocess.run([sudo, "-n", "-l"], capture_output=True, timeout=5, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def nobody_else_uses_the_account(host: Host) -> Finding:
    """Another session of the same user could look at files and send signals."""
    own = os.getuid()
    terminals = {terminal for uid, terminal in _terminals(host) if uid == own and terminal}
    mine = _terminal_of(host, os.getpid())
    others = len(terminals - {mine})
    if others:
        return note(
            f"The account has programs on {others} more terminals, which may be kiosks of their own.",
            "Give the kiosk an account that nobody logs in to for anything else.",
        )
    return good("The account has no program on another terminal.")


def _terminals(host: Host) -> Iterator[tuple[int, int]]:
    for folder in (host.root / "proc").glob("[0-9]*"):
        try:
            owner = folder.stat().st_uid
        except OSError:
            continue
        yield owner, _terminal_of(host, int(folder.name))


def _terminal_of(host: Host, pid: int) -> int:
    """The number of a process's terminal, 0 for none."""
    fields = host.read(f"proc/{pid}/stat").rpartition(")")[2].split()
    return int(fields[4]) if len(fields) > 4 and fields[4].lstrip("-").isdigit() else 0


def nothing_is_planted_in_the_environment(host: Host) -> Finding:
    """The kiosk builds its environment anew; whoever sets such variables for its account should still know."""
    names = sorted(name for name in host.environ if name.startswith(VARIABLES))
    if names:
        return note(
            f"The environment has {', '.join(names[:6])}; the kiosk takes no notice of it.",
            "Find out who sets it, in the account's profile or the service's unit.",
        )
    return good("No variable is set that could change Python, Textual or the linker.")


def developers_tools_are_not_here(host: Host) -> Finding:
    """`textual-dev` can send everything that is shown to another host."""
    from importlib.util import find_spec

    if find_spec("textual_dev") is None:
        return good("No developer's console is installed.")
    return weak("`textual-dev` is installed beside the kiosk.", "Install the kiosk without it, as `make run` does.")


def _home(host: Host) -> Path:
    return Path(host.environ.get("HOME") or pwd.getpwuid(os.getuid()).pw_dir)


def _text(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""
