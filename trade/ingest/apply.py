"""From a delivery of new facts to the store in service: checked whole before anything is switched.

    delivery -> incoming/batch-…  -> draft store, identities -> facts/<source>/<batch> -> pointer
                     |                      |
                     |                      +- no: refused/<source>/<batch> with the reason; the former store serves
                     +- killed here: the next update sweeps it away

A kill between the last two steps leaves a checked batch that the next build, update or server start puts in service.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from trade import paths
from trade.errors import FactError, IdentityBroken, TradeError, UnknownName
from trade.sources.batch_store import FACTS, Batch, find_batches, remove_batch, write_batch
from trade.sources.delivery import Delivery, Refusal, Say, silent
from trade.store.build import Draft, drafted, expected_version, put_in_service
from trade.store.connect import open_store
from trade.store.locks import building, updating

INCOMING, REFUSED = "incoming", "refused"
KNOWN = "These figures are in the store already."
_LISTED = 500
"""Revisions named in a report; all are counted, and the measure vintage_changes lists the rest."""


@dataclass(frozen=True)
class Revised:
    """A value that a delivery changed, in the unit of its column; None: it was not there."""

    table: str
    place: str
    column: str
    old: float | None
    new: float | None
    old_vintage: str


@dataclass(frozen=True)
class UpdateReport:
    """What an update did. Counts are rows; `revised` lists values, the largest changes first."""

    source: str
    batch: str
    vintage: str
    published: bool
    """False: a dry run, or nothing that was not known."""
    version: str
    seconds: float
    rows: dict[str, int] = field(default_factory=dict)
    rows_new: int = 0
    rows_same: int = 0
    rows_revised: int = 0
    rows_withdrawn: int = 0
    revised: list[Revised] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def as_dict(self) -> dict:
        return asdict(self)


@contextmanager
def session(what: str, home: Path | None = None) -> Iterator[Path]:
    """The only update of the store folder, from its first fetch to its switch. Gives the folder, swept.

    Raises:
        Busy: another update runs; its sentence says which.
    """
    home = home or paths.home()
    with updating(home, what):
        shutil.rmtree(home / INCOMING, ignore_errors=True)
        yield home


def apply(
    deliveries: Sequence[Delivery], home: Path, *, data: Path | None = None, say: Say = silent, dry_run: bool = False
) -> list[UpdateReport]:
    """Check the deliveries against all other facts and put them in service, all or none. Call it inside `session`.

    Raises:
        FactError: a row breaks the contract of its table. IdentityBroken: figures would not add up any more.
        TradeError: there is nothing to take, or the folder cannot be written. In each case the former store serves.
    """
    started = time.perf_counter()
    for delivery in deliveries:
        if not any(rows.rows.num_rows for rows in delivery.tables):
            raise TradeError(f"{delivery.source_id}: no row could be taken; {_first_refusal(delivery.refused)}.")
    batches = [_write(delivery, home) for delivery in deliveries]
    try:
        arriving = [batch for batch in batches if not _is_known(batch, home)]
        if arriving:
            draft = _take(arriving, home, data, say, dry_run)
            version, changes = draft.version, {(one.source_id, one.batch): _changes(draft, one) for one in arriving}
        else:
            version, changes = _settle(home, data, say), {}
    finally:
        for batch in batches:
            remove_batch(batch)
    say("Done", 1.0)
    seconds = round(time.perf_counter() - started, 2)
    return [
        _report(delivery, batch, version, seconds, changes.get((batch.source_id, batch.batch)), dry_run)
        for delivery, batch in zip(deliveries, batches, strict=True)
    ]


def _report(
    delivery: Delivery, batch: Batch, version: str, seconds: float, changes: dict | None, dry_run: bool
) -> UpdateReport:
    notes = delivery.notes + ([KNOWN] if changes is None else [])
    published = changes is not None and not dry_run
    told = {"refused": delivery.refused, "notes": notes} | (changes or {})
    return UpdateReport(batch.source_id, batch.batch, batch.vintage, published, version, seconds, **told)


def _first_refusal(refused: list[Refusal]) -> str:
    if not refused:
        return "the delivery is empty"
    one = refused[0]
    place = f"row {one.row}, " if one.row is not None else ""
    return f"{len(refused)} refused, first {place}{one.column}: {one.reason}"


def _write(delivery: Delivery, home: Path) -> Batch:
    try:
        return write_batch(delivery, home / INCOMING, find_batches(home / FACTS))
    except OSError as error:
        raise TradeError(
            f"The batch cannot be written in {home} ({error.strerror}): free space or set TRADE_HOME."
        ) from None


def _place(batch: Batch, home: Path) -> Path:
    return home / FACTS / batch.source_id / batch.batch


def _is_known(batch: Batch, home: Path) -> bool:
    return (_place(batch, home) / "source.toml").is_file()


def _settle(home: Path, data: Path | None, say: Say) -> str:
    """The figures are known already. If a kill kept them out of service, they enter it now."""
    with building(home):
        expected = expected_version(data, home)
        if _in_service(home) != expected:
            with drafted(data, home, say) as draft:
                put_in_service(draft, home)
    return expected


def _in_service(home: Path) -> str | None:
    try:
        return open_store(home).version
    except TradeError:
        return None


def _take(arriving: list[Batch], home: Path, data: Path | None, say: Say, dry_run: bool) -> Draft:
    with building(home):
        try:
            with drafted(data, home, say, arriving) as draft:
                if not dry_run:
                    say("Publishing", 0.98)
                    for batch in arriving:
                        _move(batch.folder, _place(batch, home))
                    put_in_service(draft, home)
                return draft
        except (FactError, IdentityBroken, UnknownName) as reason:
            for batch in [] if dry_run else arriving:
                _keep_refused(batch, home, str(reason))
            raise


def _move(folder: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    folder.rename(place)


def _keep_refused(batch: Batch, home: Path, reason: str) -> None:
    """What was refused stays readable, with the reason beside it; an earlier refusal of the same figures gives way."""
    if not batch.folder.is_dir():
        return
    place = home / REFUSED / batch.source_id / batch.batch
    shutil.rmtree(place, ignore_errors=True)
    _move(batch.folder, place)
    (place / "reason.txt").write_text(reason + "\n", encoding="utf-8")


def _changes(draft: Draft, batch: Batch) -> dict:
    """What the batch changed."""
    counts, values = (
        frame[(frame["source_id"] == batch.source_id) & (frame["batch"] == batch.batch)]
        for frame in (draft.counts, draft.revisions)
    )
    values = values.head(_LISTED)
    columns = ["fact_table", "place", "column_name", "old_value", "new_value", "old_vintage"]
    listed = values[columns].astype(object).where(values[columns].notna(), None)
    totals = {name: int(counts[name].sum()) for name in ("rows_new", "rows_same", "rows_revised", "rows_withdrawn")}
    rows = counts.groupby("fact_table")["row_count"].sum()
    return totals | {
        "rows": {str(table): int(count) for table, count in rows.items()},
        "revised": [Revised(*row) for row in listed.itertuples(index=False, name=None)],
    }
