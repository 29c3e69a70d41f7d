"""The rows of the HMIS CSV export (FY 2024 and FY 2026) that are read, column by column; no other column ever is.

Columns are found by their header, whatever their order and case. Names, SSN and HealthAndDV.csv have no shape here, so
that nothing can read them (MO-12).
"""

from __future__ import annotations

from typing import Final, NamedTuple

LONGEST_ID: Final = 32
"""The most letters of any id."""
VERSIONS: Final = ("2024", "2026")
"""How CSVVersion begins in the fiscal years that are read."""
NO: Final = ("0", "0.0")
"""HUD's no, as exports write it."""


class Export(NamedTuple):
    """Export.csv."""

    CSVVersion: str


class Organization(NamedTuple):
    """Organization.csv (2.01)."""

    OrganizationID: str
    """2.01.1."""
    VictimServiceProvider: str
    """2.01.3: 0 no, 1 yes."""


class Project(NamedTuple):
    """Project.csv (2.02)."""

    ProjectID: str
    """2.02.1."""
    OrganizationID: str


class Enrollment(NamedTuple):
    """Enrollment.csv: one stay of one person in one project."""

    EnrollmentID: str
    """5.06."""
    PersonalID: str
    """5.08."""
    ProjectID: str
    """2.02.1."""
    EntryDate: str
    """3.10, `YYYY-MM-DD`."""
    HouseholdID: str
    """5.09."""
    RelationshipToHoH: str
    """3.15: 1 self, 2 child."""
    LivingSituation: str
    """3.917.1."""
    LengthOfStay: str
    """3.917.2."""
    TimesHomelessPastThreeYears: str
    """3.917.4."""
    MonthsHomelessPastThreeYears: str
    """3.917.5."""
    DisablingCondition: str
    """3.08."""
    MoveInDate: str
    """3.20."""
    DateDeleted: str


class Client(NamedTuple):
    """Client.csv: of who somebody is, only what ranking needs."""

    PersonalID: str
    """5.08."""
    VeteranStatus: str
    """3.07."""
    DOB: str
    """3.03.1: becomes "younger than 25, yes or no" in the line that reads it, and is dropped there."""
    DateDeleted: str


class Exit(NamedTuple):
    """Exit.csv."""

    EnrollmentID: str
    """5.06."""
    ExitDate: str
    """3.11."""
    DateDeleted: str


class Assessment(NamedTuple):
    """Assessment.csv (4.19)."""

    AssessmentID: str
    PersonalID: str
    """5.08."""
    AssessmentDate: str
    """4.19.1."""
    DateDeleted: str


class AssessmentResult(NamedTuple):
    """AssessmentResults.csv (4.19): the only place where an HMIS export can hold a score."""

    AssessmentID: str
    AssessmentResultType: str
    """A local name: which result it is."""
    AssessmentResult: str
    """A local value."""
    DateDeleted: str
