"""Who is on the list, told a second time: the default list rules in plain Python, row by row, without the merge's code.

`python tests/recount.py EXPORT --day 2026-06-30 --explained FILE.csv` compares an export's folder with what
`kiosk merge --day ... --explain FILE.csv` wrote, and prints every line that differs.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

Row = dict[str, Any]
ORDER = (
    "deleted", "unreadable", "no_project", "no_client", "victim_services", "not_begun", "exited", "deceased",
    "project_type", "project_closed", "other_coc", "moved_in", "children_left", "not_head",
)  # fmt: skip
HOMELESS = (101, 116, 118)


def day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "").strip()[:10])
    except ValueError:
        return None


def number(text: str | None) -> int | None:
    text = (text or "").strip().removesuffix(".0")
    return int(text) if text.isdecimal() else None


def coded(text: str | None) -> int:
    """A code, or one that stands for none."""
    found = number(text)
    return -1 if found is None else found


def table(folder: Path, name: str) -> list[Row]:
    path = next((each for each in folder.iterdir() if each.name.casefold() == f"{name}.csv".casefold()), None)
    if path is None:
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return [{key: (value or "").strip() for key, value in row.items() if key} for row in rows if any(row.values())]


def live(rows: list[Row]) -> list[Row]:
    return [row for row in rows if not row.get("DateDeleted")]


class Recount:
    """Every enrollment's verdict on one day."""

    def __init__(self, folder: Path, today: date) -> None:
        self.today = today
        self.read(folder)
        for row in self.rows:
            row["why"] = self.first(row)
        dead = {row["person"] for row in self.rows if self.left(row) and row["destination"] == 24}
        for row in self.rows:
            row["why"] = row["why"] or ("deceased" if row["person"] in dead else "")
        self.households()
        self.people()

    def read(self, folder: Path) -> None:
        marks: dict[str, bool] = {}
        for each in live(table(folder, "Organization")):
            marks[each["OrganizationID"]] = (
                marks.get(each["OrganizationID"], True) and number(each["VictimServiceProvider"]) == 0
            )
        access = {
            each["ProjectID"] for each in live(table(folder, "CEParticipation"))
            if number(each["AccessPoint"]) == 1
            and (day(each["CEParticipationStatusStartDate"]) or self.today) <= self.today
            and (day(each["CEParticipationStatusEndDate"]) or date.max) >= self.today
        }  # fmt: skip
        projects = {each["ProjectID"]: each for each in reversed(live(table(folder, "Project")))}
        clients: dict[str, Row] = {}
        for each in live(table(folder, "Client")):
            kept = clients.setdefault(each["PersonalID"], each)
            if kept["DOB"][:10] != each["DOB"][:10]:
                kept["DOB"] = ""
        exits: dict[str, tuple[date, int | None]] = {}
        for each in live(table(folder, "Exit")):
            when = day(each["ExitDate"])
            if when and (each["EnrollmentID"] not in exits or when < exits[each["EnrollmentID"]][0]):
                exits[each["EnrollmentID"]] = when, number(each["Destination"])
        self.rows: list[Row] = []
        seen: set[str] = set()
        for at, raw in enumerate(table(folder, "Enrollment")):
            project, client = projects.get(raw["ProjectID"]), clients.get(raw["PersonalID"])
            ended, destination = exits.get(raw["EnrollmentID"], (None, None))
            kind = number(project["ProjectType"]) if project else None
            row = raw | {
                "at": at, "person": raw["PersonalID"], "project": project, "client": client, "kind": kind,
                "entry": day(raw["EntryDate"]), "exit": ended, "destination": destination,
                "victim": project is not None and not marks.get(project["OrganizationID"], False),
                "waits": kind in (0, 1, 2, 3, 4, 8, 9, 10, 13, 14) or (kind == 6 and raw["ProjectID"] in access),
                "home": (raw["ProjectID"], raw["HouseholdID"] or f"alone {at}"), "again": raw["EnrollmentID"] in seen,
                "marked": number(raw["RelationshipToHoH"]) == 1,
            }  # fmt: skip
            row["born"] = self.born(row)
            row["age"] = self.age(row["born"])
            self.rows.append(row)
            if not raw.get("DateDeleted"):
                seen.add(raw["EnrollmentID"])
        self.by_enrollment = {row["EnrollmentID"]: row for row in reversed(self.rows)}
        self.events = {
            name: live(table(folder, name)) for name in ("CurrentLivingSituation", "Services", "Assessment", "Event")
        }

    def born(self, row: Row) -> date | None:
        client, entry = row["client"], row["entry"]
        birth = day(client["DOB"]) if client else None
        if birth is None or entry is None or number(client["DOBDataQuality"]) in (8, 9, 99):
            return None
        if birth > self.today or birth > entry or (row["marked"] and birth == entry):
            return None
        return birth if (self.age(birth) or 0) < 105 else None

    def age(self, birth: date | None) -> int | None:
        if birth is None:
            return None
        return self.today.year - birth.year - ((self.today.month, self.today.day) < (birth.month, birth.day))

    def first(self, row: Row) -> str:
        if row.get("DateDeleted") or row["again"]:
            return "deleted"
        if not row["person"] or row["entry"] is None:
            return "unreadable"
        if row["project"] is None:
            return "no_project"
        if row["client"] is None:
            return "no_client"
        if row["victim"]:
            return "victim_services"
        if row["entry"] > self.today:
            return "not_begun"
        return "exited" if row["exit"] and row["exit"] <= self.today else ""

    def left(self, row: Row) -> bool:
        return row["why"] in ("", "exited") and row["exit"] is not None and row["exit"] <= self.today

    def households(self) -> None:
        homes: dict[Any, list[Row]] = defaultdict(list)
        for row in self.rows:
            homes[row["home"]].append(row)
        self.open = [row for row in self.rows if not row["why"]]
        self.homes: dict[Any, Row] = {}
        for home, rows in homes.items():
            inside = [row for row in rows if not row["why"]]
            if inside:
                self.homes[home] = self.household(inside, [row for row in rows if row["why"] in ("exited", "deceased")])
        for row in self.open:
            found = self.homes[row["home"]]
            whole = row["person"] == found["head"] or found["why"] == "children_left"
            row["own"] = (
                found["why"] if whole and found["why"] else ("" if row["person"] == found["head"] else "not_head")
            )

    def household(self, inside: list[Row], gone: list[Row]) -> Row:
        def eldest(rows: list[Row]) -> Row:
            return min(rows, key=lambda row: (row["born"] or date.max, row["person"]))

        marked, adults = [row for row in inside if row["marked"]], [row for row in inside if (row["age"] or 0) >= 18]
        notes, why = set(), ""
        if marked:
            head = eldest(marked)
            if len({row["person"] for row in marked}) > 1:
                notes.add("two_heads")
            if head["age"] is not None and head["age"] < 18 and adults:
                head = eldest(adults)
                notes.add("minor_head")
        elif any(row["marked"] for row in gone):
            notes.add("head_left")
            head = eldest(adults or inside)
            why = "" if adults else "children_left"
        else:
            head = eldest(inside)
            notes.add("no_head")
        head = next((row for row in inside if row["person"] == head["person"] and row["marked"]), head)
        movers = [row for row in (*inside, *gone) if row["marked"]] or [head]
        moved = [when for when in map(self.moved, movers) if when]
        housing = head["kind"] in (3, 9, 10, 13)
        if housing and not moved and any(row["early"] for row in movers):
            notes.add("move_in_ignored")
        tests = {
            "project_type": not head["waits"],
            "project_closed": (day(head["project"]["OperatingEndDate"]) or date.max) <= self.today,
            "moved_in": bool(moved),
            "children_left": bool(why),
        }
        return {"head": head["person"], "why": next((name for name, hit in tests.items() if hit), ""), "notes": notes,
                "moved": min(moved) if moved else None, "rows": inside}  # fmt: skip

    def moved(self, row: Row) -> date | None:
        when = day(row["MoveInDate"])
        row["early"] = when is not None and when < row["entry"]
        if row["kind"] not in (3, 9, 10, 13):
            return None
        if when and row["entry"] <= when <= self.today:
            return when
        old = row["kind"] != 13 and row["entry"] < date(2017, 10, 1)
        return row["entry"] if old else None

    def people(self) -> None:
        self.heads: dict[str, list[Row]] = defaultdict(list)
        for home in self.homes.values():
            if not home["why"]:
                self.heads[home["head"]].append(home)
        self.verdict: dict[str, Row] = {}
        for person, homes in self.heads.items():
            self.verdict[person] = self.judge(person, homes)

    def seen(self, person: str) -> list[tuple[date, int]]:
        found = []
        for name, column in (("CurrentLivingSituation", "InformationDate"), ("Services", "DateProvided")):
            for each in self.events[name]:
                row, when = self.by_enrollment.get(each["EnrollmentID"]), day(each[column])
                if row is None or row["person"] != person or row["why"] or when is None or when > self.today:
                    continue
                if name == "Services":
                    if number(each["RecordType"]) == 200:
                        found.append((when, 101))
                elif when >= row["entry"]:
                    found.append((when, number(each["CurrentLivingSituation"]) or 99))
        return found

    def place(self, person: str) -> tuple[date, str | int] | None:
        evidence: list[tuple[date, str | int]] = []
        for row in self.open:
            if row["person"] != person:
                continue
            home = self.homes[row["home"]]
            if not home["why"]:
                living = number(row["LivingSituation"]) or 99
                known = living if 100 <= living < 500 or living == 17 else 116 if row["kind"] == 4 else None
                place: Any = {0: 101, 1: 101, 8: 118, 2: "transitional"}.get(row["kind"], known)
                evidence += [(row["entry"], place)] if place else []
            if home["moved"]:
                evidence.append((max(home["moved"], row["entry"]), "housed"))
        evidence += [(when, code) for when, code in self.seen(person) if 100 <= code < 500 or code == 17]
        evidence += [
            (row["exit"], "housed") for row in self.rows
            if row["person"] == person and self.left(row) and 400 <= (row["destination"] or 0) < 500
        ]  # fmt: skip

        def strength(each: tuple[date, str | int]) -> Any:
            code = 302 if each[1] == "transitional" else 999 if each[1] == "housed" else int(each[1])
            return each[0], 0 if code >= 400 else 2 if 100 <= code < 200 else 1, code, each[1] == "transitional"

        return max(evidence, key=strength) if evidence else None

    def judge(self, person: str, homes: list[Row]) -> Row:
        mine = [row for home in homes for row in home["rows"] if row["person"] == person]
        every = [row for row in self.open if row["person"] == person and not self.homes[row["home"]]["why"]]
        found = self.place(person)
        why = ""
        if found and found[1] == "housed":
            why = "housed_elsewhere"
        elif found and isinstance(found[1], int) and found[1] >= 400:
            why = "own_home"
        elif self.not_placed(person, min(row["entry"] for row in every)):
            why = "not_placed"
        notes = set().union(*(home["notes"] for home in homes))
        housed = [
            max(self.homes[row["home"]]["moved"], row["entry"]) for row in self.open
            if row["person"] == person and self.homes[row["home"]]["moved"]
        ]  # fmt: skip
        if housed and found and min(housed) < found[0]:
            notes.add("housed_conflict")
        if not any(row["kind"] in (0, 2, 8) for row in mine) and self.sign(person, every) < self.today - timedelta(90):
            notes.add("stale")
        limits = {0: 365, 8: 365, 2: 730}
        if any((self.today - row["entry"]).days > limits.get(row["kind"], 10**6) for row in mine):
            notes.add("long_stay")
        if any(row["person"] == person and row["why"] == "exited" and row["exit"] < row["entry"] for row in self.rows):
            notes.add("exit_before_entry")
        home = max(homes, key=lambda each: self.weight(each, person))
        members = {row["person"]: row for row in reversed(home["rows"])}
        adult, child, unknown = False, False, False
        for row in members.values():
            adult, child, unknown = (
                adult or (row["age"] or 0) >= 18,
                child or 0 <= (row["age"] if row["age"] is not None else 99) < 18,
                unknown or row["age"] is None,
            )
        kind = 3 if adult and child else 99 if unknown else 1 if adult else 4
        said = [self.chronic(each) for each, row in members.items() if each == person or (row["age"] or 0) >= 18]
        chronic = "yes" if True in said else "unknown" if None in said else "no"
        return {
            "why": why,
            "notes": " ".join(sorted(notes)),
            "chronic": chronic,
            "type": str(kind),
            "size": str(len(members)),
        }

    def weight(self, home: Row, person: str) -> Any:
        row = max((each for each in home["rows"] if each["person"] == person), key=lambda each: each["entry"])
        smaller = [-ord(letter) for letter in row["EnrollmentID"]] + [1]
        return row["entry"], len({each["person"] for each in home["rows"]}), smaller

    def not_placed(self, person: str, since: date) -> bool:
        latest: tuple[date, int] | None = None
        for each in self.events["Assessment"]:
            row, when, status = (
                self.by_enrollment.get(each["EnrollmentID"]),
                day(each["AssessmentDate"]),
                number(each["PrioritizationStatus"]),
            )
            counts = (
                row is not None and row["person"] == person and row["why"] in ("", "exited", "not_begun", "deceased")
            )
            if counts and when and when <= self.today and status in (1, 2):
                latest = max(latest or (date.min, 0), (when, -status))
        return latest is not None and latest[1] == -2 and latest[0] >= since

    def sign(self, person: str, every: list[Row]) -> date:
        signs = [row["entry"] for row in every] + [when for when, _ in self.seen(person)]
        for name, column in (("Assessment", "AssessmentDate"), ("Event", "EventDate")):
            for each in self.events[name]:
                row, when = self.by_enrollment.get(each["EnrollmentID"]), day(each[column])
                if (
                    row is not None
                    and row["person"] == person
                    and not row["why"]
                    and when
                    and row["entry"] <= when <= self.today
                ):
                    signs.append(when)
        latest: date = max(signs)
        return latest

    def chronic(self, person: str) -> bool | None:
        found = self.place(person)
        if found and found[1] == "transitional" and (self.today - found[0]).days >= 7:
            return False
        mine = [row for row in self.open if row["person"] == person]
        stays = [(row["entry"], self.today) for row in mine if row["kind"] in (0, 8)]
        stays += [(when, when) for when, code in self.seen(person) if code in HOMELESS]
        said = []
        for row in mine:
            if not self.homes[row["home"]]["why"]:
                end = row["entry"]
                for start, until in sorted(stays) if row["kind"] != 2 else ():
                    if until > end and (max(start, row["entry"]) - end).days <= 90:
                        end = until
                said.append((row["entry"], self.one(row, end)))
        if any(answer for _, answer in said):
            return True
        return max(said, key=lambda each: (each[0], each[1] is None))[1]

    def one(self, row: Row, end: date) -> bool | None:
        yes_no = {1: True, 0: False}
        living, stay, times = (
            number(row[name]) for name in ("LivingSituation", "LengthOfStay", "TimesHomelessPastThreeYears")
        )
        months = number(row["MonthsHomelessPastThreeYears"])
        if row["kind"] in (0, 1, 4, 8) or living in HOMELESS:
            place: bool | None = True
        elif living is None or not (200 <= living < 500 or living == 17):
            place = None
        else:
            short = yes_no.get(number(row["LOSUnderThreshold"]) or (0 if number(row["LOSUnderThreshold"]) == 0 else -1))
            if short is None:
                brief = (10, 11, 2, 3) if 200 <= living < 300 else (10, 11)
                short = None if stay not in (10, 11, 2, 3, 4, 5) else stay in brief
            place = both(short, yes_no.get(coded(row["PreviousStreetESSH"])))
        began = day(row["DateToStreetESSH"])
        began = None if began is None or began > row["entry"] else max(began, row["born"] or date.min)
        count: int | None = None
        if months is not None and 101 <= months <= 113:
            since = (end.year - row["entry"].year) * 12 + end.month - row["entry"].month
            count = months - 100 + since - (since > 0 and row["entry"].day != 1)
        if (end - (began or row["entry"])).days >= 365 or (began is None and living in HOMELESS and stay == 5):
            long: bool | None = True
        elif times == 4:
            long = None if count is None else count >= 12
        elif times not in (1, 2, 3):
            long = False if count is not None and count <= 11 else None
        elif began is not None:
            long = False
        elif count is None:
            long = None
        else:
            long = (
                (True if count >= 13 else None if count == 12 else False)
                if times == 1
                else (None if count >= 13 else False)
            )
        return both(yes_no.get(coded(row["DisablingCondition"])), place, long)

    def lines(self) -> list[tuple[str, ...]]:
        """What `--explain` should say of each enrollment."""
        highest: dict[str, str] = {}
        for row in self.rows:
            own = row["why"] or row.get("own", "")
            if own and row["person"]:
                highest[row["person"]] = max(highest.get(row["person"], own), own, key=ORDER.index)
        result = []
        said: tuple[Any, ...]
        for row in self.rows:
            head = self.verdict.get(row["person"])
            if head and not head["why"] and row["why"] != "deleted":
                said = ("yes", "", head["notes"], head["chronic"], head["type"], head["size"])
            else:
                why = (
                    head["why"]
                    if head and head["why"]
                    else row["why"]
                    if head
                    else highest.get(row["person"], row["why"])
                )
                said = ("no", why, "", "", "", "")
            result.append((row["EnrollmentID"], row["person"], *said))
        return result


def both(*parts: bool | None) -> bool | None:
    return False if False in parts else None if None in parts else True


def main() -> int:
    """Compare, and say what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("export", type=Path)
    parser.add_argument("--day", type=date.fromisoformat, required=True)
    parser.add_argument("--explained", type=Path, required=True)
    given = parser.parse_args()
    mine = Recount(given.export, given.day).lines()
    with given.explained.open(newline="") as file:
        theirs = [tuple(cell.removeprefix("'") for cell in row) for row in csv.reader(file)][1:]
    differing = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
    for here, there in differing[:40]:
        print("recount", here, "merge", there)
    listed = len({line[1] for line in theirs if line[2] == "yes"})
    chronic = len({line[1] for line in theirs if line[5] == "yes"})
    print(f"{len(mine)} enrollments, {listed} people on the list, {chronic} chronic; {len(differing)} lines differ.")
    return bool(differing)


if __name__ == "__main__":
    sys.exit(main())
