"""The folder of BACI: its yearly files, and our codes for its numbers of economies."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from trade.errors import BadParameter, shorten
from trade.sources.connectors.base import UpdateFailed
from trade.sources.economy_names import Names
from trade.sources.un_codes import SPECIAL

SOURCE = "CEPII BACI"
_FILE = re.compile(r"BACI_(HS(\d\d))_Y((?:19|20)\d\d)_V(\d{6})\w*\.(?:csv|csv\.gz|parquet)")
_CODES = re.compile(r"country_codes?_?\w*\.csv", re.IGNORECASE)
_OWN_CODES = {
    "S19": "TWN",
    "R20": "XEU",
    "E19": "XEU",
    "F19": "XLA",
    "A79": "XLA",
    "ZA1": "ZAF",
    "PCI": "PLW",
    "ROM": "ROU",
}


@dataclass(frozen=True)
class YearFile:
    """A file of one year, described by its name."""

    path: Path
    edition: str
    year: int
    version: str

    @property
    def classification(self) -> str:
        return f"HS{'19' if self.edition >= '88' else '20'}{self.edition}"

    @property
    def vintage(self) -> str:
        return f"{self.version[:4]}-{self.version[4:]}"


def files(folder: str, years: Sequence[str]) -> list[YearFile]:
    """The files of the requested years, oldest first, in the newest version.

    Raises:
        BadParameter: no folder is named, it holds no file of BACI, a year is missing, or editions are mixed.
    """
    place = Path(folder).expanduser()
    if not folder.strip() or not place.is_dir():
        raise BadParameter("baci.no_folder", folder=shorten(folder or "folder"))
    named = [(path, _FILE.fullmatch(path.name)) for path in sorted(place.iterdir())]
    year_files = [YearFile(path, match[2], int(match[3]), match[4]) for path, match in named if match]
    if not year_files:
        raise BadParameter("baci.no_file", folder=place.name)
    editions = sorted({file.classification for file in year_files})
    if len(editions) > 1:
        raise BadParameter("baci.editions", folder=place.name, editions=editions)
    newest = {file.year: file for file in sorted(year_files, key=lambda file: file.version)}
    requested = [int(year) for year in years] or [max(newest)]
    if missing := [year for year in requested if year not in newest]:
        raise BadParameter("baci.no_year", folder=place.name, year=missing[0], first=min(newest), last=max(newest))
    return [newest[year] for year in requested]


def older_releases(folder: str, chosen: Sequence[YearFile]) -> list[str]:
    """Names of files that are ignored because the folder has a newer release of the same year."""
    named = [(path, _FILE.fullmatch(path.name)) for path in sorted(Path(folder).expanduser().iterdir())]
    years = {file.year for file in chosen}
    used = {file.path for file in chosen}
    return [path.name for path, match in named if match and int(match[3]) in years and path not in used]


def economies(folder: Path, names: Names) -> dict[int, str]:
    """Our codes by BACI's numbers, from the file of codes in the data folder.

    Raises:
        UpdateFailed: there is none, or it has no columns of numbers and ISO codes.
    """
    paths = sorted(path for path in folder.iterdir() if _CODES.fullmatch(path.name))
    if not paths:
        raise UpdateFailed("baci.no_codes", source=SOURCE)
    raw = paths[-1].read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    reader = csv.DictReader(io.StringIO(text))
    columns = reader.fieldnames or []
    number = next((name for name in columns if name in ("country_code", "i")), "")
    code = next((name for name in columns if name in ("country_iso3", "iso_3digit_alpha", "iso3")), "")
    if not number or not code:
        raise UpdateFailed("baci.code_columns", source=SOURCE, file=paths[-1].name, columns=list(columns[:8]))
    by_number = {}
    for row in reader:
        if row[number].strip().isdecimal() and (ours := _economy(int(row[number]), row[code].strip(), names)):
            by_number[int(row[number])] = ours
    return by_number


def _economy(number: int, iso3: str, names: Names) -> str | None:
    ours = SPECIAL.get(number) or _OWN_CODES.get(iso3) or names.find(iso3) or names.find(f"m49 {number}")
    return ours if ours and ours.isupper() else None
