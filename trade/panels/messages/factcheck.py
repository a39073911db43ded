"""The sentences of the ledger: what a statement says, what was computed, how many hold."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from trade.measures import translations
from trade.measures.claims.official_statements import NOT_COMPARABLE, VERDICTS, Claim
from trade.panels.cache import cached_text
from trade.panels.language import lang, say
from trade.panels.messages.common import Message
from trade.text import formats

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_MONEY = {"tn CNY": ("CNY", 1e12), "tn USD": ("USD", 1e12), "bn USD": ("USD", 1e9), "tn CNY/year": ("CNY", 1e12)}


@cached_text
def tally(frame: pd.DataFrame) -> Message:
    """How many statements hold, differ and cannot be computed."""
    counts = frame["verdict"].value_counts()
    numbers = {name: formats.count(int(counts.get(name, 0)), lang()) for name in VERDICTS}
    headline = say("ledger.tally", all=formats.count(len(frame), lang()), **numbers)
    return Message(headline, say("ledger.tally_alt", headline=headline, **numbers))


def verdict_label(code: str, unlike: Iterable[str] = ()) -> str:
    """The verdict with its sign, never shown by colour alone; where figures are not comparable, in what they differ."""
    label = f"{say(f'verdict_sign.{code}')} {say(f'verdict.{code}')}"
    return label + say("join.colon") + in_what(unlike) if code == NOT_COMPARABLE and unlike else label


def in_what(unlike: Iterable[str]) -> str:
    """In what figures are not comparable: `other definition, other period`."""
    return say("join.comma").join(say(f"unlike.{name}") for name in unlike)


def stated(value: float | None, unit: str, bound: str = "equal", printed: str = "") -> str:
    """A number of the ledger with its unit, as precise as it was printed: `over 200 trillion yuan`, `18.4%`."""
    if value is None or formats.is_missing(value):
        return formats.missing(lang())
    digits = len(printed.partition(".")[2]) if printed else 2
    figure = _amount(value, unit, digits)
    if bound in ("equal", "yes"):
        return figure
    return say("ledger.bounded", bound=say(f"check.bound_{bound}"), figure=figure)


def _amount(value: float, unit: str, digits: int) -> str:
    if unit in _MONEY:
        currency, scale = _MONEY[unit]
        return formats.amount(value * scale, currency, lang(), None) + (
            say("ledger.a_year") if unit.endswith("/year") else ""
        )
    if unit in ("%", "%/year"):
        return formats.percent(value, digits, lang(), signed=False) + (say("ledger.a_year") if unit == "%/year" else "")
    if unit == "pp":
        return formats.points(value, digits, lang())
    if unit == "flag":
        return say("ledger.yes" if value else "ledger.no")
    if unit == "mn units":
        value, unit = round(value * 1e6), "units"
    number = formats.number(value, digits, lang()) if value % 1 else formats.exact(value, lang())
    return say("ledger.with_unit", number=number, unit=say(f"ledger_unit.{unit}"))


def period(code: str) -> str:
    """The period of a statement in words; those that no month or year names stay as they are."""
    if re.fullmatch(r"\d{4}(-\d{2}|-Q[1-4]|/\d{4})?", code):
        return formats.period(code, lang=lang())
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", code):
        return formats.day(code, lang())
    if half := re.fullmatch(r"(\d{4})-H([12])", code):
        return say(f"ledger.half_{half[2]}", year=half[1])
    parts = [period(part) for part in code.split("/")]
    return formats.EN_DASH.join(parts) if len(parts) > 1 else code


def about(claim: Claim) -> str:
    """Who said it, where and when."""
    speaker = translations.of_facts(claim.speaker, lang()) if claim.speaker else say("ledger.unnamed")
    return say("ledger.about", speaker=speaker, day=formats.day(claim.published, lang()))


def quoted(claim: Claim) -> str:
    """The statement's own words with a note on their language, or a note that there is no quotation."""
    if not claim.quote:
        return say("ledger.unquoted")
    return say("ledger.quoted_zh" if _CHINESE.search(claim.quote) else "ledger.quoted_en", quote=claim.quote)
