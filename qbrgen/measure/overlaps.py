"""Exports that overlap: rows without an id that stand in two files count twice. A second look, for `check` only.

Where the times of two files overlap, rows alike in every mapped column are looked for in both. Two files may share some
by chance (two people of one name, days without a time of day); of exports that overlap, nearly all rows of the shared
time stand in both. Of very many rows a part is looked at: whichever it is, it is the same of every file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from qbrgen.define.model.sources import Table
from qbrgen.define.model.workspace import Definitions
from qbrgen.errors import Finding, Level
from qbrgen.load.nearest import listed
from qbrgen.measure.counts import Counts
from qbrgen.measure.engine import BrokenFileError, Engine, engine
from qbrgen.measure.events import stop_at
from qbrgen.measure.here import Here, files_of
from qbrgen.measure.readers import literal
from qbrgen.measure.sources import File, name_of
from qbrgen.measure.spans import gave_up, in_their_encodings

Days = tuple[datetime, datetime]

_MOST = 2_000_000  # rows that are looked at
_MOST_GROUPS = 10_000  # of files that share rows
_SHARE = 0.5  # of the rows of the shared time, in the file that has fewer: so many are no chance
_MARGIN = timedelta(days=1)  # rows of one file may tell their times in UTC, of another in local time
_CELLS = ("wall", "instant", "user", "account", "event", "micro", "days")


@in_their_encodings
def rows_in_two_files(definitions: Definitions, counts: Counts) -> list[Finding]:
    """A warning, where rows stand in several files and no id tells them apart; none of rows that lie in a database.

    counts: of the same workspace; it tells which times each file holds. Raises InputError with every finding about
    files that cannot be read (any more).
    """
    settings = definitions.settings
    told = {finding.where.file for finding in counts.odd_files if finding.code == "file-twice" and finding.where}
    tables: dict[str, Table] = {}
    for table in files_of(settings)["events"]:
        name = name_of(table.path, settings.root)
        if "id" not in table.columns and not table.same_rows_once and name not in told:
            tables[name] = table
    times = _shared({name: counts.balance.times[name] for name in tables if name in counts.balance.times})
    if not times:
        return []
    one_of = max(sum(counts.balance.by_source[name] for name in times) // _MOST, 1)
    with engine() as session:
        here = Here(session, {"events": tuple(tables[name] for name in times), "presence": ()})
        stop_at(here.open(definitions, ("events",)))
        stop_at(here.look(settings.time_zone or UTC, ("events",)))
        files = [span.file for span in here.spans["events"]]
        try:
            found = list(_shared_rows(session, files, times, one_of))
        except BrokenFileError as error:
            raise gave_up(settings.root.name, error, files) from error
    return [_told(found, files, one_of)] if found else []


def _shared(times: Mapping[str, Days]) -> dict[str, Days]:
    """File → the time within which it overlaps with others; none of those that overlap with no other."""
    ordered = sorted(times.items(), key=lambda each: (each[1], each[0]))
    found: dict[str, Days] = {}
    before: datetime | None = None  # the last time of all that begin earlier
    for number, (name, (first, last)) in enumerate(ordered):
        following = ordered[number + 1][1][0] if number + 1 < len(ordered) else None
        late = following is not None and following <= last
        if before is not None and before >= first:
            found[name] = first, last if late else min(last, before)
        elif late and following is not None:
            found[name] = following, last
        before = last if before is None else max(before, last)
    return found


def _shared_rows(
    session: Engine, files: Sequence[File], times: Mapping[str, Days], one_of: int
) -> Iterator[tuple[tuple[int, ...], int]]:
    """(numbers of the files, rows that stand in each of them and count too often), the most first."""
    parts = [_rows_of(number, file, times[file.name], one_of) for number, file in enumerate(files)]
    session.execute(f"CREATE TEMP TABLE shared AS {' UNION ALL '.join(parts)}")
    groups = session.execute(
        f"""SELECT sources, sum(twice), sum(least) FROM (
            SELECT list(source ORDER BY source) AS sources, sum(alike) - max(alike) AS twice, min(alike) AS least
            FROM shared GROUP BY key HAVING count(*) > 1
        ) GROUP BY sources ORDER BY 2 DESC, 1 LIMIT {_MOST_GROUPS}"""
    )
    by_files = {tuple(sources): (int(twice), int(least)) for sources, twice, least in groups}
    for sources, (twice, _) in list(by_files.items())[:_LOOKED_AT]:
        alike = sum(least for others, (_, least) in by_files.items() if set(sources) <= set(others))
        if alike >= _SHARE * _rows_within(session, sources):
            yield sources, twice


_LOOKED_AT = 50


def _rows_of(number: int, file: File, times: Days, one_of: int) -> str:
    """SQL of the different rows of a file in the shared time, as a number that stands for all their cells."""
    cells = ", ".join(f'"{name}"' for name in _CELLS if name in ("wall", "instant") or name in _held(file))
    first, last = (literal(moment.isoformat()) for moment in (times[0] - _MARGIN, times[1] + _MARGIN))
    conditions = [f"moment BETWEEN TIMESTAMP {first} AND TIMESTAMP {last}", f'hash("user", moment) % {one_of} = 0']
    if "micro" in _held(file):
        conditions.append("coalesce(micro, 1) > 0")  # the empty cells of a wide file are all alike
    rows = f"SELECT *, coalesce(wall, instant) AS moment FROM {file.view}"
    return (
        f"SELECT {number} AS source, hash({cells}) AS key, min(moment) AS moment, count(*) AS alike "
        f"FROM ({rows}) WHERE {' AND '.join(conditions)} GROUP BY key"
    )


def _held(file: File) -> Collection[str]:
    return {"micro" if name == "value" else name for name in file.made.fields}


def _rows_within(session: Engine, sources: Sequence[int]) -> int:
    """The rows of the time that some files share, in the one that has fewest."""
    which = f"source IN ({', '.join(map(str, sources))})"
    (fewest,) = session.execute(
        f"""WITH held AS (
                SELECT source, min(moment) AS first, max(moment) AS last FROM shared WHERE {which} GROUP BY source
            ),
            common AS (SELECT max(first) AS first, min(last) AS last FROM held)
        SELECT min(alike) FROM (SELECT source, sum(alike) AS alike FROM shared, common
            WHERE {which} AND moment BETWEEN first AND last GROUP BY source)"""
    )
    return int(fewest[0] or 0)


def _told(found: Sequence[tuple[tuple[int, ...], int]], files: Sequence[File], one_of: int) -> Finding:
    rows = sum(number for _, number in found) * one_of
    most = "two files" if all(len(sources) == 2 for sources, _ in found) else "several files"
    about = "about " if one_of > 1 else ""
    named = (
        f"{about}{number * one_of:,} in {' and '.join(files[source].name for source in sources)}"
        for sources, number in found
    )
    what = f"{about}{rows:,} rows stand in {most} and count twice, alike in every mapped column: {listed(named)}."
    fix = (
        "If these are exports that overlap, write `same_rows: once` beside `file:`; or map `id:`, the id of a row; or "
    )
    fix += "export again without overlap."
    return Finding(Level.WARNING, "rows-in-two-files", what, fix, files[found[0][0][-1]].table.where)
