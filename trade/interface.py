"""The public functions of `import trade`: measures, charts, claims, SQL and the store, for programs and notebooks.

Every function may be called from several threads at once. Nothing here needs Streamlit.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from trade import paths
from trade.charts import captioned as captions
from trade.charts import theme
from trade.charts.theme import PlotlyFigure
from trade.errors import BadParameter, StoreMissing, TradeError, UnknownName, shorten
from trade.export import citation as citations
from trade.export import files, sdmx_csv
from trade.export.view_metadata import View, caveats, metadata, view
from trade.measures import Result as Rows
from trade.measures import SourceNote, catalog, comparability, describe_sources, find_measure, run
from trade.measures import translations as in_language
from trade.measures.claims import check as check_claim
from trade.measures.claims import official_statements, wording
from trade.measures.claims.parsing.parser import LONGEST
from trade.measures.derivation import bound_sql
from trade.measures.parameters import economy_names, known_codes
from trade.panels import chart_captions, measure_url
from trade.panels.panel import Drawn
from trade.panels.registry import find_panel
from trade.panels.run_context import RunContext, running
from trade.search import search as search_entries
from trade.store import BuildReport, Store, build_store, open_store
from trade.store.publish import store_path
from trade.store.sandbox import run_sql
from trade.stories import chart_export
from trade.stories.slide import by_producer, short
from trade.text import formats
from trade.text.catalog import LANGUAGES, SOURCE

SHOWN = 10
"""Number of rows that a notebook shows."""
_ECONOMY_CHOICES = ("reporter", "partner")


@dataclass(frozen=True)
class _StoreChoice:
    home: Path | None = None
    version: str | None = None


_store_choice = _StoreChoice()
_choice_lock = threading.Lock()


def use(home: str | Path | None = None, version: str | None = None) -> None:
    """Choose the store to use from now on, in all threads. Without arguments: the current one, as at the start.

    Args:
        home: folder of stores (default: `TRADE_HOME`, else the user's cache folder).
        version: version of a store in that folder, so that a notebook gives the same figures in a year.

    Raises:
        StoreMissing: the folder has no store of that version.
    """
    global _store_choice
    chosen = _StoreChoice(Path(home).expanduser().resolve() if home is not None else None, version)
    if version is not None:
        _open(chosen)
    with _choice_lock:
        _store_choice = chosen


def _open(choice: _StoreChoice) -> Store:
    home = choice.home or paths.home()
    if choice.version is None:
        return open_store(home)
    path = store_path(home, choice.version)
    versions = sorted(store_file.stem.removeprefix("trade-") for store_file in home.glob("trade-*.duckdb"))
    if choice.version not in versions:
        raise StoreMissing("store.no_version", home=home, version=shorten(choice.version), available=versions or "-")
    return Store(path)


def store() -> Store:
    """The store in use.

    Raises:
        StoreMissing, StoreDamaged: none was built yet, or it cannot be read.
    """
    return _open(_store_choice)


def build(accept_loss: bool = False) -> BuildReport:
    """Build the store from the facts and switch to it. The report has `version`, `tables` and `seconds`.

    Raises:
        TradeError: a fact is wrong, figures do not add up, or figures of the current store would be lost, which
            `accept_loss` allows.
    """
    return build_store(home=_store_choice.home, accept_loss=accept_loss)


class Result:
    """The rows of a measure and everything needed to explain them.

    `frame` holds one row per period, market ... as the measure declares. Column names end with their unit (`value_usd`,
    `share_pct`), or the column has the result's `unit`. Missing values are NaN or None, never zero. The frame is a copy
    that the caller may change; its `attrs` hold the values of `about`.
    """

    def __init__(self, opened: Store, rows: Rows) -> None:
        self._store, self._rows = opened, rows
        self.frame = rows.frame.copy()
        self.frame.attrs.update(self.about)

    @property
    def measure(self) -> str:
        """Id of the measure."""
        return self._rows.measure.id

    @property
    def title(self) -> str:
        return self._rows.measure.title

    @property
    def unit(self) -> str:
        """Unit of the main column: `%`, `percentage points`, `value` (of the currency in `parameters`) ..."""
        return self._rows.unit

    @property
    def definition(self) -> str:
        return self._rows.measure.definition

    @property
    def parameters(self) -> dict[str, Any]:
        """Every parameter that has a value, including defaults."""
        return {name: value for name, value in self._rows.params.items() if value is not None}

    @property
    def period(self) -> str:
        """The period of the rows, or their first and last as an ISO 8601 interval, `2006/2025`; empty if none."""
        column = next((name for name in ("period", "year") if name in self._rows.frame), None)
        if column is None:
            return str(self._rows.params.get("period") or "")
        periods = self._rows.frame[column].dropna().astype(str)
        first, last = (periods.min(), periods.max()) if len(periods) else ("", "")
        return first if first == last else f"{first}/{last}"

    @property
    def quality(self) -> str:
        """Quality of the least direct figure: reported, derived, implied, converted, estimated or mirror.

        Empty if the measure's rows have no quality.
        """
        return comparability.worst(self._rows.frame["quality"].dropna()) if "quality" in self._rows.frame else ""

    @property
    def vintage(self) -> str:
        """ISO date of the newest publication among the rows; empty if they have no dates."""
        return self._view(SOURCE).vintage

    @property
    def version(self) -> str:
        """Version of the program and of the store: together they fix every figure."""
        return self._view(SOURCE).version

    @cached_property
    def sources(self) -> tuple[SourceNote, ...]:
        """The sources of the figures, with producer, title, url, published, licence ..., in order of appearance."""
        return tuple(describe_sources(self._store, self._rows.sources))

    @property
    def caveats(self) -> tuple[str, ...]:
        """What to know before quoting."""
        return tuple(caveats(self._rows, self.sources, SOURCE))

    @property
    def about(self) -> dict[str, Any]:
        """Title, unit, definition, parameters, period, sources, vintage, quality and version as plain values."""
        return {
            "measure": self.measure,
            "title": self.title,
            "unit": self.unit,
            "definition": self.definition,
            "parameters": self.parameters,
            "period": self.period,
            "sources": [_source(note) for note in self.sources],
            "vintage": self.vintage,
            "quality": self.quality,
            "version": self.version,
        }

    @property
    def sql(self) -> str:
        """The query with its parameter values filled in, to run with `trade.sql` or on the SQL page."""
        return bound_sql(self._rows)

    def sentence(self, lang: str = SOURCE) -> str:
        """The result in one sentence, with period, basis, source and date; empty if the measure has none.

        Raises:
            UnknownName: there is no such language.
        """
        return self._view(_language(lang)).sentence

    def citation(self, form: str = "text", lang: str = SOURCE) -> str:
        """How to cite the figures: a line of `text`, or `bibtex` with an entry for each source too.

        Raises:
            UnknownName: there is no such form or language.
        """
        writers = {"text": citations.as_text, "bibtex": citations.as_bibtex}
        if form not in writers:
            raise UnknownName("value_of", form, writers, of="form")
        return writers[form](self._view(_language(lang)))

    def plot(self, lang: str = SOURCE) -> PlotlyFigure:
        """The rows as lines, bars or dots, with title, sources and notes on the figure.

        Raises:
            NoRows: the rows have no number to draw. UnknownName: there is no such language.
        """
        parameters = {name: measure_url.as_text(value) for name, value in self.parameters.items()}
        choices = {"measure": self.measure, "ask": measure_url.written(parameters)}
        return _captioned(find_panel("explore/explore").draw(self._store, choices, _language(lang)))

    def to_csv(self, path: str | Path) -> None:
        """Write the rows as CSV: UTF-8, RFC 4180, missing cells empty."""
        _write(path, files.as_csv(self._view(SOURCE)))

    def to_xlsx(self, path: str | Path, lang: str = SOURCE) -> None:
        """Write a workbook: the rows, their description and sources, and the meaning of each column."""
        _write(path, files.as_xlsx(self._view(_language(lang))))

    def to_parquet(self, path: str | Path) -> None:
        """Write the rows as Parquet, with their description in the schema metadata (`trade.title` ...)."""
        _write(path, files.as_parquet(self._view(SOURCE)))

    def to_sdmx_csv(self, path: str | Path) -> None:
        """Write the rows as SDMX-CSV 2.0, for other statistical tools.

        Raises:
            BadParameter: the rows are not by period.
        """
        _write(path, sdmx_csv.as_sdmx_csv(self._view(SOURCE)))

    def _view(self, lang: str) -> View:
        shown = in_language.result_in(self._rows, lang)
        notes = [in_language.note_in(note, lang) for note in self.sources] if lang != SOURCE else self.sources
        with running(RunContext(lang, {}, self._store)):
            about = chart_captions.subtitle(shown)
        return view(self._store, shown, about=about, lang=lang, sources=notes)

    def metadata(self) -> dict[str, str]:
        """The description of the rows as texts by name, as in the metadata of Parquet files."""
        return metadata(self._view(SOURCE))

    def __repr__(self) -> str:
        parameters = "; ".join(f"{name}={value}" for name, value in self.parameters.items())
        return f"<trade.Result {self.measure} ({parameters}): {len(self.frame)} rows, version {self.version}>"

    def _repr_html_(self) -> str:
        """Title, sentence, the first rows and the sources, for a notebook."""
        parts = [f"<p><strong>{escape(self.title)}</strong>"]
        parts += [f"<br>{escape(sentence)}" if (sentence := self.sentence()) else "", "</p>"]
        parts.append(self.frame.head(SHOWN).to_html(border=0, index=False, na_rep=""))
        more = len(self.frame) - SHOWN
        parts.append(f"<p>… {more:,} more rows</p>" if more > 0 else "")
        links = (
            f'<a href="{escape(note.url)}">{escape(f"{note.producer}: {short(note)}")}</a>' for note in self.sources
        )
        ends = [f"Unit: {escape(self.unit)}", f"quality: {self.quality}" if self.quality else "", ", ".join(links)]
        parts.append(f"<p><small>{' · '.join(end for end in ends if end)} · {escape(self.version)}</small></p>")
        return "\n".join(part for part in parts if part)


@dataclass(frozen=True)
class Check:
    """The verdict on a sentence. `verdict` is one of right, close, other_definition, wrong, cannot_be_checked,
    not_understood; `sentence` states it with the deciding figure; `details` is everything that `trade check` prints."""

    text: str
    verdict: str
    sentence: str
    details: dict[str, Any] = field(repr=False)

    @property
    def figures(self) -> pd.DataFrame:
        """The deciding figures: value, unit, period, measure, params, source, vintage, difference, text."""
        return pd.DataFrame(self.details["figures"])

    def _repr_html_(self) -> str:
        return f"<p>“{escape(self.text)}”<br><strong>{escape(self.sentence)}</strong></p>"


def measures(lang: str = SOURCE) -> pd.DataFrame:
    """All measures, by id: title, unit, definition, formula, reference and the names of the parameters."""
    chosen = _language(lang)
    rows = {
        measure.id: {
            "title": measure.title,
            "unit": measure.unit,
            "definition": measure.definition,
            "formula": measure.formula,
            "reference": measure.reference,
            "parameters": list(measure.parameters),
        }
        for measure in (in_language.measure_in(declared, chosen) for declared in catalog().values())
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("id")


def measure(name: str, /, **params: object) -> Result:
    """Run a measure.

    Args:
        name: its id (`trade.measures()`).
        params: its parameters; the others have their defaults. `period=2025` or `period="2026-07"` sets first and
            last, or the year. Economies and groups may be given by code (ISO alpha-3, alpha-2, UN M49) or name.

    Raises:
        UnknownName: there is no such measure, parameter, economy ...; the message suggests similar names.
        BadParameter: a value is outside its domain. NoRows: the store has no rows for the parameters.
        StoreMissing: no store was built yet (`trade.build()`).
    """
    opened = store()
    return Result(opened, run(opened, name, **params))


def charts(lang: str = SOURCE) -> pd.DataFrame:
    """Every chart of every page, by id: title, measure and the names of its choices."""
    return pd.DataFrame(chart_export.listed(_language(lang))).set_index("id")


def chart(name: str, /, lang: str = SOURCE, **choices: object) -> PlotlyFigure:
    """A chart of a page as a Plotly figure, with title, sources and notes on it; `figure.layout.meta` has them too.

    Args:
        name: its id (`trade.charts()`). choices: as in a link: `flow="total"`, `period=2025`, `partner="Viet Nam"`.

    Raises:
        UnknownName, BadParameter: there is no such chart or choice. NoRows: the store has no figures for it.
    """
    return _captioned(drawn(name, choices, lang))


def drawn(name: str, choices: Mapping[str, object], lang: str = SOURCE) -> Drawn:
    """The chart with its texts, rows and sources as values.

    Raises:
        UnknownName, BadParameter, NoRows: as `chart`.
    """
    opened = store()
    choices_as_text = {key: measure_url.as_text(value) for key, value in choices.items() if value is not None}
    for key in _ECONOMY_CHOICES:
        if key in choices_as_text:
            choices_as_text[key] = _economy(opened, choices_as_text[key])
    return chart_export.draw(opened, name, choices_as_text, _language(lang))


def _economy(opened: Store, name: str) -> str:
    """The code of an economy; any other name unchanged, for the chart to accept (a group) or reject."""
    code = economy_names(opened).find(name)
    return code if code in known_codes(opened, "economy") else name


def claims() -> pd.DataFrame:
    """Every official statement, recomputed: statement, official and reproduced value, verdict, source, measure."""
    frame = official_statements.claims(store())
    return frame[list(official_statements.COLUMNS)].set_index("claim_id")


def check(text: str, lang: str = SOURCE) -> Check:
    """The verdict on a sentence about China's trade, English or Chinese.

    Raises:
        BadParameter: it is empty or too long.
    """
    language, sentence = _language(lang), text.strip()
    if not sentence:
        raise BadParameter("cli.no_sentence")
    if len(sentence) > LONGEST:
        raise BadParameter("cli.long_sentence", count=len(sentence), most=LONGEST)
    opened = store()
    details = wording.as_dict(opened, check_claim(opened, sentence), language)
    return Check(sentence, str(details["verdict"]), str(details["sentence"]), details)


def sql(query: str, rows: int = 10_000, seconds: float = 10) -> pd.DataFrame:
    """The rows of one read-only SQL statement on the store; `attrs` has the store's version and `truncated`.

    The statement runs in a separate process, with limits on time, memory and rows.

    Raises:
        QueryFailed: the statement is not allowed, is wrong, or exceeds a limit.
    """
    answer = run_sql(query, store=store(), rows=rows, seconds=seconds)
    for note in answer.notes:
        warnings.warn(note, stacklevel=2)
    answer.frame.attrs = {"version": answer.version, "truncated": answer.truncated}
    return answer.frame


def search(words: str, lang: str = SOURCE) -> pd.DataFrame:
    """Search results, best first: economies, groups, goods, measures, charts, pages, statements, sources.

    Columns: kind, id, title, link (the page that shows it). Names in every language, codes and everyday names are
    searched; if nothing matches, the most similar names are returned.

    Raises:
        BadParameter: there are no words. UnknownName: there is no such language.
    """
    entries = search_entries(store(), words, _language(lang))
    rows = [(entry.kind, entry.id, entry.title, entry.link) for entry in entries]
    return pd.DataFrame(rows, columns=["kind", "id", "title", "link"])


def declaration(name: str) -> dict[str, Any]:
    """A measure's declaration: definition, formula, reference, caveats, parameters with their domains.

    Raises:
        UnknownName: there is no such measure.
    """
    return find_measure(name).declaration()


def _captioned(shown: Drawn) -> PlotlyFigure:
    """The figure in the colours of the light theme, with title, subtitle, sources and notes on it."""
    painted = theme.paint(shown.figure, "light")
    credit = "; ".join(
        f"{producer}, {', '.join(map(short, notes))}" for producer, notes in by_producer(list(shown.sources)).items()
    )
    lines = [formats.say("frame.source", shown.lang, sources=credit)] if credit else []
    lines += shown.notes
    painted.update_layout(
        meta={
            "id": shown.id,
            "title": shown.headline,
            "subtitle": shown.subtitle,
            "takeaway": shown.takeaway,
            "notes": list(shown.notes),
            "sources": [_source(note) for note in shown.sources],
            "version": shown.result.version,
        }
    )
    return captions.captioned(painted, shown.headline, shown.subtitle, lines)


def _source(note: SourceNote) -> dict[str, str]:
    return {
        "id": note.source_id,
        "producer": note.producer,
        "title": note.title,
        "url": note.url,
        "published": note.published,
        "licence": note.licence,
    }


def _language(lang: str) -> str:
    if lang not in LANGUAGES:
        raise UnknownName("language", lang, list(LANGUAGES))
    return lang


def _write(path: str | Path, content: bytes) -> None:
    try:
        Path(path).write_bytes(content)
    except OSError as error:
        raise TradeError("export.file_unwritten", file=path, reason=str(error.strerror)) from None
