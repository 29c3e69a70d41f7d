"""Every other door of an SSH server: each is seen open on a plain server, and shut on the kiosk's (P11)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from kiosk.errors import ExitCode
from tests.faults import station
from tests.faults.visitor import HOME, SITTING
from tests.hosts.server import NEEDED, OPEN, Server, free_port
from tests.hosts.treasure import AgentAt, Treasure, listens, socks, taken
from tests.terminal import proc

pytestmark = pytest.mark.tool(*NEEDED, "scp", "sftp", "ssh-agent")

FORWARD_ANYWAY = ("-o", "ExitOnForwardFailure=no")


@pytest.fixture
def plain(kiosk_home: Path, tmp_path: Path) -> Iterator[Server]:
    """A server that is no kiosk's."""
    with Server(tmp_path / "plain", kiosk_home, settings=OPEN) as running:
        yield running


@pytest.fixture
def treasure() -> Iterator[Treasure]:
    made = Treasure()
    yield made
    made.close()


def test_no_file_comes_or_goes(server: Server, plain: Server, tmp_path: Path) -> None:
    """P11, I5: scp by either protocol, sftp, and what rsync, git or tar would run, fetch nothing and leave nothing."""
    secret, batch = tmp_path / "secret", tmp_path / "batch"
    secret.write_text("gold")
    for number, host in enumerate((plain, server)):
        into = [tmp_path / f"{number}-{each}" for each in range(5)]
        batch.write_text(f"get {secret} {into[4]}\n")
        for way, words in (
            ("scp", ("-O", str(secret), f"{host.who}:{into[0]}")),
            ("scp", ("-s", str(secret), f"{host.who}:{into[1]}")),
            ("scp", ("-O", f"{host.who}:{secret}", str(into[2]))),
            ("scp", ("-s", f"{host.who}:{secret}", str(into[3]))),
            ("sftp", ("-b", str(batch), host.who)),
        ):
            done = host.ask(*words, program=way)
            assert (done.returncode == 0) == (host is plain), (way, words, done.stderr)
        assert [each.exists() for each in into] == [host is plain] * 5
    for command in ("rsync --server --sender -logDtpr . /", f"git-upload-pack {tmp_path}", f"cat {secret}"):
        done = server.ask(server.who, command)
        assert done.returncode == ExitCode.ENVIRONMENT and done.stdout == b""
    assert server.ask("-s", server.who, "netconf").returncode == 255
    server.until_nobody_is_left()


def test_no_forwarding_in_any_direction(server: Server, plain: Server, treasure: Treasure, tmp_path: Path) -> None:
    """P11, I5: beside a sitting, `-L`, `-R` and `-D`, to ports and to sockets' files, lead nowhere."""
    for host in (plain, server):
        ports = [free_port() for _ in range(4)]
        near, far = (str(tmp_path / f"{name}-{host is plain}") for name in ("near", "far"))
        aim = f"127.0.0.1:{treasure.port}"
        words: tuple[str, ...] = ("-L", f"{ports[0]}:{aim}", "-L", f"{near}:{aim}", "-D", str(ports[1]))
        words += ("-R", f"{ports[2]}:{aim}", "-R", f"{far}:{aim}", "-R", str(ports[3]))
        with host.visitor(*FORWARD_ANYWAY, *words, command="echo he''llo; cat") as visitor:
            visitor.wait_for("hello" if host is plain else HOME)
            got = [taken(ports[0]), taken(near), taken(ports[1], socks(treasure.port))[8:]]
            got += [taken(ports[2]), taken(far), taken(ports[3], socks(treasure.port))[8:]]
            if host is plain:
                assert b"gold" in got[0] and got[3:5] == [b"gold"] * 2
                treasure.forget(len(got))
            else:
                assert got == [b""] * 6
    assert treasure.came == 0
    server.until_nobody_is_left()


def test_an_escape_adds_nothing_to_a_sitting(server: Server, plain: Server, treasure: Treasure) -> None:
    """P11, I5: `~C` in the middle of a sitting opens no forwarding; `~B` and `~R` break nothing."""
    for host in (plain, server):
        port = free_port()
        can = ("-o", "IgnoreUnknown=EnableEscapeCommandline", "-o", "EnableEscapeCommandline=yes", *FORWARD_ANYWAY)
        with host.visitor(*can, escape="~", command="stty -echo; echo he''llo; cat") as visitor:
            visitor.wait_for("hello" if host is plain else HOME)
            visitor.type("\r~B\r~R\r~C")
            visitor.wait_for("ssh>")
            visitor.type(f"-L {port}:127.0.0.1:{treasure.port}\r")
            visitor.wait(partial(listens, port), "the client's port")
            assert taken(port) == (b"gold" if host is plain else b"")
            if host is server:
                sitting = sittings(server)
                visitor.press("f12")
                assert visitor.ended() == 0 and len(sitting) >= 1
    assert treasure.came <= 2, "the plain server's alone"
    server.until_nobody_is_left()


def sittings(server: Server) -> set[int]:
    """The sittings on the host."""
    return {pid for pid in proc.family(server.process.pid) if SITTING in proc.command(pid)}


def test_a_connection_is_one_sitting(server: Server, plain: Server, treasure: Treasure, tmp_path: Path) -> None:
    """P11, I5: over a connection that is shared (ControlMaster) no second session, file or forwarding comes."""
    for host in (plain, server):
        path, port = str(tmp_path / f"mux-{host is plain}"), free_port()
        with host.visitor("-M", "-S", path, command="echo he''llo; cat") as visitor:
            visitor.wait_for("hello" if host is plain else HOME)
            before = sittings(server)
            # where it is refused the client opens a connection of its own: that leads nowhere here
            second = host.ask("-S", path, "-o", "ProxyCommand=false", host.who, "echo gold")
            files = host.ask("-S", path, "-o", "ProxyCommand=false", "-s", host.who, "sftp")
            back = host.ask("-S", path, "-O", "forward", "-R", f"{port}:127.0.0.1:{treasure.port}", host.who)
            if host is plain:
                assert second.stdout == b"gold\n" and files.returncode == back.returncode == 0
                assert taken(port) == b"gold"
                treasure.came = 0
            else:
                assert b"gold" not in second.stdout
                assert second.returncode == 255, "not even the kiosk"
                assert files.returncode != 0 and back.returncode != 0
                assert taken(port) == b"" and sittings(server) >= before
                visitor.press("f12")
                assert visitor.ended() == 0
    assert treasure.came == 0
    server.until_nobody_is_left()


HOSTILE = {
    **{"LANG": "../../mark", "LC_ALL": "%n%n%s", "LC_MESSAGES": "es_MX.UTF-8", "PATH": "/mark", "HOME": "/mark"},
    **{"KIOSK_HOME": "/mark", "KIOSK_PROGRAM": "/mark", "BASH_ENV": "/mark", "ENV": "/mark", "PYTHONPATH": "/mark"},
    **{"LD_PRELOAD": "/mark", "TEXTUAL_LOG": "/mark", "TERMINFO": "/mark", "SSH_ORIGINAL_COMMAND": "/mark"},
}
"""What a client would put into the environment."""


def test_no_environment_agent_or_display_comes_along(
    desk: Path, kiosk_home: Path, plain: Server, tmp_path: Path
) -> None:
    """P11, I5: what a client sends along (variables, an agent, a display) is in no process of a sitting; where a server
    takes the variables of a key's list (PermitUserEnvironment), those are not either.
    """
    sent = " ".join(f"{name}={value}" for name, value in HOSTILE.items())
    agent = str(tmp_path / "agent")
    home = station.copy(desk / "short", kiosk_home)
    with AgentAt(agent), Server(tmp_path / "sshd", home, also="PermitUserEnvironment yes\nAcceptEnv *\n") as careless:
        for host in (plain, careless):
            if host is careless:
                listed = host.folder / "user.pub"
                own = ",".join(f'environment="{name}={value}"' for name, value in HOSTILE.items() if name != "BASH_ENV")
                listed.write_text(f"{own} {listed.read_text()}")
            words = ("-o", f"SetEnv={sent}", "-A", "-Y")
            extra = {"SSH_AUTH_SOCK": agent, "DISPLAY": ":77"}
            with host.visitor(*words, command="echo he''llo; exec sleep 60", extra=extra) as visitor:
                visitor.wait_for("hello" if host is plain else HOME)
                told = b"\n".join(each for pid in proc.family(host.process.pid) for each in environment(pid))
                assert (b"/mark" in told and b"SSH_AUTH_SOCK=" in told) == (host is plain)
                assert (b"mark" in told or b"SSH_AUTH_SOCK=" in told or b"DISPLAY=" in told) == (host is plain)
        careless.until_nobody_is_left()


def environment(pid: int) -> list[bytes]:
    with suppress(OSError):
        return proc.environ(pid)
    return []


def test_a_keys_own_options_open_nothing(server: Server, plain: Server, tmp_path: Path) -> None:
    """P11, I5: a key that is listed with a command, a tunnel and an agent of its own gets the kiosk alone."""
    for host in (plain, server):
        mark = tmp_path / f"mark-{host is plain}"
        listed = host.folder / "user.pub"
        listed.write_text(f'command="touch {mark}",tunnel="0",agent-forwarding {listed.read_text()}')
        with host.visitor(command="id") as visitor:
            if host is server:
                visitor.wait_for(HOME)
                visitor.press("f12")
            assert visitor.ended() == 0
        assert mark.exists() == (host is plain)
    server.until_nobody_is_left()
