"""Downloads contain exactly what is drawn, with metadata, citations, and the query that gives the rows."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow.parquet
import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from tests.support.app import opened, page, text
from trade.cli.commands import app as command
from trade.errors import NoRows, TradeError
from trade.export import citation, files
from trade.export.view_metadata import View, view
from trade.measures import Result, catalog, find_measure, run
from trade.measures.derivation import bound_sql
from trade.measures.translations import result_in
from trade.panels.registry import find_panel
from trade.paths import PROJECT
from trade.store import Store
from trade.text import formats
from trade.ui.core import chart_actions, chart_details

DAY = date(2026, 11, 24)
LINK = "http://localhost:8501/growth?flow=import&period=2025"


@pytest.fixture
def imports(real: Store) -> View:
    """China's imports by year, as the page on growth would hand them on."""
    result = run(real, "growth", flow="import", freq="A")
    return view(real, result, title="Imports grew", about="Growth · Imports", link=LINK, chosen="2024", day=DAY)


def invented(frame: pd.DataFrame) -> View:
    """A view of rows that no measure gives."""
    result = Result(find_measure("growth"), {"flow": "export"}, frame, "0")
    return View(result, "=1+1", "", "", (), LINK, DAY.isoformat(), "en")


# --- files ------------------------------------------------------------------------------------------------------------


def test_the_csv_holds_the_rows_drawn(imports: View) -> None:
    again = pd.read_csv(io.BytesIO(files.as_csv(imports)), dtype={"period": str})
    assert list(again.columns) == [*imports.result.frame.columns, "freq", "flow", "currency", "unit", "basis"]
    assert set(again["flow"]) == {"import"}
    assert set(again["basis"]) == {"in yuan, growth as published by customs on its revised base"}
    assert list(again["period"]) == list(imports.result.frame["period"])
    assert list(again["value"]) == list(imports.result.frame["value"])
    assert files.file_name(imports, "csv") == "growth-import-CNY-A.csv"


def test_excel_knows_a_chinese_file_for_what_it_is(real: Store) -> None:
    shown = view(real, result_in(run(real, "growth"), "zh"), link=LINK, lang="zh", day=DAY)
    assert files.as_csv(shown).startswith(codecs.BOM_UTF8)
    assert not files.as_csv(shown, signature=False).startswith(codecs.BOM_UTF8)
    assert files.as_csv(replace(shown, lang="en"), signature=True).startswith(codecs.BOM_UTF8)
    data, _, columns = openpyxl.load_workbook(io.BytesIO(files.as_xlsx(shown))).worksheets
    head = cells(data)[0]
    assert "时期" in head
    assert len(set(head)) == len(head)
    meanings = {row[0]: row[2] for row in cells(columns)[1:]}
    assert meanings["growth_pct"] == "公布的同比增速，%；按海关修订基数。"
    assert not [name for name, text in meanings.items() if text and not re.search("[\u4e00-\u9fff]", str(text))]


def test_the_parquet_file_holds_the_rows_and_says_what_they_are(imports: View) -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(files.as_parquet(imports)))
    pd.testing.assert_frame_equal(table.to_pandas(), imports.result.frame)
    metadata = {key.decode(): value.decode() for key, value in table.schema.metadata.items() if key != b"pandas"}
    assert metadata["trade.title"] == "Imports grew"
    assert metadata["trade.link"] == LINK
    assert metadata["trade.vintage"] == imports.result.frame["published"].max()
    assert json.loads(metadata["trade.parameters"])["flow"] == "import"
    sources = json.loads(metadata["trade.sources"])
    assert [one["id"] for one in sources] == imports.result.sources
    assert all(one["licence"] and one["accessed"] and one["citation"] for one in sources)
    assert json.loads(metadata["trade.caveats"])[0] in find_measure("growth").caveats


def cells(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_workbook_holds_the_rows_and_a_sheet_on_what_they_are(imports: View) -> None:
    book = openpyxl.load_workbook(io.BytesIO(files.as_xlsx(imports)))
    data, about, columns = book.worksheets
    head, *rows = cells(data)
    frame = imports.result.frame
    assert head == [*frame.columns, "freq", "flow", "currency", "unit", "basis"]
    assert rows[0][head.index("currency")] == "CNY"
    assert [row[head.index("value")] for row in rows] == list(frame["value"])
    missing = frame["growth_first_pct"].isna()
    assert [row[head.index("growth_first_pct")] is None for row in rows] == list(missing)
    assert rows[0][head.index("period_start")] == frame["period_start"].iloc[0].to_pydatetime()
    entries = [(str(name), str(value)) for name, value in cells(about) if name]
    names = {name for name, _ in entries}
    for key in ("title", "measure", "definition", "formula", "parameters", "unit", "currency", "vintage", "source",
                "citation", "published", "accessed", "licence", "caveat", "link", "version", "retrieved"):  # fmt: skip
        assert formats.say(f"view.{key}") in names, key
    assert ("Link to this view", LINK) in entries
    assert ("Retrieved from the dashboard", "2026-11-24") in entries
    assert [value for name, value in entries if name == "Source"] == [note.title for note in imports.sources]
    assert [row[0] for row in cells(columns)[1:]] == head
    assert ["value", "Value, yuan", "Value in full units of the currency."] in cells(columns)


def test_the_sentence_is_about_the_period_in_focus(imports: View) -> None:
    assert " in 2024" in imports.sentence
    number = imports.result.frame.set_index("period").loc["2024", "growth_pct"]
    assert formats.percent(abs(number), signed=False) in imports.sentence.replace("\u00a0", " ")


def test_a_workbook_in_chinese_is_named_in_chinese(real: Store) -> None:
    shown = view(real, run(real, "growth"), lang="zh", day=DAY)
    book = openpyxl.load_workbook(io.BytesIO(files.as_xlsx(shown)))
    assert book.sheetnames == ["数据", "说明", "列说明"]
    assert "中国" in shown.sentence


def test_no_text_becomes_a_formula_or_a_link() -> None:
    frame = pd.DataFrame({"=A1": ["=1+1", "http://x", "@x", None], "value": [1.5, None, float("inf"), 2.0]})
    book = openpyxl.load_workbook(io.BytesIO(files.as_xlsx(invented(frame))))
    rows = cells(book.worksheets[0])
    head, *body = [row[:2] for row in rows]
    assert head == ["=A1", "value"]
    assert body == [["=1+1", 1.5], ["http://x", None], ["@x", "inf"], [None, 2]]
    assert {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert not any(cell.hyperlink for row in book.worksheets[0].iter_rows() for cell in row)


def test_a_sheet_that_would_overflow_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "SHEET_ROWS", 3)
    with pytest.raises(TradeError, match=r"4 rows are more than the 3 of a worksheet: choose CSV or Parquet"):
        files.as_xlsx(invented(pd.DataFrame({"value": range(4)})))


def every_answer(store: Store) -> Iterator[View]:
    for name in catalog().keys() - {"residuals"}:  # made by the build, which the tiny store has not gone through
        try:
            yield view(store, run(store, name), day=DAY)
        except NoRows:
            continue


def test_every_measure_can_be_written_in_every_form(tiny: Store) -> None:
    written = 0
    for shown in every_answer(tiny):
        for form, write in files.FORMS.items():
            assert write(shown), (shown.result.measure.id, form)
        written += 1
    assert written > 30


# --- citations --------------------------------------------------------------------------------------------------------


def test_the_citation_names_figure_sources_version_vintage_link_and_day(imports: View) -> None:
    cited = citation.as_text(imports)
    assert cited.startswith(
        "China trade dashboard (2026): Imports grew. Growth · Imports. Based on General Administration"
    )
    assert f"Version {imports.version}." in cited
    assert imports.result.version in cited
    assert formats.day(imports.vintage) in cited
    assert cited.endswith(f"{LINK}, accessed 24 November 2026.")
    for note in imports.sources:
        assert note.title.partition(":")[0] in cited


def test_the_citation_is_said_in_each_language(real: Store) -> None:
    for lang in formats.LANGUAGES:
        cited = citation.as_text(view(real, run(real, "growth"), link=LINK, lang=lang, day=DAY))
        assert "⟦" not in cited
        assert formats.say("site.title", lang) in cited


def test_bibtex_has_an_entry_for_the_view_and_each_source(imports: View) -> None:
    bibtex = citation.as_bibtex(imports)
    keys = re.findall(r"^@misc\{([^,\s]+),$", bibtex, re.MULTILINE)
    assert keys[0].startswith("china-trade-growth-import-cny-a-")
    assert keys[1:] == imports.result.sources
    assert bibtex.count("{") == bibtex.count("}")
    assert rf"howpublished = {{\url{{{LINK}}}}}" in bibtex
    assert "urldate = {2026-11-24}" in bibtex


def test_bibtex_escapes_what_tex_would_read() -> None:
    shown = invented(pd.DataFrame({"value": [1.0]}))
    odd = View(shown.result, "5% & $3 #1 a_b {c} \\d ~e ^f", "", "", (), LINK, shown.day, "en")
    title = r"5\% \& \$3 \#1 a\_b \{c\} \textbackslash{}d \textasciitilde{}e \textasciicircum{}f"
    assert f"title = {{{{{title}}}}}" in citation.as_bibtex(odd)


# --- the panel --------------------------------------------------------------------------------------------------------


def test_a_chart_offers_table_files_query_and_citation(real: Store) -> None:
    app, code_blocks = opened(), []
    for name in ("table", *chart_actions.BELOW):
        page(app, "growth", period="2024", open=f"levels:{name}")
        assert not app.exception
        files = [one.proto.label for one in app.get("download_button")]
        assert files == (["CSV", "XLSX", "Parquet", "CSV for Excel"] if name == "table" else [])
        code_blocks += [one.value for one in app.code]
    assert any("flow = 'export'" in one and "-- Source: " in one and "-- Reference: " in one for one in code_blocks)
    assert any(one.startswith("@misc{china-trade-growth-export") for one in code_blocks)
    assert any(one.startswith("China's exports") and " in 2024" in one for one in code_blocks)
    assert any(
        re.fullmatch(r"\S*/growth\?period=2024&span=20&chart=levels&open=levels%3Acite", one) for one in code_blocks
    ), code_blocks


def test_nothing_of_the_panel_is_made_before_it_is_opened(real: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def spent(*_: object, **__: object) -> None:
        raise AssertionError("made for a closed panel")

    monkeypatch.setattr("trade.export.view_metadata.view", spent)
    app = page(opened(), "growth")
    assert not app.exception


def test_the_query_under_each_chart_gives_its_rows(real: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page may leave rows out; then its panel says so."""
    drawn: list[Result] = []
    monkeypatch.setattr(chart_details, "below", lambda _opened, result, *_: drawn.append(result))
    app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=90).run()
    for name in ("growth", "products", "services", "diversification", "partner", "outlook"):
        app.switch_page(f"pages/{name}.py").run()
    page(app, "products", section="themes")
    given_rows = {}
    for result in drawn:
        if not result.measure.model:
            query_rows = real.query(bound_sql(result))
            # a panel that joins several measures may have rows of its own, such as forecasts after the known figures
            if not set(result.frame) - set(query_rows):
                given_rows[result.measure.id, len(result.frame)] = len(query_rows)
                assert len(query_rows) >= len(result.frame), result.measure.id
            if len(query_rows) == len(result.frame):
                own = [name for name in query_rows if name in result.frame]
                if len(own) < len(result.frame.columns):  # a panel joined columns, and named their sources too
                    own.remove("source_id")
                pd.testing.assert_frame_equal(
                    query_rows[own], result.frame[own], check_dtype=False, check_column_type=False
                )
    assert len(given_rows) > 15
    assert sum(query_rows == rows for (_, rows), query_rows in given_rows.items()) > 0.8 * len(given_rows)


def test_the_panel_says_how_many_of_the_rows_of_its_query_are_drawn(real: Store) -> None:
    app = page(opened(), "growth", open="vintages:sql")
    count = len(real.query(bound_sql(run(real, "growth", flow="export", freq="A"))))
    drawn = len(find_panel("growth/vintages").draw(real, {}).result.frame)
    assert f"It returns {count} rows; the chart shows {drawn}." in text(app)
    assert drawn < count


def test_the_whole_store_is_offered_with_the_sources(real: Store) -> None:
    app = page(opened(), "sources")
    assert formats.say("package.download") in [one.proto.label for one in app.get("download_button")]


# --- the command line -------------------------------------------------------------------------------------------------


def ask(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(command, ["export", "measure", *words])
    return result.exit_code, result.output


@pytest.mark.usefixtures("real")
def test_the_command_writes_what_the_name_ends_in_and_never_over_a_file(tmp_path: Path) -> None:
    for form in files.FORMS:
        out = tmp_path / f"imports.{form}"
        assert ask("growth", str(out), "-p", "flow=import") == (0, f"{out}: 13 rows\n")
    assert pd.read_parquet(tmp_path / "imports.parquet")["period"].max() == "2025"
    assert openpyxl.load_workbook(tmp_path / "imports.xlsx").worksheets[0].max_row == 14
    before = (tmp_path / "imports.csv").read_bytes()
    code, output = ask("growth", str(tmp_path / "imports.csv"))
    assert (code, (tmp_path / "imports.csv").read_bytes()) == (1, before)
    assert "add --force to replace it" in output
    assert ask("growth", str(tmp_path / "imports.csv"), "--force")[0] == 0
    assert (tmp_path / "imports.csv").read_bytes() != before


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["growth", "x.docx"], "'x.docx' does not end in csv, xlsx, parquet, sdmx: give the format with --format."),
        (["grow", "x.csv"], "There is no measure 'grow': use growth"),
        (["growth", "x.csv", "-p", "flow"], "A parameter must be written key=value, not 'flow'."),
        (["growth", "no/such/folder/x.csv"], "cannot be written (No such file or directory)"),
    ],
)
def test_a_mistake_is_one_sentence(
    words: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, output = ask(*words)
    assert code == 1
    assert message in " ".join(output.split())
    assert not list(tmp_path.iterdir())
