"""Shared by all commands: the two consoles, errors as one sentence, progress, `key=value` options."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from typer.core import TyperGroup

from trade.errors import BadParameter, TradeError, either, shorten
from trade.progress import ProgressCallback
from trade.text.catalog import LANGUAGES, SOURCE

screen = Console(highlight=False, width=None if sys.stdout.isatty() else 240)
errors = Console(stderr=True, highlight=False)
_LANG = "trade.lang"
"""Key of the invocation's context for the language chosen with `--lang`."""


class Commands(TyperGroup):
    """A group of commands whose errors become one sentence on standard error and exit status 1."""

    def invoke(self, ctx: Any) -> Any:  # typer's own copy of click has no public name for its context
        try:
            return super().invoke(ctx)
        except TradeError as error:
            lang = ctx.meta.get(_LANG) or _language_of_system()
            errors.print(error.text(lang), style="red", markup=False, soft_wrap=True)
            raise typer.Exit(1) from None


class Format(StrEnum):
    table = "table"
    csv = "csv"
    json = "json"


FormatOption = Annotated[Format, typer.Option("--format", "-f", help="table for reading; csv or json for programs.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
ParamOption = Annotated[list[str] | None, typer.Option("--param", "-p", help="key=value; may be repeated.")]


def read_pairs(texts: Sequence[str] | None) -> dict[str, str]:
    """`["flow=import"]` as `{"flow": "import"}`.

    Raises:
        BadParameter: a text is not `key=value`, or a key is given twice.
    """
    pairs: dict[str, str] = {}
    for text in texts or ():
        key, sign, value = text.partition("=")
        if not sign or not key:
            raise BadParameter("parameter.key_value", given=shorten(text))
        if key in pairs:
            raise BadParameter("parameter.twice", name=key)
        pairs[key] = value
    return pairs


def check_language(ctx: typer.Context, lang: str) -> str:
    """Check the option `--lang` and return it; if given explicitly, errors are in that language too.

    Raises:
        BadParameter: there is no such language.
    """
    if lang not in LANGUAGES:
        raise BadParameter("cli.no_language", lang=shorten(lang), good=either(LANGUAGES))
    if str(ctx.get_parameter_source("lang")).endswith("COMMANDLINE"):  # given explicitly; typer hides the enum
        ctx.meta[_LANG] = lang
    return lang


LangOption = Annotated[str, typer.Option(help=f"{' or '.join(LANGUAGES)}.", callback=check_language)]


def _language_of_system() -> str:
    """The language of the environment (`LANG=zh_CN.UTF-8`) if we have it, else English."""
    named = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    code = re.split(r"[_.@]", named)[0].lower()
    return code if code in LANGUAGES else SOURCE


@contextmanager
def progress_bar(first_step: str, *, quiet: bool = False) -> Iterator[ProgressCallback]:
    """A progress bar on standard error; yields a function to call with the step and the share done, from 0 to 1."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=True, disable=quiet) as bars:
        task = bars.add_task(first_step, total=1.0)
        yield lambda step, done: bars.update(task, description=str(step), completed=done)


def print_json(value: object) -> None:
    """One line of JSON on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, default=_as_json))


def _as_json(value: Any) -> Any:
    """Convert values that JSON lacks: dates to ISO text, numpy numbers to numbers."""
    return value.isoformat()[:10] if hasattr(value, "isoformat") else value.item()
