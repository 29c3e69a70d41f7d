"""`kiosk doctor` at a station of a region: each check of the server is fulfilled, and is not after one change."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from kiosk.doctor import region as wishes
from kiosk.doctor.checkup import WISHES
from kiosk.doctor.finding import Finding, Host, Severity
from tests.made_up import Made
from tests.postgres import Database, Server
from tests.region.certificates import make
from tests.region.kiosks import point_at

pytestmark = pytest.mark.tool("postgres")

ALL = [wish for wish in WISHES if wish.__module__ == wishes.__name__]
LASTING = {"fsync": "on", "full_page_writes": "on"}
"""What the tests' own server does without, for speed."""


@pytest.fixture(scope="module", autouse=True)
def lasting(server: Server) -> Iterator[None]:
    """A server as docs/provider.md has it."""
    server.restart(**LASTING)
    yield
    server.restart()


def asked(made: Made, wish: Callable[[Host], Finding]) -> Finding:
    return wish(Host(made.place))


def test_a_prepared_region_is_as_wished(made: Made, region: Database) -> None:
    """J9: every check of a region's server is fulfilled where the prepared script ran, and where there is no region."""
    assert [each for wish in ALL if not (each := asked(made, wish)).fulfilled] == []
    point_at(made, region.url())
    assert [each for wish in ALL if not (each := asked(made, wish)).fulfilled] == []
    assert "own file" not in asked(made, wishes.the_regions_log_holds_no_record).said


@pytest.mark.parametrize(
    ("wish", "change", "said", "severity"),
    [
        (wishes.the_regions_log_holds_no_record, "ALTER DATABASE {db} SET log_statement = 'mod'", "log_statement", 2),
        (wishes.the_regions_log_holds_no_record, "ALTER DATABASE {db} RESET log_error_verbosity", "verbosity", 2),
        (wishes.the_regions_log_holds_no_record, "ALTER USER {user} SET log_min_duration_statement = 0", "duration", 2),
        (wishes.the_regions_log_holds_no_record, "ALTER DATABASE {db} RESET log_parameter_max_length", "parameter", 2),
        (wishes.the_regions_records_last, "ALTER USER {user} SET synchronous_commit = off", "synchronous_commit", 2),
        (wishes.the_station_can_only_add_and_read, "GRANT DELETE ON sealed_summary TO {user}", "DELETE sealed", 1),
        (wishes.the_station_can_only_add_and_read, "GRANT kiosk_provider TO {user}", "UPDATE sealed_summary", 1),
        (wishes.the_station_can_only_add_and_read, "ALTER USER {user} CREATEROLE", "create roles", 1),
        (wishes.the_station_can_only_add_and_read, "ALTER USER {user} SUPERUSER", "superuser", 1),
        (wishes.the_station_can_only_add_and_read, "REVOKE kiosk_station FROM {user}", "", 2),
        (wishes.the_station_can_only_add_and_read, "DROP TABLE removal_list", "SELECT removal_list", 2),
        (wishes.the_station_sees_nobody_else, "GRANT SELECT ON pg_stat_activity TO {user}", "pg_stat_activity", 1),
        (wishes.the_station_sees_nobody_else, "GRANT EXECUTE ON FUNCTION pg_lock_status TO PUBLIC", "lock_status", 1),
        (wishes.the_station_sees_nobody_else, "ALTER USER {user} SUPERUSER", "pg_stat", 1),
    ],
)
def test_each_check_sees_what_it_is_for(
    made: Made, region: Database, wish: Callable[[Host], Finding], change: str, said: str, severity: int
) -> None:
    """J9, P6: fulfilled on a prepared server; after one change it is not, names it, and has a mend."""
    point_at(made, region.url())
    assert asked(made, wish).fulfilled
    with region.superuser() as connection:
        if change.startswith("REVOKE"):
            connection.execute(f"GRANT CONNECT ON DATABASE {region.name} TO {region.station}")
        connection.execute(change.format(db=region.name, user=region.station))
    found = asked(made, wish)
    assert not found.fulfilled and said in found.said
    assert found.severity == Severity(severity) and found.mend


@pytest.mark.parametrize("name", ["log_connections", "track_commit_timestamp", "fsync"])
def test_what_only_the_whole_server_is_set_to(made: Made, region: Database, name: str) -> None:
    """J9, P6: times of connections in the log, times of rows, and a server that flushes nothing are each named."""
    point_at(made, region.url())
    region.server.restart(**LASTING | {name: "off" if name == "fsync" else "on"})
    try:
        findings = [asked(made, wish) for wish in ALL]
    finally:
        region.server.restart(**LASTING)
    assert [f"`{name}`" in each.said for each in findings if not each.fulfilled] == [True]


def test_a_server_that_does_not_answer(made: Made, region: Database) -> None:
    """J9: without the server one check is broken, with the reason; the others say that nobody could be asked."""
    point_at(made, region.url().replace(str(region.server.port), "1"))
    host = Host(made.place)
    findings = [wish(host) for wish in ALL]
    assert [each.severity for each in findings] == [Severity.BROKEN] + [Severity.NOTE] * (len(ALL) - 1)
    assert not any(each.fulfilled for each in findings)


def test_who_listens_on_the_way(made: Made, region: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """J9, P6: to another machine in clear is broken, to whoever answers is weak, to a proven name is as wished."""
    wish = wishes.nobody_listens_on_the_way_to_the_region
    by = make(region.server.folder, "localhost")
    url = f"postgresql://{region.station}@localhost:{region.server.port}/{region.name}"
    (made.place.home / "pgpass").write_text(f"*:*:*:{region.station}:{region.password}\n")
    (made.place.home / "pgpass").chmod(0o600)
    (made.place.home / "root.crt").write_bytes(by.root.read_bytes())
    found = []
    for ssl, mode in (("off", "disable"), ("on", "require"), ("on", "verify-full")):
        told = {"ssl": ssl, "ssl_cert_file": str(by.certificate), "ssl_key_file": str(by.key)}
        region.server.restart(**LASTING | told)
        point_at(made, f"{url}?sslmode={mode}")
        assert asked(made, wish).fulfilled, "nothing leaves this machine"
        with monkeypatch.context() as patched:
            patched.setattr("kiosk.vault.postgres.address.Address.stays_here", False)
            found.append(asked(made, wish))
    region.server.restart(**LASTING)
    assert [(each.fulfilled, each.severity) for each in found[:2]] == [(False, Severity.BROKEN), (False, Severity.WEAK)]
    assert found[2].fulfilled
