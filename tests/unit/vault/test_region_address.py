"""A region's URL: no secret in it, encrypted unless it stays on this machine, and nothing of it repeated."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg.conninfo import conninfo_to_dict

from kiosk.errors import ExitCode, KioskError
from kiosk.vault.clerk_jail import look_up
from kiosk.vault.postgres.address import Address, NotARegionsUrl, NotEncrypted, SecretInUrl

HOME = Path("/nowhere")

PART = st.one_of(
    st.sampled_from(["", "front", "db.example.org", "[::1]", "%2Frun%2FPG", "a%40b", "a+b", "%F2", "%zz", "a%00b"]),
    st.text("ab%2F:@/?&=+#[]", max_size=6),
)
QUERY = st.lists(st.tuples(st.sampled_from(["host", "port", "user", "dbname", "sslmode"]), PART), max_size=2)
URLS = st.builds(
    lambda user, host, port, name, query: (
        f"postgresql://{user}{host}{port}/{name}"
        + "?" * bool(query)
        + "&".join(f"{key}={value}" for key, value in query)
    ),
    st.sampled_from(["", "@"]) | PART.map(lambda part: part + "@"),
    PART,
    st.sampled_from(["", ":5432", ":", "%3A1"]),
    PART,
    QUERY,
)


@settings(max_examples=1500, deadline=None)
@given(URLS)
def test_a_url_means_what_libpq_takes_it_to_mean(url: str) -> None:
    """Whatever URL is taken, libpq reads the same server, user and database in it; a host's capitals say nothing."""
    try:
        ours = Address.parse(url).parameters
    except KioskError:
        return
    assert _said(ours) == _said(conninfo_to_dict(url).items())


def _said(parameters: Iterable[tuple[str, object]]) -> dict[str, str]:
    found = {name: str(value) for name, value in parameters if value != ""}
    return {name: value.lower() if name == "host" else value for name, value in found.items()}


@pytest.mark.parametrize(
    "url", ["://a@b@db/k", "://db/k%zz", "://db/k%00", "://db/%F2", "://[::1]%3A1/k", "://db/k?user=a=b"]
)
def test_what_libpq_would_read_otherwise_is_refused(url: str) -> None:
    """Two signs for one, half an escape, an end in the middle: nobody has to guess what they mean."""
    with pytest.raises(NotARegionsUrl):
        Address.parse("postgresql" + url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://front:hush@db.example.org/kiosk",
        "postgresql://front:@db.example.org/kiosk",
        "postgresql://:hush@db.example.org/kiosk",
        "postgresql://front@db.example.org/kiosk?password=hush",
        "postgresql://front@db.example.org/kiosk?sslpassword=hush",
        "postgresql://front:hush@/kiosk?host=/run/postgresql",
        "postgres://front:hu%73h@[::1]:5432/kiosk",
    ],
)
def test_a_password_in_a_url_is_refused(url: str) -> None:
    """Other people of the machine read arguments: a URL with a password is refused, and not repeated."""
    with pytest.raises(SecretInUrl) as caught:
        Address.parse(url)
    assert caught.value.exit_code is ExitCode.REFUSED
    assert "hush" not in str(caught.value) and "passfile" in caught.value.hint


@pytest.mark.parametrize(
    "url",
    [
        "",
        "kiosk",
        "mysql://front@db/kiosk",
        "postgresql://front@db",
        "postgresql://front@db/",
        "postgresql://front@one,two/kiosk?port=1,2,3",
        "postgresql://front@one,/kiosk",
        "postgresql://front@one,two:5433/kiosk",
        "postgresql:///kiosk?user=front&host=one,/run/PG",
        "postgresql://front@a,b,c,d,e/kiosk",
        "postgresql://front@db:port/kiosk",
        "postgresql://front@db/kiosk?options=-csearch_path%3Dother",
        "postgresql://front@db/kiosk?sslmode=maybe",
        "postgresql://front@db/kiosk?sslmode=verify-ca&sslmode=disable",
        "postgresql://front@db/kiosk?host=other",
        "postgresql://front@db/kiosk?sslrootcert=root.crt",
        "postgresql://front@db/kiosk#part",
        "postgresql://front@db/ki osk",
        'postgresql://front@db/ki"osk',
        "postgresql://front@db/ki\\osk",
        "postgresql://front@db/" + "k" * 500,
        "postgresql://front@[::1/kiosk",
    ],
)
def test_what_is_no_regions_url(url: str) -> None:
    """Anything else than a server, a user, a database and how to know the server is refused with a sentence."""
    with pytest.raises(NotARegionsUrl) as caught:
        Address.parse(url)
    assert caught.value.exit_code is ExitCode.USAGE and "front@" not in str(caught.value)


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer"])
def test_another_machine_is_spoken_to_in_secret(mode: str) -> None:
    """Over a network nobody listens and nobody poses as the server: weaker ways are refused but on this machine."""
    with pytest.raises(NotEncrypted):
        Address.parse(f"postgresql://front@db.example.org/kiosk?sslmode={mode}")
    with pytest.raises(NotEncrypted):
        Address.parse(f"postgresql://front@/kiosk?host=db.example.org&sslmode={mode}")
    for host in ("localhost", "127.0.0.9", "[::1]", "%2Frun%2FPG"):
        assert Address.parse(f"postgresql://front@{host}/kiosk?sslmode={mode}").settings(HOME)["sslmode"] == mode


@pytest.mark.parametrize(
    ("url", "host", "port", "mode", "local"),
    [
        ("postgresql://front@db.example.org/kiosk", "db.example.org", 5432, "verify-full", False),
        ("postgresql://front@192.0.2.7:6432/kiosk", "192.0.2.7", 6432, "verify-full", False),
        ("postgres://front@db/kiosk?sslmode=verify-ca", "db", 5432, "verify-ca", False),
        ("postgresql://front@localhost/kiosk", "localhost", 5432, None, False),
        ("postgresql://front@[::1]:1/kiosk", "::1", 1, None, False),
        ("postgresql:///kiosk?host=/run/PG&user=front", "/run/PG", 5432, None, True),
        ("postgresql://front@%2Frun%2FPG:77/kiosk", "/run/PG", 77, None, True),
        ("postgresql:///kiosk", "", 5432, None, True),
    ],
)
def test_what_a_url_says(url: str, host: str, port: int, mode: str | None, local: bool) -> None:
    """Host, port and how the server proves who it is, as libpq is told them."""
    address = Address.parse(url)
    assert (address.servers, address.ports, address.on_this_machine) == (((host, port),), (port,), local)
    told = address.settings(HOME)
    assert told.get("sslmode") == mode and told["dbname"] == "kiosk" and "password" not in told


@pytest.mark.parametrize("url", ["://front@one,two/kiosk", "://front@/kiosk?host=one,two&port=5432"])
def test_several_servers(url: str) -> None:
    """The one that takes records is asked for; each has to prove its name, and one port is enough for all."""
    address = Address.parse("postgresql" + url)
    assert address.servers == (("one", 5432), ("two", 5432)) and address.ports == (5432,)
    told = address.settings(HOME)
    assert told["target_session_attrs"] == "read-write" and told["sslmode"] == "verify-full"
    assert Address.parse(f"postgresql{url}".replace("one", "localhost")).stays_here is False
    ports = Address.parse("postgresql://front@one,two/kiosk?port=1,2")
    assert ports.servers == (("one", 1), ("two", 2)) and ports.ports == (1, 2)
    with pytest.raises(NotEncrypted):
        Address.parse("postgresql://front@localhost,two/kiosk?sslmode=disable")


def test_each_server_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clerk knows every address of every server before it is shut in; a name that is gone keeps it from no other."""

    def known(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        if host == "gone":
            raise OSError
        return [(0, 0, 0, "", (address, port)) for address in {"one": ["192.0.2.1", "192.0.2.2"]}.get(host, ["::1"])]

    monkeypatch.setattr(socket, "getaddrinfo", known)
    asked = Address.parse("postgresql://front@gone,one,two/kiosk?port=1,2,3")
    assert look_up(asked) == {"host": "one,one,two", "hostaddr": "192.0.2.1,192.0.2.2,::1", "port": "2,2,3"}
    with pytest.raises(OSError):
        look_up(Address.parse("postgresql://front@gone/kiosk"))


def test_the_data_folders_own_files_count(tmp_path: Path) -> None:
    """Passfile, root certificate and the station's own certificate are those of the data folder, where it has them."""
    for name in ("pgpass", "root.crt", "postgresql.key"):
        (tmp_path / name).touch()
    told = Address.parse("postgresql://front@db/kiosk?sslrootcert=/etc/ssl/ours.crt").settings(tmp_path)
    assert told["passfile"] == str(tmp_path / "pgpass") and told["sslkey"] == str(tmp_path / "postgresql.key")
    assert told["sslrootcert"] == "/etc/ssl/ours.crt" and "sslcert" not in told


def test_a_missing_driver_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where psycopg is not installed, one sentence says so and how to get it."""
    from kiosk.vault.postgres import driver

    monkeypatch.setattr(driver, "find_spec", lambda name: None)
    with pytest.raises(KioskError, match="not installed") as caught:
        driver.check()
    assert "`make region`" in caught.value.hint and caught.value.exit_code is ExitCode.ENVIRONMENT
