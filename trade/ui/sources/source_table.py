"""The sources as a table, one source in full, and how to cite it."""

from __future__ import annotations

from functools import partial

import pyarrow as pa
import streamlit as st

from trade.export import datapackage
from trade.measures import Result, source_citation
from trade.panels import column_headings, queries, run_context
from trade.panels.cache import cached_text
from trade.panels.language import joined_widely, lang, say
from trade.store import Store
from trade.text import formats
from trade.text.markdown import plain, prose, quiet
from trade.ui.core import card_list
from trade.ui.core.card_list import RowCard
from trade.ui.core.tables import show_table
from trade.ui.core.text_blocks import paragraphs
from trade.version import __version__

SHOWN = ("title", "producer", "figures", "years", "newest_period", "published", "accessed", "licence", "source_url")


def table(result: Result) -> None:
    """One row per source, those with the most figures first."""
    config = {name: column_headings.heading(name) for name in SHOWN} | {
        "title": st.column_config.TextColumn(column_headings.heading("title"), width="large"),
        "producer": st.column_config.TextColumn(column_headings.heading("producer"), width="medium"),
        "figures": st.column_config.NumberColumn(column_headings.heading("figures"), format="localized"),
        "source_url": st.column_config.LinkColumn(
            column_headings.heading("source_url"), display_text=say("sources.page")
        ),
    }
    with st.container(key="source_list"):
        show_table(_shown(result), say("sources.table"), column_config=config)
    card_list.draw(_cards(result), "source_list")


@cached_text
def _cards(result: Result) -> list[RowCard]:
    """Title, producer, how many figures of which years, and when they were published; a card leads to the source."""
    return [
        RowCard(
            formats.short_title(str(row["title"])),
            tuple(
                text
                for text in (
                    str(row["producer"]),
                    say("charts.figures", count=formats.count(row["figures"], lang())),
                    str(row["years"]),
                    say("sources.published_on", day=_day(row["published"])),
                )
                if text
            ),
            str(row["source_url"]),
        )
        for row in _shown(result).to_pylist()
    ]


@cached_text
def _shown(result: Result) -> pa.Table:
    rows = result.frame
    years = rows["first_year"].fillna("") + formats.EN_DASH + rows["newest_period"].str[:4].fillna("")
    return pa.Table.from_pandas(rows.assign(years=years.where(rows["first_year"].notna(), ""))[list(SHOWN)])


def download() -> None:
    """The whole store as a data package, made when the user asks for it."""
    store = run_context.store()
    st.download_button(
        say("package.download"),
        data=partial(_package, store),
        file_name=datapackage.file_name(store),
        mime="application/zip",
        help=say("package.help"),
        key="download_package",
        on_click="ignore",
    )


@st.cache_resource(max_entries=1, show_spinner=False, hash_funcs={Store: lambda store: store.version})
def _package(store: Store) -> bytes:
    """Some seconds of work and as many megabytes: kept for the next user."""
    return datapackage.as_zip(store)


@cached_text
def names(result: Result) -> dict[str, str]:
    """Ids and titles, to choose from."""
    return dict(zip(result.frame["source_id"], result.frame["title"].map(formats.short_title), strict=True))


def details(result: Result, source: str) -> None:
    """Everything that is known of one source."""
    paragraphs(*_lines(result, source))


@cached_text
def _lines(result: Result, source: str) -> tuple[str, str, str, str]:
    """Title, facts, dates and warnings, in Markdown."""
    row = result.frame.set_index("source_id").loc[source]
    facts = {
        "producer": row["producer"],
        "coverage": row["coverage"],
        "unit": joined_widely(str(row[name]) for name in ("unit", "currency", "valuation")),
        "licence": row["licence"],
        "citation": row["citation"],
    }
    colon = say("join.colon").rstrip()
    return (
        f"**[{plain(str(row['title']))}]({row['source_url']})**",
        "\n".join(f"- **{column_headings.heading(name)}{colon}** {prose(str(value))}" for name, value in facts.items()),
        quiet(say("sources.dates", published=_day(row["published"]), accessed=_day(row["accessed"]))),
        "\n".join(f"- {prose(say(f'warning.{code}'))}" for code in str(row["warnings"]).split()),
    )


def cite(source: str) -> None:
    """The dashboard and one source, as text and as BibTeX."""
    version = run_context.store().version
    (note,) = queries.sources([source])
    st.markdown(prose(say("sources.cite_figure")))
    st.code(say("sources.cite_site", version=__version__, store=version), language=None, wrap_lines=True)
    st.markdown(prose(say("sources.cite_source")))
    st.code(source_citation.as_text(note, lang()), language=None, wrap_lines=True)
    st.code(source_citation.as_bibtex(note), language="latex", wrap_lines=True)


def _day(iso: object) -> str:
    return formats.day(iso if isinstance(iso, str) else None, lang())
