"""The entry points of `trade update`, `trade import` and the sources page: read or fetch, then check and put in
service, under one lock."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from trade import paths
from trade.errors import BadParameter, FactError, IdentityBroken, Message, TradeError, UnknownName, shorten
from trade.ingest import file_deliveries
from trade.ingest.apply import Undated, UpdateReport, apply, session
from trade.progress import ProgressCallback, no_progress
from trade.sources.connectors import Connector, Downloads, Job, Unusable
from trade.sources.connectors.registry import connector, connectors
from trade.sources.delivery import Delivery
from trade.sources.economy_names import read_names
from trade.sources.spreadsheets import FileRefused
from trade.store.loss_guard import LossRefused
from trade.store.table_contracts import fact_contracts
from trade.text import formats

_DAY = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_FETCHED = 0.7
"""Share of the progress that is for fetching; the build has the rest."""


def check_day(text: str) -> str:
    """`text` if it is an ISO date or empty.

    Raises:
        BadParameter: it is neither.
    """
    if text and not _DAY.fullmatch(text):
        raise BadParameter("import.day", given=shorten(text, 40))
    return text


def sources(lang: str = "en") -> list[dict[str, Any]]:
    """The live sources: name, title, options with defaults and help."""
    return [
        {
            "name": source.name,
            "title": formats.say(f"live.{source.name}.title", lang),
            "options": {
                option: {"default": default, "help": formats.say(f"live.{source.name}.{option}", lang)}
                for option, default in source.options.items()
            },
        }
        for source in connectors().values()
    ]


def update(
    name: str,
    options: Mapping[str, str],
    *,
    home: Path | None = None,
    data: Path | None = None,
    say: ProgressCallback = no_progress,
    dry_run: bool = False,
    accept_loss: bool = False,
) -> UpdateReport:
    """Fetch a live source and put its figures in service.

    Raises:
        UnknownName: no such source or option. Busy: another update runs. UpdateFailed: it cannot be fetched or read.
        FactError, IdentityBroken: its figures are invalid or do not add up. LossRefused: figures in service would be
        lost, and `accept_loss` is not set. In each case the store in service stays.
    """
    return run(connector(name), options, home=home, data=data, say=say, dry_run=dry_run, accept_loss=accept_loss)


def run(
    source: Connector,
    options: Mapping[str, str],
    *,
    home: Path | None = None,
    data: Path | None = None,
    say: ProgressCallback = no_progress,
    dry_run: bool = False,
    accept_loss: bool = False,
) -> UpdateReport:
    """Like `update`, for a connector object."""
    for option in options:
        if option not in source.options:
            raise UnknownName("option_of", option, source.options, of=source.name)
    complete = dict(source.options) | dict(options)
    with session(f"update {source.name}", home) as folder:
        downloads = Downloads.of(folder, source.name, complete)
        job = Job(
            complete, downloads, read_names(data or paths.data()), file_deliveries.today(), _scaled(say, 0.0, _FETCHED)
        )
        try:
            delivery = source.fetch(job)
            scaled = _scaled(say, _FETCHED, 1.0)
            (report,) = apply([delivery], folder, data=data, say=scaled, dry_run=dry_run, accept_loss=accept_loss)
        except (Unusable, FactError, IdentityBroken):
            downloads.clear()
            raise
        if not dry_run:
            downloads.clear()
    return report


def import_paths(
    path: Path,
    options: file_deliveries.ImportOptions,
    *,
    home: Path | None = None,
    data: Path | None = None,
    say: ProgressCallback = no_progress,
    dry_run: bool = False,
    accept_loss: bool = False,
) -> tuple[list[UpdateReport], dict[str, TradeError]]:
    """Import a file, or all tables of a folder at once. Returns reports, and the errors of refused files by name.

    Valid files of a folder are imported even if others are refused. If together they conflict with the other facts,
    they are tried one by one.

    Raises:
        FileRefused: no file could be imported. Busy: another update runs. FactError: the mapping file is wrong.
    """
    files = file_deliveries.files_of(path)
    with session(f"import {path.name}", home) as folder:
        say(Message("progress.files"), 0.0)
        failed: dict[str, TradeError] = {}
        if len(files) == 1:
            deliveries = file_deliveries.read(files[0], options, data)
        else:
            deliveries, failed = file_deliveries.read_all(files, options, data)
        deliveries, failed = _without_conflicts(deliveries, failed)
        if not deliveries:
            raise _none_taken(failed)
        return _apply(deliveries, failed, folder, data, _scaled(say, 0.3, 1.0), dry_run, accept_loss)


def _none_taken(failed: Mapping[str, TradeError]) -> FileRefused:
    """The error of an import in which every file was refused, with the first reasons."""
    first_errors = list(failed.values())[:3]
    return FileRefused(
        "import.none_taken", reasons=lambda lang: " ".join(dict.fromkeys(error.text(lang) for error in first_errors))
    )


def _file(delivery: Delivery) -> str:
    """The name of the imported file, from the citation."""
    return re.sub(r" on \d{4}-\d\d-\d\d$", "", delivery.about.citation.rpartition("imported from ")[2])


def _without_conflicts(
    deliveries: Sequence[Delivery], failed: dict[str, TradeError]
) -> tuple[list[Delivery], dict[str, TradeError]]:
    """Refuse files that contain different versions of a table with the same date: it is unknown which is valid."""
    by_statement: dict[tuple[object, ...], list[Delivery]] = {}
    for delivery in deliveries:
        for key in _statements(delivery):
            sharing = by_statement.setdefault(key, [])
            if all(other is not delivery for other in sharing):
                sharing.append(delivery)
    conflicts: dict[int, TradeError] = {}
    for key, sharing in by_statement.items():
        if len({_file(other) for other in sharing}) > 1 and len({_figures(other) for other in sharing}) > 1:
            names = sorted({_file(other) for other in sharing})
            statement = " ".join(str(part) for part in key if part)
            for other in sharing:
                conflicts[id(other)] = FileRefused("import.two_versions", files=names, statement=statement)
    undisputed = [delivery for delivery in deliveries if id(delivery) not in conflicts]
    return undisputed, failed | {
        _file(delivery): conflicts[id(delivery)] for delivery in deliveries if id(delivery) in conflicts
    }


def _statements(delivery: Delivery) -> set[tuple[object, ...]]:
    """The statements in a delivery, as (source, vintage, table, values of the columns that identify a statement)."""
    statements: set[tuple[object, ...]] = set()
    for rows in delivery.tables:
        contract = fact_contracts().get(rows.table)
        names = [name for name in (contract.restated if contract else ()) if name != "source_id"]
        columns = [
            rows.rows[name].to_pylist()
            if name in rows.rows.column_names
            else [rows.constants.get(name)] * rows.rows.num_rows
            for name in names
        ]
        statements |= {
            (delivery.source_id, delivery.vintage, rows.table, *values) for values in zip(*columns, strict=True)
        }
    return statements


def _figures(delivery: Delivery) -> str:
    return repr([(rows.table, sorted(map(repr, rows.rows.to_pylist()))) for rows in delivery.tables])


def _apply(
    deliveries: Sequence[Delivery],
    failed: dict[str, TradeError],
    home: Path,
    data: Path | None,
    say: ProgressCallback,
    dry_run: bool,
    accept_loss: bool,
) -> tuple[list[UpdateReport], dict[str, TradeError]]:
    apply_to_home = partial(apply, home=home, data=data, say=say, dry_run=dry_run, accept_loss=accept_loss)
    try:
        return apply_to_home(deliveries), failed
    except LossRefused:
        if len(deliveries) == 1:
            raise
    except (FactError, IdentityBroken, Undated) as reason:
        if len(deliveries) == 1:
            raise FileRefused("import.file", file=_file(deliveries[0]), reason=reason) from None
    reports: list[UpdateReport] = []
    for delivery in deliveries:
        try:
            reports += apply_to_home([delivery])
        except (FactError, IdentityBroken, LossRefused, Undated) as reason:
            failed |= {_file(delivery): FileRefused("import.file", file=_file(delivery), reason=reason)}
    if not reports:
        raise _none_taken(failed)
    return reports, failed


def _scaled(say: ProgressCallback, first: float, last: float) -> ProgressCallback:
    """A progress callback for a part of the work: its fractions 0 to 1 are reported as `first` to `last`."""
    at = first

    def scaled(step: Message, done: float) -> None:
        nonlocal at
        at = at if math.isnan(done) else first + (last - first) * done
        say(step, at)

    return scaled
