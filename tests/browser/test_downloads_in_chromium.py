"""What only a browser does: pictures of charts, files saved from a page, a hostile link."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, quote, urlparse
from xml.etree import ElementTree

import openpyxl
import pytest
from playwright.sync_api import Locator

from tests.browser.conftest import Visit
from trade.charts import theme
from trade.text import formats

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "/growth?flow=<script>alert(1)</script>&currency='; DROP TABLE x --&freq=M&freq=A&wat=1&period=" + "9" * 4000


def saved(one: Visit, button: Locator) -> tuple[str, bytes]:
    """Name and content of the file that the button saves."""
    with one.page.expect_download() as waiting:
        button.click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def pixels(png: bytes) -> tuple[int, int, tuple[int, ...]]:
    """Width, height and the colour of the first pixel, read from the bytes (8-bit RGBA or RGB, any filter)."""
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    assert depth == 8
    at, data = 8, b""
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + size]
        at += size + 12
    first = zlib.decompressobj().decompress(data, 5)
    return width, height, tuple(first[1:5] if kind == 6 else (*first[1:4], 255))


def rgb(colour: str) -> tuple[int, ...]:
    return (*(int(colour[at : at + 2], 16) for at in (1, 3, 5)), 255)


@pytest.mark.parametrize(
    ("scheme", "width", "path", "key", "texts", "paths"),
    [
        ("light", 1440, "/growth?currency=USD&freq=M", "levels", ("in dollars", "on a year earlier"), 40),
        (
            "dark",
            390,
            "/destinations?chart=map",
            "map",
            ("The boundaries and names shown do not imply endorsement",),
            200,
        ),
    ],
)
def test_pictures_carry_title_subtitle_and_source_on_a_solid_ground(
    tab: Visit, scheme: Literal["light", "dark"], width: int, path: str, key: str, texts: tuple[str, ...], paths: int
) -> None:
    """Bars in light, a map in dark: the picture contains `texts` and at least `paths` paths."""
    tab.page.emulate_media(color_scheme=scheme)
    one = tab.resize(width).go(path).plots()
    title = one.page.locator(f".st-key-chart_{key} h3").inner_text().replace("\u00a0", " ")
    frame = one.page.locator(f".st-key-chart_{key}")
    name, svg = saved(one, frame.get_by_role("button", name="Save the chart as SVG"))
    assert name.endswith(".svg")
    picture = ElementTree.fromstring(svg)
    words = " ".join(" ".join(part.itertext()) for part in picture.iter(f"{SVG}text")).replace("\u00a0", " ")
    for text in (title, "Source: General Administration of Customs", *texts):
        assert text in words, text
    assert picture.findtext(f"{SVG}title", "").replace("\u00a0", " ") == title
    assert picture.find(f"{SVG}rect").get("fill") == theme.PALETTES[scheme].background
    assert picture.findtext(f"{SVG}style", "").count("src:url(data:font/woff2;base64,") == len(theme.FONT_FACES)
    assert len(list(picture.iter(f"{SVG}path"))) > paths
    assert not [part for part in ("href=", "url(http") if part in svg.decode()], "it must stand alone"
    assert svg.decode().count("127.0.0.1") == words.count("127.0.0.1") == 1, "the address of the view stands in words"
    name, png = saved(one, frame.get_by_role("button", name="Save the chart as PNG"))
    assert name.endswith(".png")
    wide, tall, corner = pixels(png)
    assert (wide, tall) == (2 * int(picture.get("width", 0)), 2 * int(picture.get("height", 0)))
    assert corner == rgb(theme.PALETTES[scheme].background)
    assert not one.requests_elsewhere()


def test_the_workbook_saved_from_a_page_opens(tab: Visit) -> None:
    one = tab.go("/growth?by=product").plots()
    frame = one.page.locator(".st-key-chart_contribution")
    frame.get_by_role("button", name="Table", exact=True).click()
    frame.get_by_role("button", name="XLSX").wait_for()
    one.settle()
    name, content = saved(one, frame.get_by_role("button", name="XLSX"))
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert name.endswith(".xlsx")
    drawn = frame.get_by_role("heading").inner_text().replace("\u00a0", " ")
    about = {str(row[0].value): str(row[1].value) for row in book.worksheets[1].iter_rows(max_col=2)}
    assert about["Title"] == drawn
    query = parse_qs(urlparse(about["Link to this view"]).query)
    at_the_chart = {"chart": ["contribution"], "open": ["contribution:table"]}
    assert query == {"period": ["2025"], "span": ["20"], "by": ["product"]} | at_the_chart


def test_a_hostile_link_gives_sentences_and_a_page_that_works_even_without_a_clipboard(elsewhere: Visit) -> None:
    one = elsewhere
    one.open(quote(HOSTILE, safe="/?&=")).plots()
    one.page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    alerts = one.page.locator("[data-testid=stAlert]").all_inner_texts()
    for part in ("flow", "currency", "freq", "wat", "More unknown parts of the link"):
        assert any(part in sentence for sentence in alerts), part
    assert "<script>alert(1)</script>" in " ".join(alerts), "shown letter by letter"
    assert one.page.inner_text("h1") == formats.say("pages.growth.title")
    assert urlparse(one.page.url).query == ""
    one.page.get_by_text("Imports", exact=True).first.click()
    one.page.wait_for_url("**/growth?flow=import")
    one.settle().page.get_by_role("button", name="Copy link").click()
    field = one.page.get_by_role("textbox", name="Link to this view")
    assert parse_qs(urlparse(field.input_value()).query)["flow"] == ["import"], "shown, as there is no clipboard"
    assert not one.complaints, "as of a dialog, by a script from the link"
