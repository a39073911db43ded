"""`trade handout`: a story with its figures, sources and notes as HTML or PPTX."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trade.cli.console import LangOption, screen
from trade.errors import BadParameter
from trade.store import open_store


def handout(
    story: Annotated[str, typer.Argument(help="Name of a story under stories/ (2025), or the path of a story file.")],
    html: Annotated[Path | None, typer.Option(help="Write one HTML page that opens without a network.")] = None,
    pptx: Annotated[Path | None, typer.Option(help="Write slides with charts that can be edited.")] = None,
    lang: LangOption = "en",
    template: Annotated[Path | None, typer.Option(help="Presentation (.pptx) whose slide master is used.")] = None,
    address: Annotated[str, typer.Option(help="Address of your dashboard, for links: https://trade.example.org.")] = "",
) -> None:
    """Write a story with its figures, sources and notes as HTML or PPTX."""
    from trade.stories import handout as handouts  # imported here: loading it takes a second

    if not (html or pptx):
        raise BadParameter("cli.no_handout")
    chosen, store = handouts.named(story), open_store()
    for form, path in {"html": html, "pptx": pptx}.items():
        if path:
            handouts.save(path, handouts.make(chosen, form, store, lang, base=address, template=template))
            screen.print(str(path.resolve()), markup=False, soft_wrap=True)
