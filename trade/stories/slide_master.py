"""The slide master of a deck: a template's, or ours with the colours and fonts of the charts."""

from __future__ import annotations

import copy
import io
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches, Length, Pt

from trade.charts.theme import LIGHT
from trade.errors import TradeError

WIDTH, HEIGHT, EDGE = Inches(13.333), Inches(7.5), Inches(0.6)
LATIN, EAST_ASIAN = "Calibri", "Microsoft YaHei"
"""Fonts that most machines have; programs without them substitute one for the language tag of each text."""
_TITLE_SLIDE, _TITLE_ONLY = 0, 5
"""Layouts of the library's own template."""
_RUNNING = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.SLIDE_NUMBER)


class TemplateUnread(TradeError):
    """The file is no presentation, or has no layout with a title."""


@dataclass(frozen=True)
class Master:
    """An empty deck, its layouts for the first and the other slides, and the area for charts."""

    deck: Any
    opening: Any
    content: Any
    is_ours: bool
    left: Length
    width: Length
    top: Length
    bottom: Length


def master(template: Path | None) -> Master:
    """The master of a template, else ours.

    Raises:
        TemplateUnread: the template cannot be used.
    """
    return _of_template(template) if template else _ours()


def _ours() -> Master:
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    _apply_theme(deck.slide_master)
    opening, content = (deck.slide_layouts[at] for at in (_TITLE_SLIDE, _TITLE_ONLY))
    inner = Emu(WIDTH - 2 * EDGE)
    for holder in [deck.slide_master, *deck.slide_layouts]:
        _footer(holder, inner)
    title, about = opening.placeholders[0], opening.placeholders[1]
    _place(title, EDGE, Inches(2.2), inner, Inches(1.4))
    _place(about, EDGE, Inches(3.7), inner, Inches(1.6))
    _place(content.placeholders[0], EDGE, Inches(0.3), inner, Inches(0.95))
    _place(deck.slide_master.placeholders[0], EDGE, Inches(0.3), inner, Inches(0.95))
    return Master(deck, opening, content, True, EDGE, inner, Inches(1.3), Inches(6.95))


def _footer(holder: Any, inner: Length) -> None:
    """Date at the left, number of the slide at the right, on one line."""
    for shape in holder.placeholders:
        if shape.placeholder_format.type in _RUNNING:
            at_right = shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER
            width = Inches(2)
            _place(shape, Emu(EDGE + inner - width) if at_right else EDGE, Inches(7.05), width, Inches(0.3))


def _apply_theme(slide_master: Any) -> None:
    """Set our colours and fonts in the deck's theme, so that charts and tables added by the user have them too."""
    part = slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = part.blob.decode("utf-8")
    hues = {f"accent{at}": LIGHT.series[at - 1] for at in range(1, 7)}
    hues |= {
        "dk1": LIGHT.text,
        "dk2": LIGHT.series[8],
        "lt2": LIGHT.panel,
        "hlink": LIGHT.accent,
        "folHlink": LIGHT.accent,
    }
    for name, hue in hues.items():
        theme = re.sub(
            rf"(<a:{name}>).*?(</a:{name}>)", rf'\1<a:srgbClr val="{hue[1:].upper()}"/>\2', theme, flags=re.S
        )
    theme = re.sub(r'(<a:latin typeface=")[^"]*', rf"\g<1>{LATIN}", theme)
    theme = re.sub(r'(<a:ea typeface=")[^"]*', rf"\g<1>{EAST_ASIAN}", theme)
    part._blob = theme.encode("utf-8")


def _of_template(path: Path) -> Master:
    try:
        deck = Presentation(str(path))
    except Exception as error:  # the library passes on any exception of its ZIP and XML readers
        raise TemplateUnread("story.template_unread", path=path, reason=type(error).__name__) from None
    _without_slides(deck)
    layouts = [layout for layout in deck.slide_layouts if _title_of(layout) is not None]
    if not layouts:
        raise TemplateUnread("story.template_untitled", path=path)
    opening = min(layouts, key=lambda layout: _title_of(layout).placeholder_format.type != PP_PLACEHOLDER.CENTER_TITLE)
    content = min(layouts, key=lambda layout: (layout is opening, len(_bodies(layout))))
    title = _title_of(content)
    left, width = Emu(title.left), Emu(title.width)
    top = Emu(Emu(title.top) + Emu(title.height))
    placeholders: Any = content.placeholders
    running = [shape.top for shape in placeholders if shape.placeholder_format.type in _RUNNING]
    bottom = Emu(min([*running, int((deck.slide_height or 0) * 0.95)]))
    return Master(deck, opening, content, False, left, width, top, bottom)


def _without_slides(deck: Any) -> None:
    """Remove the template's slides: only its master is used."""
    listed = deck.slides._sldIdLst
    for entry in list(listed):
        deck.part.drop_rel(entry.rId)
        listed.remove(entry)


def _title_of(layout: Any) -> Any:
    kinds = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
    return next((shape for shape in layout.placeholders if shape.placeholder_format.type in kinds), None)


def _bodies(layout: Any) -> list[Any]:
    """A layout's placeholders except title, date and slide number."""
    kinds = (*_RUNNING, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
    return [shape for shape in layout.placeholders if shape.placeholder_format.type not in kinds]


def run_on(slide: Any, day: str) -> None:
    """Fill in date and slide number if the layout has placeholders for them: the library leaves them out."""
    for shape in slide.slide_layout.placeholders:
        if shape.placeholder_format.type not in _RUNNING:
            continue
        copied = copy.deepcopy(shape._element)
        slide.shapes._spTree.append(copied)
        if shape.placeholder_format.type == PP_PLACEHOLDER.DATE:
            frame = slide.placeholders[shape.placeholder_format.idx].text_frame
            frame.text = day
            frame.paragraphs[0].runs[0].font.size = Pt(10)


def add_picture(slide: Any, png: bytes, svg: bytes, alt: str, left: Length, top: Length, width: Length) -> Any:
    """A picture as SVG for programs that draw it, and as PNG for the others; `alt` describes it."""
    shape = slide.shapes.add_picture(io.BytesIO(png), left, top, width)
    shape._element.nvPicPr.cNvPr.set("descr", alt)
    number = len(list(slide.part.package.iter_parts()))
    part = Part(PackURI(f"/ppt/media/drawing{number}.svg"), "image/svg+xml", slide.part.package, svg)
    relation = slide.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    blip = shape._element.blipFill.find(qn("a:blip"))
    blip.append(
        parse_xml(
            f'<a:extLst {nsdecls("a")}><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip '
            'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
            f'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{relation}"/>'
            "</a:ext></a:extLst>"
        )
    )
    return shape


def describe(deck: Any, *, title: str, author: str, lang: str, about: str) -> None:
    """Set the file's metadata, replacing those of the library's template."""
    properties, now = deck.core_properties, datetime.now().replace(microsecond=0)
    properties.title, properties.author, properties.last_modified_by, properties.language = title, author, author, lang
    properties.subject, properties.comments, properties.keywords, properties.category = about, "", "", ""
    properties.created = properties.modified = now
    properties.revision = 1


def _place(shape: Any, left: Length, top: Length, width: Length, height: Length) -> None:
    shape.left, shape.top, shape.width, shape.height = left, top, width, height
