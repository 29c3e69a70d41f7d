"""A real clerk in its jail that keeps records in a region: by Unix socket, by TCP, encrypted, and when that fails."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from kiosk.seal import wire
from kiosk.seal.record import seal
from tests.clerk_process import ClerkProcess, clerk_at
from tests.made_up import Made, a_summary
from tests.postgres import Database
from tests.region.certificates import make
from tests.region.kiosks import lay, point_at

pytestmark = pytest.mark.tool("postgres")


def keep(made: Made, clerk: ClerkProcess, number: int) -> wire.Answer:
    return clerk.keep(number, seal(a_summary(number), number, made.key.recipients))


def passfile(made: Made, region: Database, password: str) -> None:
    path = made.place.home / "pgpass"
    path.write_text(f"*:*:*:*:{password}\n")
    path.chmod(0o600)


def by_tcp(made: Made, region: Database, more: str = "") -> None:
    point_at(made, region.server.tcp_url(region.name, region.station) + more)


def test_it_keeps_by_unix_socket(made: Made, region: Database) -> None:
    """P8: in its jail a clerk reaches the region on this machine, keeps there, and nothing lies in the file here."""
    point_at(made, region.url())
    with clerk_at(made.place.home) as clerk:
        numbers = []
        for _ in range(2):
            numbers.append(clerk.number())
            assert keep(made, clerk, numbers[-1]) == wire.Kept()
        assert clerk.end() == (0, "")
    assert [row[0] for row in region.rows()] == sorted(numbers)
    assert made.store.rows() == []


def test_it_keeps_by_tcp_with_a_passfile(made: Made, region: Database) -> None:
    """The password comes from the data folder's passfile; the jail lets the clerk connect to that port."""
    by_tcp(made, region)
    passfile(made, region, region.password)
    with clerk_at(made.place.home) as clerk:
        number = clerk.number()
        assert keep(made, clerk, number) == wire.Kept()
    assert [row[0] for row in region.rows()] == [number]


def test_a_wrong_password_keeps_nothing(made: Made, region: Database) -> None:
    """A user whom the server does not let in: a reason for the visitor's page, and no fallback to the file here."""
    by_tcp(made, region)
    passfile(made, region, "another")
    with clerk_at(made.place.home) as clerk:
        assert clerk.ask(wire.pack_ask()) == wire.Failed(wire.Reason.READ_ONLY)
    assert made.store.rows() == [] and region.rows() == []


def test_a_number_that_was_taken_meanwhile(made: Made, region: Database) -> None:
    """A clash: the record there stays, and a new number is put aside."""
    point_at(made, region.url())
    with clerk_at(made.place.home) as clerk, clerk_at(made.place.home) as other:
        number = clerk.number()
        theirs = (number, bytes(seal(a_summary(number), number, made.key.recipients)), bytes(32))
        lay(region, *theirs)
        answer = keep(made, clerk, number)
        assert isinstance(answer, wire.Clash) and answer.number != number
        assert keep(made, clerk, answer.number) == wire.Kept()
        assert other.number() not in (number, answer.number)
    assert {row[0]: row for row in region.rows()}[number] == theirs


def test_a_server_that_goes_and_comes_back(made: Made, region: Database) -> None:
    """While the server is away nothing is kept and the page can say so; once it is back the same clerk keeps."""
    point_at(made, region.url())
    with clerk_at(made.place.home) as clerk:
        number = clerk.number()
        region.server.stop("immediate")
        try:
            assert keep(made, clerk, number) == wire.Failed(wire.Reason.BUSY)
        finally:
            region.server.start()
        assert region.rows() == []
        assert keep(made, clerk, number) == wire.Kept()
    assert [row[0] for row in region.rows()] == [number] and made.store.rows() == []


def test_a_server_without_a_name(made: Made) -> None:
    """A name that cannot be looked up is looked up anew for each request, and said to be out of reach."""
    point_at(made, "postgresql://front@region.invalid/kiosk")
    with clerk_at(made.place.home) as clerk:
        for _ in range(2):
            assert clerk.ask(wire.pack_ask()) == wire.Failed(wire.Reason.BUSY)
        assert clerk.end() == (0, "")


def test_settings_that_cannot_be_read(made: Made) -> None:
    """A clerk that does not know where to keep keeps nothing."""
    made.place.station_toml.write_text("database = 7\n")
    with clerk_at(made.place.home) as clerk:
        assert clerk.ask(wire.pack_ask()) == wire.Failed(wire.Reason.OTHER)
    assert made.store.rows() == []


def test_the_server_has_to_prove_who_it_is(made: Made, region: Database, tmp_path: Path) -> None:
    """TLS by libpq's rules: a certificate for its name is taken, one for another name or of another root is not."""
    made_by = make(region.server.folder, "localhost")
    region.server.restart(ssl="on", ssl_cert_file=str(made_by.certificate), ssl_key_file=str(made_by.key))
    try:
        passfile(made, region, region.password)
        named = f"postgresql://{region.station}@localhost:{region.server.port}/{region.name}?sslmode=verify-full"
        for url, root, answer in (
            (named, made_by.root, wire.Kept()),
            (named.replace("localhost", "127.0.0.1"), made_by.root, wire.Failed(wire.Reason.READ_ONLY)),
            (named, make(tmp_path, "localhost").root, wire.Failed(wire.Reason.READ_ONLY)),
        ):
            (made.place.home / "root.crt").write_bytes(root.read_bytes())
            point_at(made, url)
            with clerk_at(made.place.home) as clerk:
                asked = clerk.ask(wire.pack_ask())
                assert answer == (keep(made, clerk, asked.number) if isinstance(asked, wire.Number) else asked)
    finally:
        region.server.restart()
    assert len(region.rows()) == 1


def test_a_port_where_nobody_listens(made: Made) -> None:
    """A server that is not there: out of reach, and tried again each time."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        point_at(made, f"postgresql://front@127.0.0.1:{free.getsockname()[1]}/kiosk")
        with clerk_at(made.place.home) as clerk:
            assert clerk.ask(wire.pack_ask()) == wire.Failed(wire.Reason.BUSY)
