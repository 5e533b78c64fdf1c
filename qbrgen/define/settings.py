"""qbrgen.yml → Settings, with its data files found and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from qbrgen.define.drafts import draft_findings
from qbrgen.define.model.settings import Rules, Settings
from qbrgen.define.settings_schema import RulesWritten, SettingsFile
from qbrgen.define.sources import Data, read_sources
from qbrgen.define.stand_ins import SETTINGS, StandIns, read_definition
from qbrgen.define.validate import validate
from qbrgen.errors import Finding, Level, Location
from qbrgen.load.nearest import instead_of, nearest
from qbrgen.load.yaml_files import YamlFile

FILE = SETTINGS


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings of a workspace: resolved, as written (None: not readable), and the data files."""

    settings: Settings
    written: SettingsFile | None
    file: YamlFile
    data: Data
    findings: list[Finding]

    @property
    def where(self) -> Mapping[str, Location]:
        keys = self.file.value if isinstance(self.file.value, dict) else {}
        return {"settings": Location(self.file.name, 1)} | {f"settings/{key}": self.file.at(key) for key in keys}


def load_settings(root: Path, stand_ins: StandIns) -> LoadedSettings:
    """Read qbrgen.yml of the workspace `root`; what is broken in it becomes findings, and defaults stand in."""
    file = read_definition(root / FILE, root, stand_ins)
    written, findings = validate(SettingsFile, file)
    if written is None:
        return LoadedSettings(Settings(root=root, vendor=""), None, file, Data(), findings)
    zone, wrong_zone = _zone(written.time_zone, file.at("time_zone"))
    findings += wrong_zone
    findings += check_locale(written.locale, "locale", file.at("locale"))
    findings += draft_findings(file, f"the workspace's {FILE}")
    data = read_sources(written.data, file, root, written.databases)
    findings += data.findings
    if written.as_of and written.data_start and written.as_of < written.data_start:
        what = f"the as-of date {written.as_of} lies before the data start on {written.data_start}."
        findings.append(Finding(Level.ERROR, "dates-reversed", what, "Correct one of the two.", file.at("as_of")))
    if not written.vendor and not any(finding.code == "missing-key" for finding in findings):
        fix = "Write your company's name, as documents say it."
        findings.append(Finding(Level.ERROR, "missing-key", "`vendor` is empty.", fix, file.at("vendor")))
    settings = Settings(
        root=root,
        vendor=written.vendor,
        theme=written.theme or DEFAULT_THEME,
        fiscal_year_starts=written.fiscal_year_starts or 1,
        time_zone=zone,
        time_zone_name=written.time_zone or "UTC",
        locale=written.locale or DEFAULT_LOCALE,
        paper=written.paper,
        currency=written.currency,
        as_of=written.as_of,
        data_start=written.data_start,
        closed_weeks=frozenset(written.closed_weeks),
        rules=_rules(written.rules),
        sources=data.sources,
        draft=written.draft,
    )
    return LoadedSettings(settings, written, file, data, findings)


_ABBREVIATION = 4  # letters at most: CEST is not meant as a city
DEFAULT_LOCALE = "en-GB"
DEFAULT_THEME = "plain"


def _zone(name: str, where: Location) -> tuple[tzinfo, list[Finding]]:
    try:
        return ZoneInfo(name or "UTC"), []
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # an abbreviation (CEST) or an offset (GMT+1) knows no daylight saving, and often means another place
        zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
        cities = {zone.rpartition("/")[2].replace("_", " "): zone for zone in zones}
        city = name.rpartition("/")[2].replace("_", " ")
        close = nearest(name, zones)
        if close is None and (len(city) > _ABBREVIATION or city in cities):
            close = cities.get(nearest(city, cities) or "")
        fix = f"Write it as in '{close}'." if close else "Write region and city, such as Europe/London."
        what = f"the time zone '{name}' is not known."
        return ZoneInfo("UTC"), [Finding(Level.ERROR, "unknown-time-zone", what, fix, where)]


def check_locale(name: str, key: str, where: Location, account: str | None = None) -> list[Finding]:
    """A locale or language is one that dates and figures can be written in."""
    if not name:
        return []
    try:  # here, since Babel reads a file at import
        from babel import Locale, UnknownLocaleError, localedata, parse_locale
    except ImportError:  # scoring does without it; what writes dates and figures needs it, and says so
        return []
    try:
        Locale(*parse_locale(name, sep="-")[:2])
    except (ValueError, TypeError, UnknownLocaleError):
        names = [each.replace("_", "-") for each in localedata.locale_identifiers() if len(each) <= 5]
        fix = instead_of(name, names, "languages") if nearest(name, names) else "Write language and country: en-GB."
        what = f"`{key}` is '{name}', not a language."
        return [Finding(Level.ERROR, "unknown-locale", what, fix, where, account)]
    return []


def _rules(written: RulesWritten | None) -> Rules:
    if written is None:
        return Rules()
    given: dict[str, Any] = {name: value for name, value in written if value is not None}
    if written.score_weights:
        given["score_weights"] = written.score_weights.weights()
    return Rules(**given)
