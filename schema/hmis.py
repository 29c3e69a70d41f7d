"""What is read of an HMIS CSV export (FY 2024 and FY 2026), column by column; no other column ever is.

Columns are found by their header, whatever their order and case. Names, SSN and HealthAndDV.csv have no shape here, so
that nothing can read them (MO-12). Numbers behind a column are HUD's data elements.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LONGEST_ID: Final = 32
"""The most letters of any id."""
VERSIONS: Final = ("2024", "2026")
"""What CSVVersion holds in the fiscal years that are read."""
NOT_COLLECTED: Final = 99


@dataclass(frozen=True, slots=True)
class Shape:
    """One file of the export, and what is read of it."""

    name: str
    ids: tuple[str, ...] = ()
    """Columns of ids: text of 32 letters at most."""
    dates: tuple[str, ...] = ()
    """Columns of dates, `YYYY-MM-DD`, with a time behind it or without."""
    codes: tuple[str, ...] = ()
    """Columns of codes, each with its list in `CODES`."""
    texts: tuple[str, ...] = ()
    """Columns of local text."""
    required: bool = False
    """Whether there is no export without it."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read, but for `DateDeleted`."""
        return (*self.ids, *self.dates, *self.codes, *self.texts)


EXPORT: Final = Shape(
    "Export",
    dates=("ExportDate", "ExportStartDate", "ExportEndDate"),
    codes=("ExportPeriodType", "ExportDirective", "HashStatus"),
    texts=("CSVVersion",),
    required=True,
)
ORGANIZATION: Final = Shape("Organization", ids=("OrganizationID",), codes=("VictimServiceProvider",), required=True)
"""2.01."""
PROJECT: Final = Shape(
    "Project",
    ids=("ProjectID", "OrganizationID"),
    dates=("OperatingEndDate",),
    codes=("ProjectType",),
    required=True,
)
"""2.02."""
PARTICIPATION: Final = Shape(
    "CEParticipation",
    ids=("ProjectID",),
    dates=("CEParticipationStatusStartDate", "CEParticipationStatusEndDate"),
    codes=("AccessPoint",),
)
"""2.09."""
CLIENT: Final = Shape(
    "Client", ids=("PersonalID",), dates=("DOB",), codes=("DOBDataQuality", "VeteranStatus"), required=True
)
"""Of who somebody is, only what ranking needs: 3.03 becomes an age group in the run that reads it, 3.07."""
ENROLLMENT: Final = Shape(
    "Enrollment",
    ids=("EnrollmentID", "PersonalID", "ProjectID", "HouseholdID"),
    dates=("EntryDate", "MoveInDate", "DateToStreetESSH"),
    codes=(
        "RelationshipToHoH",
        "LivingSituation",
        "LengthOfStay",
        "LOSUnderThreshold",
        "PreviousStreetESSH",
        "TimesHomelessPastThreeYears",
        "MonthsHomelessPastThreeYears",
        "DisablingCondition",
    ),
    texts=("EnrollmentCoC",),
    required=True,
)
"""3.08, 3.10, 3.15, 3.16, 3.20, 3.917, 5.09."""
EXIT: Final = Shape("Exit", ids=("EnrollmentID",), dates=("ExitDate",), codes=("Destination",), required=True)
"""3.11, 3.12."""
LIVING: Final = Shape(
    "CurrentLivingSituation", ids=("EnrollmentID",), dates=("InformationDate",), codes=("CurrentLivingSituation",)
)
"""4.12."""
SERVICES: Final = Shape("Services", ids=("EnrollmentID",), dates=("DateProvided",), codes=("RecordType",))
"""Of which bed nights are read (record type 200)."""
ASSESSMENT: Final = Shape(
    "Assessment",
    ids=("AssessmentID", "EnrollmentID"),
    dates=("AssessmentDate",),
    codes=("PrioritizationStatus",),
)
"""4.19."""
RESULTS: Final = Shape("AssessmentResults", ids=("AssessmentID",), texts=("AssessmentResultType", "AssessmentResult"))
"""4.19: the only place where an export can hold a score, under a local name."""
EVENT: Final = Shape("Event", ids=("EnrollmentID",), dates=("EventDate",))
"""4.20."""

FILES: Final = (
    EXPORT, ORGANIZATION, PROJECT, PARTICIPATION, CLIENT, ENROLLMENT, EXIT, LIVING, SERVICES, ASSESSMENT, RESULTS, EVENT
)  # fmt: skip

_YES_NO: Final = (0, 1, 8, 9, 99)
_PLACES: Final = (
    101, 116, 118, 204, 205, 206, 207, 215, 225, 302, 314, 327, 329, 332, 335, 336, 410, 411, 421, 422, 423, 426, 428,
    431, 433, 434, 435, 436, 437, 438, 439, 440, 8, 9, 17, 24, 30, 37, 99
)  # fmt: skip
"""Living situations and destinations (HMIS data dictionary, appendix A)."""
CODES: Final = {
    "ExportPeriodType": (1, 2, 3, 4),
    "ExportDirective": (1, 2, 3),
    "HashStatus": (1, 2, 3, 4),
    "VictimServiceProvider": (0, 1, 99),
    "ProjectType": (0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14),
    "AccessPoint": (0, 1, 99),
    "DOBDataQuality": (1, 2, 8, 9, 99),
    "VeteranStatus": _YES_NO,
    "RelationshipToHoH": (1, 2, 3, 4, 5, 99),
    "LivingSituation": _PLACES,
    "LengthOfStay": (2, 3, 4, 5, 8, 9, 10, 11, 99),
    "LOSUnderThreshold": (0, 1, 99),
    "PreviousStreetESSH": (0, 1, 99),
    "TimesHomelessPastThreeYears": (1, 2, 3, 4, 8, 9, 99),
    "MonthsHomelessPastThreeYears": (8, 9, 99, *range(101, 114)),
    "DisablingCondition": _YES_NO,
    "Destination": (*_PLACES, 312, 313, 403, 419),
    "CurrentLivingSituation": _PLACES,
    "RecordType": (12, 13, 14, 141, 142, 143, 144, 151, 152, 161, 200, 210, 300),
    "PrioritizationStatus": (1, 2),
}
"""The codes of each column; what is none of them counts as not collected."""
