"""Bringing the figures up to date from the page: files of customs or one's own, live sources, and what they changed."""

from __future__ import annotations

import re
import shutil
import uuid
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from trade import paths
from trade.errors import NoRows, TradeError
from trade.ingest import file_deliveries, pipeline
from trade.ingest.apply import UpdateReport
from trade.measures import Result
from trade.panels import column_headings, queries
from trade.panels.language import joined, lang, say
from trade.progress import ProgressCallback
from trade.text import formats
from trade.text.markdown import plain, prose
from trade.ui.core import chart_details, job_runner, permissions
from trade.ui.core.errors import show_errors
from trade.ui.core.job_runner import Job, Outcome
from trade.ui.core.tables import show_table
from trade.ui.core.text_blocks import small
from trade.ui.sources import import_preview

ENDINGS = [ending.removeprefix(".") for ending in file_deliveries.ENDINGS]
MOST_FILES = 40
SHIPPED = ""
"""The vintage before all others: the facts shipped with the project."""
_LISTED = 200
_PROBLEM = "updating.problem"
_BATCH = ("title", "published", "tables", "rows_new", "rows_revised", "rows_same", "rows_withdrawn", "received")
_CHANGE = ("fact_table", "place", "column_name", "old_value", "new_value", "change_pct", "old_vintage", "published")


def vintages() -> None:
    """What came when, and what differs between two days."""
    try:
        listed = queries.measure("vintages")
    except NoRows:
        st.markdown(prose(say("updating.none")))
        return
    rows = listed.frame.assign(received=listed.frame["received"].str[:16].str.replace("T", " "))
    show_table(rows[list(_BATCH)], say("updating.vintages_alt"), column_config=_headings(_BATCH))
    with show_errors():
        _changes(listed)


def _changes(listed: Result) -> None:
    titles = dict(zip(listed.frame["source_id"], listed.frame["title"].map(formats.short_title), strict=True))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        source = st.selectbox(
            say("updating.source"), list(titles), format_func=titles.__getitem__, key="vintage_source", width=420
        )
        days = sorted(listed.frame.loc[listed.frame["source_id"] == source, "published"].unique())
        first = st.selectbox(
            say("updating.from"), [SHIPPED, *days[:-1]], format_func=_day, key="vintage_from", width=200
        )
        later = [day for day in days if day > first]
        last = st.selectbox(say("updating.to"), later[::-1], format_func=_day, key="vintage_to", width=200)
    entries = {"source": source, "from_vintage": first or None, "to_vintage": last}
    try:
        changed = queries.measure("vintage_changes", **entries)
    except NoRows:
        small(prose(say("updating.unchanged")))
        return
    count = formats.count(len(changed.frame), lang())
    st.markdown(prose(say("updating.changed", count=count, first=_day(first), last=_day(last))))
    shown = changed.frame[list(_CHANGE)]
    show_table(shown, say("updating.changes_alt", count=count), column_config=_headings(_CHANGE))
    opened = st.expander(say("frame.files"), type="compact", key="vintage_changes", on_change="rerun")
    if opened.open:
        with opened:
            chart_details.as_table(changed, chart_details.FigureTexts("vintage_changes", say("updating.changes")))


def _headings(names: Sequence[str]) -> dict[Any, Any]:
    return {name: column_headings.heading(name) for name in names}


def _day(day: str) -> str:
    return formats.day(day, lang()) if day else say("updating.shipped")


def show_form() -> None:
    """The controls for those who may change data, and what the last change did."""
    if not permissions.check_and_explain():
        return
    with st.container(border=True, key="updating"):
        files, live = st.columns(2, gap="large")
        with files, show_errors():
            _files()
        with live, show_errors():
            _live()
        _watch()


def _files() -> None:
    st.subheader(say("updating.files"), anchor=False)
    small(prose(say("updating.files_about")))
    files = st.file_uploader(say("updating.choose"), type=ENDINGS, accept_multiple_files=True, key="import_files")
    st.text_input(say("updating.published"), key="import_published", max_chars=10, placeholder="2026-09-18")
    with st.popover(say("updating.own")):
        small(prose(say("updating.own_about")))
        st.text_input(say("updating.own_name"), key="import_name", max_chars=60)
        st.file_uploader(say("updating.mapping"), type=["toml"], key="import_mapping")
    _buttons("import", say("updating.import"), _import, not files or _busy())


def _buttons(key: str, label: str, start: Callable[[bool], None], disabled: bool) -> None:
    """The buttons for preview and start, and the checkbox that accepts a loss of figures."""
    with st.container(horizontal=True, vertical_alignment="center"):
        preview, begin = partial(start, True), partial(start, False)
        st.button(
            say("updating.preview.button"), key=f"{key}_preview", disabled=disabled, on_click=_on_click, args=(preview,)
        )
        st.button(label, key=f"{key}_start", disabled=disabled, on_click=_on_click, args=(begin,))
    st.checkbox(say("updating.accept_loss"), key=f"{key}_accept", help=plain(say("updating.accept_loss_help")))


def _on_click(start: Callable[[], None]) -> None:
    """Callback: start the change, or keep the reason why not for the next run, which shows it."""
    try:
        start()
    except TradeError as error:
        st.session_state[_PROBLEM] = error.text(lang())


def _import(preview: bool) -> None:
    files: Sequence[UploadedFile] = (st.session_state["import_files"] or [])[:MOST_FILES]
    mapping: UploadedFile | None = st.session_state["import_mapping"]
    published = pipeline.check_day(st.session_state["import_published"].strip())
    folder = paths.home() / "uploads" / uuid.uuid4().hex
    tables = folder / "tables"
    options = file_deliveries.ImportOptions(
        folder / "mapping.toml" if mapping else None, st.session_state["import_name"].strip(), published
    )
    tables.mkdir(parents=True)
    for number, file in enumerate(files, 1):
        (tables / _safe(file.name, number)).write_bytes(file.getvalue())
    if mapping and options.mapping:
        options.mapping.write_bytes(mapping.getvalue())
    path = next(tables.iterdir()) if len(files) == 1 else tables
    accept = bool(st.session_state["import_accept"])

    def work(progress: ProgressCallback) -> Outcome:
        try:
            return pipeline.import_paths(path, options, say=progress, dry_run=preview, accept_loss=accept)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    _start("import", joined(file.name[:60] for file in files[:3]), work)


def _safe(name: str, number: int) -> str:
    """A safe version of the file's name, without path parts; numbered, so that two files of one name do not collide."""
    plain_name = re.sub(r"[^\w.\-()（）]+", "_", Path(name.replace("\\", "/")).name)[-80:].lstrip(".~")
    return plain_name if number == 1 else f"{number}-{plain_name}"


def _live() -> None:
    st.subheader(say("updating.live"), anchor=False)
    small(prose(say("updating.live_about")))
    offered = {source["name"]: source for source in pipeline.sources(lang())}
    if not offered:
        st.info(plain(say("updating.no_live")))
        return
    name = st.selectbox(
        say("updating.live_source"),
        list(offered),
        format_func=lambda code: str(offered[code]["title"]),
        key="update_source",
    )
    with st.popover(say("updating.options")):
        for option, description in offered[name]["options"].items():
            label = say(f"live.option.{option}")
            st.text_input(label, description["default"], help=plain(description["help"]), key=f"update_{name}_{option}")
    options = list(offered[name]["options"])
    _buttons("update", say("updating.update"), partial(_update, name, options), _busy())


def _update(name: str, options: Sequence[str], preview: bool) -> None:
    entries = {option: str(st.session_state[f"update_{name}_{option}"]).strip() for option in options}
    accept = bool(st.session_state["update_accept"])

    def work(progress: ProgressCallback) -> Outcome:
        return [pipeline.update(name, entries, say=progress, dry_run=preview, accept_loss=accept)], {}

    _start("update", name, work)


def _start(what: str, name: str, work: job_runner.Work) -> None:
    """Begin the change.

    Raises:
        TradeError: the user may not change data, or another change is running.
    """
    if not permissions.allowed():  # the user may have lost the right since the page was drawn
        raise TradeError(say("updating.forbidden"))
    if not job_runner.runner().start(what, name, permissions.who(), work):
        raise TradeError(say("updating.busy"))


def _busy() -> bool:
    job = job_runner.runner().job
    return job is not None and job.running


def _watch() -> None:
    """Show the running job's progress, refreshed every second, or its outcome when it is over."""
    if problem := st.session_state.pop(_PROBLEM, ""):
        st.error(plain(problem))
    job = job_runner.runner().job
    if job is None:
        return
    if job.running:
        st.fragment(_progress, run_every=1.0)()
    else:
        _show_outcome(job)


def _progress() -> None:
    job = job_runner.runner().job
    if job is not None and job.running:
        st.progress(job.done, plain(f"{job.name}: {job.step.text(lang()) if job.step else ''}"))
    else:
        st.rerun()


def _show_outcome(job: Job) -> None:
    if job.problem:
        st.error(plain(job.error.text(lang()) if job.error else job.problem))
    if job.fault:
        st.error(plain(say("updating.fault")))
    for error in job.failed.values():
        st.error(plain(error.text(lang())))
    for report in job.reports:
        _report(report)


def _report(report: UpdateReport) -> None:
    counts = {
        name: formats.count(count, lang())
        for name, count in {
            "new": report.rows_new, "revised": report.rows_revised, "same": report.rows_same,
            "withdrawn": report.rows_withdrawn, "refused": len(report.refused),
        }.items()
    }  # fmt: skip
    state = say("updating.in_service" if report.published else "updating.not_published")
    message = say(
        "updating.report", source=report.source, vintage=formats.day(report.vintage, lang()), state=state, **counts
    )
    st.markdown(prose(message))
    for note in report.notes:
        small(prose(note.text(lang())))
    if not report.published or report.concerns:
        import_preview.show(report)
    if report.revised:
        rows = pd.DataFrame([vars(revision) for revision in report.revised[:_LISTED]])
        show_table(rows, say("updating.revised_alt"), column_config=_headings(list(rows.columns)))
    if report.refused:
        rows = pd.DataFrame([refusal.as_dict(lang()) for refusal in report.refused[:_LISTED]])
        show_table(rows, say("updating.refused_alt"), column_config=_headings(list(rows.columns)))
