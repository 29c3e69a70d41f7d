"""What a clerk says to its database, word for word as SQLAlchemy compiles it from the tables of `schema`.

A clerk that compiled them itself would have to load SQLAlchemy, SQLModel and pydantic to write one row.
`tests/unit/vault/test_statements.py` holds them to the tables: change those, and it says what to write here.
"""

from __future__ import annotations

from typing import Final

# On a station's own file (SQLite)

INSERT: Final = "INSERT INTO sealed_summary (number, sealed, mac) VALUES (?, ?, ?)"
FIND: Final = "SELECT sealed_summary.sealed, sealed_summary.mac FROM sealed_summary WHERE sealed_summary.number = ?"
REMOVE: Final = "DELETE FROM sealed_summary WHERE sealed_summary.number = ?"
FIND_REMOVED: Final = "SELECT removed.bit FROM removed WHERE removed.bit = ?"
INSERT_SHEET: Final = "INSERT INTO paper_sheet (sheet, state) VALUES (?, ?)"
COUNT_ON: Final = "UPDATE today SET records=(today.records + 1) WHERE today.tag = ? AND today.records < ?"
BEGIN_DAY: Final = "UPDATE today SET tag=?, records=1 WHERE today.tag != ?"
COUNT_ENTERED: Final = "UPDATE entered SET people=(entered.people + 1)"

# In a region (PostgreSQL)

REGION_SAY: Final = "INSERT INTO station_says (mac, about) VALUES (%(mac)s, %(about)s) ON CONFLICT DO NOTHING"
