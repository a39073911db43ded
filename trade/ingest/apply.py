"""Put deliveries of new facts in service: everything is checked before the store is switched.

    delivery -> incoming/batch-…  -> draft store, identities -> facts/<source>/<batch> -> pointer
                     |                      |
                     |                      +- invalid: moved to refused/<source>/<batch>, the store in service stays
                     +- killed here: the next update deletes it

A kill between the last two steps leaves a checked batch that the next build, update or server start puts in service.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from trade import paths
from trade.errors import FactError, IdentityBroken, Message, TradeError, UnknownName
from trade.progress import ProgressCallback, no_progress
from trade.sources.batch_store import FACTS, Batch, find_batches, remove_batch, write_batch
from trade.sources.delivery import CellReading, Delivery, Refusal
from trade.store import loss_guard
from trade.store.build import Draft, drafted, expected_version, in_service, put_in_service
from trade.store.comparison import Comparison, PeriodTotal, compare
from trade.store.connect import open_store
from trade.store.locks import building, updating

INCOMING, REFUSED = "incoming", "refused"
KNOWN = Message("note.known")
"""Note on a delivery that contains nothing new."""
_LISTED = 500
"""Revisions named in a report; all are counted, and the measure vintage_changes lists the rest."""


@dataclass(frozen=True)
class Revised:
    """A value that a delivery changed, in the unit of its column; `old` or `new` is None if there was or is none."""

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
    """False for a dry run, or if all figures were in service already."""
    version: str
    seconds: float
    rows: dict[str, int] = field(default_factory=dict)
    rows_new: int = 0
    rows_same: int = 0
    rows_revised: int = 0
    rows_withdrawn: int = 0
    revised: list[Revised] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    readings: list[CellReading] = field(default_factory=list)
    """How the first rows of the file were read."""
    totals: list[PeriodTotal] = field(default_factory=list)
    """The sum of each delivered statement, and of the one in service."""
    concerns: list[loss_guard.Concern] = field(default_factory=list)
    """Reasons to doubt these figures: accepted by the user, or shown by a preview."""

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON; sentences in English."""
        plain = {item.name: getattr(self, item.name) for item in fields(self)}
        return plain | {
            "revised": [asdict(revised) for revised in self.revised],
            "refused": [refusal.as_dict() for refusal in self.refused],
            "notes": [str(note) for note in self.notes],
            "readings": [reading.as_dict() for reading in self.readings],
            "totals": [total.as_dict() for total in self.totals],
            "concerns": [concern.sentence() for concern in self.concerns],
        }


def accepted_losses(reports: Sequence[UpdateReport]) -> str:
    """The text for the audit log on losses that the user accepted; empty if there were none."""
    concerns = dict.fromkeys(
        concern.sentence() for report in reports if report.published for concern in report.concerns
    )
    return f"{loss_guard.OPTION}: {'; '.join(concerns)}" if concerns else ""


@contextmanager
def session(what: str, home: Path | None = None) -> Iterator[Path]:
    """Hold the update lock of the store folder; yield the folder, with leftovers of earlier updates deleted.

    Raises:
        Busy: another update runs; the message says which.
    """
    home = home or paths.home()
    with updating(home, what):
        shutil.rmtree(home / INCOMING, ignore_errors=True)
        yield home


def apply(
    deliveries: Sequence[Delivery],
    home: Path,
    *,
    data: Path | None = None,
    say: ProgressCallback = no_progress,
    dry_run: bool = False,
    accept_loss: bool = False,
) -> list[UpdateReport]:
    """Check the deliveries against all other facts and put them in service, all or none. Call it inside `session`.

    Args:
        dry_run: only report what would change.
        accept_loss: put them in service even if figures in service would be lost or moved.

    Raises:
        FactError: a row breaks the contract of its table. IdentityBroken: figures would no longer add up.
        LossRefused: figures in service would be lost, or the new ones are impossible; `reports` of the error say
            what would change. Undated: it is unknown whether they are newer than those in service.
        TradeError: a delivery has no rows, or the folder cannot be written. In each case the store in service stays.
    """
    started = time.perf_counter()
    for delivery in deliveries:
        if not any(rows.rows.num_rows for rows in delivery.tables):
            raise TradeError("import.no_row", source=delivery.source_id, reason=_first_refusal(delivery.refused))
    batches = [_write(delivery, home) for delivery in deliveries]
    outcome = Outcome()
    try:
        distinct = {(batch.source_id, batch.batch): batch for batch in reversed(batches)}  # one table in two files
        known = [batch for batch in batches if (_batch_folder(batch, home) / "source.toml").is_file()]
        arriving = [batch for batch in batches if batch in distinct.values() and batch not in known]
        impossible = [reason for delivery in deliveries for reason in delivery.warnings]
        if arriving:
            outcome = _take(arriving, deliveries, home, data, say, dry_run, accept_loss, impossible)
        else:
            _settle(home, data, say, dry_run, accept_loss, outcome)
    except loss_guard.LossRefused as error:
        seconds = round(time.perf_counter() - started, 2)
        error.reports = [
            _report(delivery, batch, outcome_of(error), seconds, dry_run=True)
            for delivery, batch in zip(deliveries, batches, strict=True)
        ]
        raise
    finally:
        for batch in batches:
            remove_batch(batch)
    say(Message("progress.done"), 1.0)
    seconds = round(time.perf_counter() - started, 2)
    return [
        _report(delivery, batch, outcome, seconds, dry_run) for delivery, batch in zip(deliveries, batches, strict=True)
    ]


@dataclass
class Outcome:
    """The result of applying batches: version of the store, changes and totals by batch, accepted concerns."""

    version: str = ""
    changes: dict[tuple[str, str], dict] = field(default_factory=dict)
    totals: dict[str, list[PeriodTotal]] = field(default_factory=dict)
    accepted: Sequence[loss_guard.Concern] = ()
    settled: bool = False
    """Whether figures that were stored already, but not in service, were put in service."""
    notes: dict[tuple[str, str], list[Message]] = field(default_factory=dict)
    """By batch: a note on figures in service that it replaces but that are not among its revisions."""
    known: set[tuple[str, str]] = field(default_factory=set)
    """Batches whose figures are in the store already, perhaps printed with other digits."""


class Undated(TradeError):
    """A file without publication date differs from dated figures in service: it is unknown which are newer."""


def outcome_of(error: loss_guard.LossRefused) -> Outcome:
    """What the refused batches would have changed."""
    outcome = getattr(error, "outcome", None)
    return outcome if isinstance(outcome, Outcome) else Outcome()


def _report(delivery: Delivery, batch: Batch, outcome: Outcome, seconds: float, dry_run: bool) -> UpdateReport:
    key = batch.source_id, batch.batch
    changes = outcome.changes.get(key)
    is_new = changes is not None and key not in outcome.known
    return UpdateReport(
        batch.source_id,
        batch.batch,
        batch.vintage,
        (is_new or outcome.settled) and not dry_run,
        outcome.version,
        seconds,
        refused=delivery.refused,
        notes=[*delivery.notes, *outcome.notes.get(key, []), *([] if is_new else [KNOWN])],
        readings=delivery.readings,
        totals=outcome.totals.get(batch.batch, []),
        concerns=list(outcome.accepted),
        **(changes or {}),
    )


def _first_refusal(refused: list[Refusal]) -> Message:
    if not refused:
        return Message("import.empty")
    first = refused[0]
    if first.row is None:
        return Message("import.refused", count=len(refused), column=first.column, reason=first.reason)
    return Message("import.refused_row", count=len(refused), row=first.row, column=first.column, reason=first.reason)


def _write(delivery: Delivery, home: Path) -> Batch:
    try:
        return write_batch(delivery, home / INCOMING, find_batches(home / FACTS))
    except OSError as error:
        raise TradeError("import.no_space", home=home, reason=error.strerror) from None


def _batch_folder(batch: Batch, home: Path) -> Path:
    return home / FACTS / batch.source_id / batch.batch


def _settle(
    home: Path, data: Path | None, say: ProgressCallback, dry_run: bool, accept_loss: bool, outcome: Outcome
) -> None:
    """Put figures that are stored already in service, if an earlier run was killed before it did so.

    Raises:
        LossRefused: a store built of all facts would lose figures of the one in service.
    """
    with building(home):
        outcome.version = expected_version(data, home)
        if dry_run or _in_service(home) == outcome.version:
            return
        with drafted(data, home, say) as draft:
            with compare(in_service(home), draft.path) as comparison:
                outcome.accepted = loss_guard.check(comparison, accept_loss)
            put_in_service(draft, home)
            outcome.settled = True


def _in_service(home: Path) -> str | None:
    try:
        return open_store(home).version
    except TradeError:
        return None


def _take(
    arriving: list[Batch],
    deliveries: Sequence[Delivery],
    home: Path,
    data: Path | None,
    say: ProgressCallback,
    dry_run: bool,
    accept_loss: bool,
    impossible: Sequence[Message],
) -> Outcome:
    with building(home):
        try:
            with drafted(data, home, say, arriving) as draft:
                say(Message("progress.comparing"), 0.95)
                with compare(in_service(home), draft.path) as comparison:
                    outcome = _outcome(arriving, draft, comparison)
                    try:
                        concerns = loss_guard.check(comparison, accept_loss, impossible)
                    except loss_guard.LossRefused as error:
                        outcome.accepted = error.concerns
                        error.outcome = outcome
                        raise
                outcome.accepted = concerns
                new = [batch for batch in arriving if (batch.source_id, batch.batch) not in outcome.known]
                if not dry_run and new == arriving:
                    say(Message("progress.publishing"), 0.98)
                    for batch in arriving:
                        _move(batch.folder, _batch_folder(batch, home))
                    put_in_service(draft, home)
                    return outcome
            if dry_run or not new:
                outcome.version = _in_service(home) or draft.version
                return outcome
        except (FactError, IdentityBroken, UnknownName, loss_guard.LossRefused) as reason:
            for batch in [] if dry_run else arriving:
                _save_refused(batch, home, str(reason))
            raise
    new_outcome = _take(new, deliveries, home, data, say, dry_run, accept_loss, impossible)
    new_outcome.known |= outcome.known
    new_outcome.changes = outcome.changes | new_outcome.changes
    new_outcome.notes = outcome.notes | new_outcome.notes
    return new_outcome


def _outcome(arriving: Sequence[Batch], draft: Draft, comparison: Comparison | None) -> Outcome:
    """What the batches change in the draft.

    Raises:
        Undated: a batch without publication date differs from dated figures in service.
    """
    outcome = Outcome(draft.version)
    for batch in arriving:
        key = batch.source_id, batch.batch
        outcome.changes[key] = _changes(draft, batch)
        outranked = draft.outranked[(draft.outranked["source_id"] == key[0]) & (draft.outranked["batch"] == key[1])]
        if differing := int(outranked["differing"].sum()):
            first = outranked[outranked["differing"] > 0].iloc[0]
            raise Undated(
                "undated",
                source=batch.source.citation,
                statement=str(first["statement"]),
                day=str(first["vintage"]),
                count=differing,
            )
        counts = outcome.changes[key]
        outcome.notes[key] = _replaced_undated(draft, batch) if counts["rows_new"] else []
        if (
            len(outranked)
            and not counts["rows_new"] + counts["rows_revised"] + counts["rows_same"] + counts["rows_withdrawn"]
        ):
            outcome.known.add(key)
    if comparison is not None:
        outcome.totals = {batch.batch: comparison.of_batch(batch.source_id, batch.batch) for batch in arriving}
    return outcome


def _replaced_undated(draft: Draft, batch: Batch) -> list[Message]:
    """A note if a dated batch replaces figures without a date that differ.

    Vintages are loaded by date: those figures come later, so that the rows of the batch count as new.
    """
    frame = draft.outranked
    replaced = frame[
        (frame["source_id"] == batch.source_id) & (frame["vintage"] == batch.vintage) & (frame["differing"] > 0)
    ]
    if replaced.empty:
        return []
    first = str(replaced.iloc[0]["statement"])
    return [Message("note.replaces_undated", count=int(replaced["differing"].sum()), statement=first)]


def _move(folder: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    folder.rename(target)


def _save_refused(batch: Batch, home: Path, reason: str) -> None:
    """Keep a rejected batch with the reason in a file beside it, replacing an earlier rejection of the same figures."""
    if not batch.folder.is_dir():
        return
    target = home / REFUSED / batch.source_id / batch.batch
    shutil.rmtree(target, ignore_errors=True)
    _move(batch.folder, target)
    (target / "reason.txt").write_text(reason + "\n", encoding="utf-8")


def _changes(draft: Draft, batch: Batch) -> dict:
    """The fields of `UpdateReport` on what the batch changed: counts of rows, and the largest revisions."""
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
