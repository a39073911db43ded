"""What `trade update`, `trade import` and the page call: read or fetch, then check and switch, under one lock."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from trade import paths
from trade.errors import BadParameter, FactError, IdentityBroken, UnknownName
from trade.ingest import file_import
from trade.ingest.apply import UpdateReport, apply, session
from trade.sources.connectors import Connector, Downloads, Job, Unusable
from trade.sources.connectors.registry import connector, connectors
from trade.sources.delivery import Delivery, Say, silent
from trade.sources.economy_names import read_names
from trade.sources.spreadsheets import FileRefused
from trade.text import formats

_DAY = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_FETCHED = 0.7
"""Share of the progress that fetching or reading takes; the build has the rest."""


def check_day(text: str) -> str:
    """`text` if it is an ISO date or empty.

    Raises:
        BadParameter: it is neither.
    """
    if text and not _DAY.fullmatch(text):
        raise BadParameter(f"A day is written 2026-09-18, not {text[:40]!r}.")
    return text


def sources(lang: str = "en") -> list[dict[str, Any]]:
    """The live sources: name, title, options with defaults and help."""
    return [
        {
            "name": one.name,
            "title": formats.say(f"live.{one.name}.title", lang),
            "options": {
                option: {"default": default, "help": formats.say(f"live.{one.name}.{option}", lang)}
                for option, default in one.options.items()
            },
        }
        for one in connectors().values()
    ]


def update(
    name: str,
    options: Mapping[str, str],
    *,
    home: Path | None = None,
    data: Path | None = None,
    say: Say = silent,
    dry_run: bool = False,
) -> UpdateReport:
    """Fetch a live source and put what it delivers in service.

    Raises:
        UnknownName: no such source or option. Busy: another update runs. UpdateFailed: it cannot be fetched or read.
        FactError, IdentityBroken: what it delivers does not fit. In each case the former store serves.
    """
    return run(connector(name), options, home=home, data=data, say=say, dry_run=dry_run)


def run(
    one: Connector,
    options: Mapping[str, str],
    *,
    home: Path | None = None,
    data: Path | None = None,
    say: Say = silent,
    dry_run: bool = False,
) -> UpdateReport:
    """As `update`, with the connector itself."""
    for option in options:
        if option not in one.options:
            raise UnknownName("option_of", option, one.options, of=one.name)
    asked = dict(one.options) | dict(options)
    with session(f"update {one.name}", home) as folder:
        downloads = Downloads.of(folder, one.name, asked)
        job = Job(asked, downloads, read_names(data or paths.data()), file_import.today(), _scaled(say, 0.0, _FETCHED))
        try:
            delivery = one.fetch(job)
            (report,) = apply([delivery], folder, data=data, say=_scaled(say, _FETCHED, 1.0), dry_run=dry_run)
        except (Unusable, FactError, IdentityBroken):
            downloads.clear()
            raise
        if not dry_run:
            downloads.clear()
    return report


def take_files(
    path: Path,
    asks: file_import.Asks,
    *,
    home: Path | None = None,
    data: Path | None = None,
    say: Say = silent,
    dry_run: bool = False,
) -> tuple[list[UpdateReport], dict[str, str]]:
    """Import a file, or every table of a folder in one switch; with it the sentences of files that were refused.

    Of a folder, files that fit are taken although others do not. If together they do not fit the other facts, they are
    tried one by one.

    Raises:
        FileRefused: no file could be taken. Busy: another update runs. FactError: the mapping file is wrong.
    """
    files = file_import.files_of(path)
    with session(f"import {path.name}", home) as folder:
        say("Reading the files", 0.0)
        failed: dict[str, str] = {}
        if len(files) == 1:
            deliveries = file_import.read(files[0], asks, data)
        else:
            deliveries, failed = file_import.read_all(files, asks, data)
        if not deliveries:
            raise FileRefused(f"{path.name}: no file could be taken; " + " ".join(list(failed.values())[:3]))
        return _apply(deliveries, failed, folder, data, _scaled(say, 0.3, 1.0), dry_run)


def _apply(
    deliveries: Sequence[Delivery], failed: dict[str, str], home: Path, data: Path | None, say: Say, dry_run: bool
) -> tuple[list[UpdateReport], dict[str, str]]:
    try:
        return apply(deliveries, home, data=data, say=say, dry_run=dry_run), failed
    except (FactError, IdentityBroken) as reason:
        if len(deliveries) == 1:
            raise FileRefused(f"{deliveries[0].about.citation.rpartition('imported from ')[2]}: {reason}") from None
    reports: list[UpdateReport] = []
    for delivery in deliveries:
        try:
            reports += apply([delivery], home, data=data, say=say, dry_run=dry_run)
        except (FactError, IdentityBroken) as reason:
            failed |= {delivery.about.citation.rpartition("imported from ")[2]: str(reason)}
    if not reports:
        raise FileRefused("No file could be taken; " + " ".join(list(failed.values())[:3]))
    return reports, failed


def _scaled(say: Say, first: float, last: float) -> Say:
    """Steps of a part of the whole, as fractions of the whole."""
    at = first

    def scaled(step: str, done: float) -> None:
        nonlocal at
        at = at if math.isnan(done) else first + (last - first) * done
        say(step, at)

    return scaled
