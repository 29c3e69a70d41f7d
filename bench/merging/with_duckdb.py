"""The merge as one would write it in DuckDB: one query over the files, two files out."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import duckdb

QUERY = """
CREATE MACRO known(code) AS CASE WHEN code IN ('8', '9', '99') THEN '' ELSE code END;
CREATE MACRO damm_step(state, digit) AS
    CAST(substr('0317598642709215486342068713591750983426612304597836742095815869720134'
             || '894536201794386172052581436790', state * 10 + digit + 1, 1) AS INTEGER);
CREATE TABLE ranked AS
WITH enrollment AS (
    SELECT * FROM (SELECT EnrollmentID, PersonalID, ProjectID, EntryDate, HouseholdID, RelationshipToHoH,
        LivingSituation, LengthOfStay, TimesHomelessPastThreeYears AS times,
        MonthsHomelessPastThreeYears AS months, DisablingCondition, MoveInDate, DateDeleted
        FROM read_csv('{folder}/Enrollment.csv', {form}))
    WHERE DateDeleted = ''
), members AS (
    SELECT HouseholdID, count(*) AS size, count(*) FILTER (RelationshipToHoH = '2') AS children
    FROM enrollment GROUP BY ALL
), open AS (
    SELECT * FROM enrollment
    WHERE RelationshipToHoH = '1' AND (MoveInDate = '' OR MoveInDate > '{today}')
    AND ProjectID NOT IN (
        SELECT ProjectID FROM read_csv('{folder}/Project.csv', {form}) JOIN
        (SELECT OrganizationID, VictimServiceProvider FROM read_csv('{folder}/Organization.csv', {form}))
        USING (OrganizationID) WHERE VictimServiceProvider = '1')
    AND EnrollmentID NOT IN (
        SELECT EnrollmentID FROM read_csv('{folder}/Exit.csv', {form})
        WHERE DateDeleted = '' AND ExitDate <= '{today}')
    QUALIFY row_number() OVER (PARTITION BY PersonalID ORDER BY EntryDate DESC, EnrollmentID DESC) = 1
), assessed AS (
    SELECT results.PersonalID, CAST(arg_max(AssessmentResult, AssessmentDate) AS INTEGER) AS assessed
    FROM read_csv('{folder}/AssessmentResults.csv', {form}) AS results
    JOIN read_csv('{folder}/Assessment.csv', {form}) AS assessments USING (AssessmentID)
    WHERE results.DateDeleted = '' AND assessments.DateDeleted = '' AND AssessmentResultType = 'Housing score'
    GROUP BY ALL
), person AS (
    SELECT PersonalID AS key, hash(PersonalID) AS tie,
        coalesce(TRY_CAST(known(months) AS INTEGER), 0) AS months,
        coalesce(TRY_CAST(known(times) AS INTEGER), 0) AS times,
        known(LivingSituation) AS living, LengthOfStay = '5' AND living IN ('101', '116', '118') AS long,
        known(DisablingCondition) AS disabling, known(VeteranStatus) AS veteran,
        CAST(DOB > '{young}' AS INTEGER) AS youth, least(children, 3) AS children, least(size, 5) AS size, assessed
    FROM open JOIN read_csv('{folder}/Client.csv', {form}) AS client USING (PersonalID)
    LEFT JOIN members USING (HouseholdID) LEFT JOIN assessed USING (PersonalID)
    WHERE client.DateDeleted = ''
), judged AS (
    SELECT key, tie, disabling, times, veteran, CAST(youth AS VARCHAR) AS youth, CAST(size AS VARCHAR) AS size,
        CAST(children > 0 AS INTEGER) AS children,
        CASE WHEN disabling = '1' AND ((months >= 112 AND times = 4) OR long) THEN 2
            WHEN disabling = '1' AND months >= 110 AND times >= 3 THEN 1 ELSE 0 END AS chronic,
        CASE WHEN months >= 112 THEN 3 WHEN months >= 106 THEN 2 WHEN months >= 103 THEN 1 ELSE 0 END AS months,
        CASE living WHEN '' THEN '' WHEN '116' THEN 'n' ELSE 'y' END AS sheltered,
        coalesce(assessed, CAST(disabling = '1' AS INTEGER) * 4
            + CASE WHEN person.months >= 112 THEN 3 WHEN person.months >= 106 THEN 2
                WHEN person.months >= 103 THEN 1 ELSE 0 END
            + CASE WHEN times = 4 THEN 2 WHEN times >= 2 THEN 1 ELSE 0 END
            + CASE WHEN living = '116' THEN 3 WHEN living IN ('101', '118') THEN 2 ELSE 0 END
            + CAST(long AS INTEGER) + CAST(children = 3 AS INTEGER) + youth + CAST(veteran = '1' AS INTEGER)) AS score
    FROM person
    UNION ALL BY NAME
    SELECT list_number AS key, hash(tie_break) AS tie, known(disabling_condition) AS disabling,
        CAST(times_band AS INTEGER) AS times, known(veteran) AS veteran, known(youth_household) AS youth,
        known(household_size_band) AS size, CAST(household_type = '3' AS INTEGER) AS children,
        CAST(chronic_status AS INTEGER) AS chronic, CAST(months_band AS INTEGER) AS months, sheltered,
        CAST(score AS INTEGER) AS score
    FROM read_csv('{lists}', {form}) WHERE release_expires >= '{month}'
)
SELECT row_number() OVER (
        ORDER BY chronic DESC, months DESC, score // 3 DESC, sheltered = 'n' DESC, tie) AS rank, *
FROM judged;
CREATE TABLE numbered AS
WITH size AS (SELECT greatest(3, length(CAST(count(*) AS VARCHAR))) AS digits FROM ranked),
drawn AS (
    SELECT row_number() OVER () AS rank, payload FROM (
        SELECT CAST(10 ** digits AS BIGINT) + range AS payload
        FROM size, range(CAST(9 * 10 ** (SELECT digits FROM size) AS BIGINT))
        ORDER BY random() LIMIT (SELECT count(*) FROM ranked)))
SELECT *, payload * 10 + list_reduce(list_concat([0], [CAST(digit AS INTEGER)
    FOR digit IN string_split(CAST(payload AS VARCHAR), '')]), lambda state, digit: damm_step(state, digit)) AS number
FROM ranked JOIN drawn USING (rank) ORDER BY rank;
COPY (SELECT rank, number, chronic, months, score, sheltered, disabling, times, veteran, youth, children, size
    FROM numbered ORDER BY rank) TO '{out}' (HEADER);
COPY (SELECT number, key FROM numbered ORDER BY rank) TO '{key}' (HEADER);
"""


def main() -> None:
    folder, lists, out, today = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4]
    os.umask(0o077)
    young = f"{int(today[:4]) - 25}{today[4:]}"
    form = "all_varchar = true, delim = ',', quote = '\"', header = true, nullstr = '\\0', auto_detect = true"
    duckdb.execute(
        QUERY.format(
            folder=folder,
            lists=lists,
            out=out,
            key=out.with_suffix(".key.csv"),
            today=today,
            month=today[:7],
            young=young,
            form=form,
        )
    )
    print(duckdb.execute("SELECT count(*) FROM numbered").fetchall()[0][0])


main()
