"""The currency and scale of a user's table, from the mapping file, its header or its unit columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from trade.errors import Message, shorten
from trade.sources import money_units
from trade.sources.economy_names import fold
from trade.sources.spreadsheets import FileRefused
from trade.sources.tables.layout import Layout
from trade.sources.tables.mapping import Mapping
from trade.sources.text_folding import plain

_MULTIPLIERS = {"unitmult", "unitmultiplier", "powercodecode", "obsunitmult"}
"""SDMX columns that contain the power of ten as a number."""
_ABOUT_UNITS = ("unit", "scale", "powercode", "currency", "indicator", "measure")
"""Words in the name of a column whose scale counts without a currency beside it."""
_CURRENCY, _QUANTITY = ("currency", "unit", "币种", "货币", "单位"), ("qty", "quantity", "weight", "数量")
"""Words in the names of columns that are read however many texts they have, and of those that say nothing of money."""
_UNIT_LINE = re.compile(
    r"(?:计价|计量|金额|数据)?单位|\bunits?\s*(?:[::]|of (?:value|currency|account))"
    r"|\(?(?:values |figures |amounts |data )?(?:are )?(?:expressed )?in (?:the )?(?:thousands?|millions?|billions?)\b"
    r"|^\W*(?:thousands?|millions?|billions?|[十百千]?[万亿]|[百千]?[百千])\W*$"
)
"""Lines that give the unit of the table, whose scale counts without a currency: `Unit: million`, `(In thousands)`."""
_NO_MONEY = re.compile(
    r"%|\bper ?cent|\bshares?\b|\bgrowth\b|\bind(?:ex|ices)\b|=\s*100\b|\btonn?es?\b|\btons?\b|\bkg\b"
    r"|\bkilo(?:gram)?s?\b|quantit|net ?w"
    r"|同比|环比|占比|比重|份额|指数|增[长速]|数量|重量|吨|千克|公斤"
)
"""Words for shares, growth, indices and quantities. Not `volume`, which is also said of values."""
_INDEX = re.compile(r"=\s*100\b|\bind(?:ex|ices)\b|指数")
_BRACKETS = re.compile(r"[(（]([^()（）]+)[)）]")
_SIGN = r"(?:[A-Za-z]{1,3} ?)?[$\u20ac\u00a3\u00a5\uffe5\u20a9\u20b9\u20bd\u20ab\u0e3f]"
_PRICED = re.compile(
    rf"(?P<minus>[-+(\u2212]?) ?(?P<before>{_SIGN}) ?(?P<figure>[-\d.(].*)"
    rf"|(?P<whole>[-+(]?\d[^A-Za-z]*?) ?(?P<after>{_SIGN})"
)
"""A figure with the sign of a currency before or after it."""
_MOST_UNITS = 3
"""Most distinct texts in a column of units."""


@dataclass(frozen=True)
class Money:
    """Currency of all values (empty: given by row), their multiplier, and messages for the report."""

    currency: str
    scale: float
    notes: tuple[Message, ...] = ()


def read_money(layout: Layout, mapping: Mapping) -> Money:
    """The unit of the table, checked against the mapping file.

    Raises:
        FileRefused: they differ, the table names several units, or neither names the currency.
    """
    name, number = layout.name, layout.number
    in_dollars = number == "value_usd"
    declared = "USD" if in_dollars else str(mapping.constants.get("currency", ""))
    by_row = "currency" in layout.places or any("currency" in values for values in layout.wide.values())
    scale = mapping.scale.get(number)
    readings = _readings(layout, mapping, declared, lenient=bool(declared or by_row) and scale is not None)
    currencies = {reading.currency for reading in readings.values() if reading.currency}
    powers = {reading.power for reading in readings.values() if reading.power is not None}
    places = "; ".join(readings)[:160]
    if len(currencies) > 1 and not by_row:
        raise FileRefused("table.several_currencies", file=name, places=places)
    if len(powers) > 1:
        raise FileRefused("table.several_scales", file=name, places=places)
    currency = next(iter(currencies), "")
    if declared and currency and declared != currency and not by_row:
        raise FileRefused("table.other_currency", file=name, declared=declared, currency=currency, places=places)
    if not declared and not currency and not by_row:
        raise FileRefused("table.no_currency", file=name)
    if other := _other_measure(layout, mapping, bool(currency)):
        raise FileRefused("table.no_money", file=name, text=shorten(other, 60))
    power = next(iter(powers), None)
    if scale is not None and power is not None and abs(scale / 10.0**power - 1) > 1e-9:
        raise FileRefused("table.other_scale", file=name, scale=scale, unit=10**power, places=places)
    factor = scale if scale is not None else 10.0 ** (power or 0)
    notes = []
    if scale is None and power:
        notes.append(Message("note.scale", scale=10**power, places=places))
    if not declared and currency:
        notes.append(Message("note.currency", currency=currency, places=places))
    return Money("" if by_row else declared or currency, factor, tuple(notes))


def without_signs(layout: Layout, currency: str) -> Layout:
    """The table with signs of its currency taken off its figures: `$1,200`, `1.200 €`.

    Raises:
        FileRefused: a figure has the sign of another currency.
    """
    rows = [list(cells) for cells in layout.sheet.rows]
    for at in set(layout.value_columns) - set(layout.sheet.typed) if currency else ():
        for cells in rows[layout.header + 1 :]:
            match = _PRICED.fullmatch(cells[at].strip()) if at < len(cells) else None
            if match is None:
                continue
            sign = match["before"] or match["after"]
            if _currency_of(sign, currency) != currency:
                given, place = _currency_of(sign, currency) or sign, shorten(cells[at], 40)
                raise FileRefused("table.sign", file=layout.name, declared=currency, currency=given, place=place)
            cells[at] = f"{match['minus'] or ''}{match['figure'] or match['whole']}"
    return replace(layout, sheet=replace(layout.sheet, rows=rows))


def _other_measure(layout: Layout, mapping: Mapping, has_currency: bool) -> str:
    """A text that says that the values are a share, growth, an index or a quantity; empty if there is none.

    Without a currency anywhere, lines and columns of units count too, unless they may be those of quantities.
    """
    texts = [layout.titles[at] for at in layout.value_columns]
    if not has_currency:
        texts += [cell for row in layout.sheet.rows[: layout.header] for cell in row if _INDEX.search(plain(cell))]
    if not has_currency and not any(word in fold(title) for title in layout.titles for word in _QUANTITY):
        texts += [text for text, needs_currency in _texts(layout, mapping) if not needs_currency]
    return next((text for text in texts if _NO_MONEY.search(plain(text)) and not _names_currency(text)), "")


def _currency_of(sign: str, declared: str) -> str:
    """The currency of a sign, where one of several currencies means the declared one; empty if it is not clear."""
    try:
        return money_units.read(sign, assumed=declared).currency
    except money_units.UnitUnclear:
        return ""


def _names_currency(text: str) -> bool:
    try:
        return bool(money_units.read(text).currency)
    except money_units.UnitUnclear:
        return True


def _readings(layout: Layout, mapping: Mapping, declared: str, lenient: bool) -> dict[str, money_units.Reading]:
    """The units read, by text, where a sign of several currencies means the declared one.

    An ambiguous text is an error unless the mapping file gives all (`lenient`).
    """
    readings: dict[str, money_units.Reading] = {}
    for text, needs_currency in _texts(layout, mapping):
        try:
            reading = money_units.read(text, assumed=declared)
        except money_units.UnitUnclear as reason:
            if lenient:
                continue
            raise FileRefused("table.unit_unclear", file=layout.name, reason=reason) from None
        if text == mapping.unit and not reading.currency and reading.power is None:
            raise FileRefused("table.unit_unknown", file=layout.name, unit=shorten(text, 40))
        if reading.currency or (reading.power is not None and not needs_currency):
            readings[text[:60]] = reading
    for at, title in enumerate(layout.titles):
        powers = {text.removesuffix(".0") for text in layout.column(at)} if fold(title) in _MULTIPLIERS else set()
        readings |= {f"{title} = {power}": money_units.Reading("", int(power)) for power in powers if power.isdecimal()}
    return readings


def _texts(layout: Layout, mapping: Mapping) -> Iterator[tuple[str, bool]]:
    """Texts that may name the unit, each with whether its scale counts only together with a currency."""
    if mapping.unit:
        yield mapping.unit, False
        return
    for at in layout.value_columns:
        title = layout.titles[at]
        if layout.wide:  # of `2024-M01 (million)` the period is no unit
            yield from ((text, False) for text in _BRACKETS.findall(title))
        yield title, bool(layout.wide)
    for row in layout.sheet.rows[: layout.header]:
        for cell in dict.fromkeys(row):
            if cell:
                yield cell, not _UNIT_LINE.search(plain(cell))
    for row in layout.below:
        for cell in dict.fromkeys(row):
            if _UNIT_LINE.match(plain(cell)):
                yield cell, False
    yield from _unit_columns(layout)


def _unit_columns(layout: Layout) -> Iterator[tuple[str, bool]]:
    """The texts of columns with few distinct texts, such as WITS's indicator or the unit of SDMX."""
    used = set(layout.places.values()) | set(layout.wide)
    for at, title in enumerate(layout.titles):
        if at in used:
            continue
        texts = layout.texts(at)
        about_units = any(word in fold(title) for word in _ABOUT_UNITS)
        few = len(texts) <= _MOST_UNITS or any(word in fold(title) for word in _CURRENCY)
        of_quantities = any(word in fold(title) for word in _QUANTITY)
        if texts and few and not of_quantities and not all(text.replace(".", "").isdigit() for text in texts):
            for text in texts:
                yield text, not about_units
