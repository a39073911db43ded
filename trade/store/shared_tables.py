"""Cache the tables that many queries read: in memory beside a store, each made by the first query that needs it.

Almost every measure of markets reads the macro `markets` with the arguments of its neighbours on the page: to plan and
add up those rows is half of their time. What is known of a partner takes hardly longer for all of them than for one:
the sheet of the next partner finds its rows. Here the rows are held per process and store, and a query is given a macro
of the same name that reads them. Nothing is made in advance, and what was not read for longest makes room.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count
from threading import RLock
from typing import Any

import duckdb
from cachetools import LRUCache

from trade.store.own_groups import is_group, is_own
from trade.store.sql_text import literal, parsed

_MOST = 32
"""Tables held per store, of 5,000 to 25,000 rows each: some 100 MB at most."""
_MARKETS = (
    "a_reporter", "a_dataset", "a_flow", "a_freq", "a_currency", "an_eu", "a_hong_kong_macao", "a_reimports",
    "an_unallocated",
)  # fmt: skip
_GROUP = ("a_partner", "a_membership", "a_flow", "a_freq", "a_currency")
_BALANCE = ("a_partner", "a_membership", "a_freq", "a_currency")
_SHARED = {
    # `market_cells` and `market_changes` begin with the same arguments and pass them on
    "markets": (re.compile(r"\b(?:markets|market_cells|market_changes)\("), _MARKETS),
    "group_figures": (re.compile(r"\bgroup_figures\("), _GROUP),
    "partner_ranks": (re.compile(r"\bpartner_ranks\("), ("a_flow", "a_freq", "a_currency")),
    "partner_figures": (re.compile(r"\bpartner_figures\("), _GROUP),
    "partner_balances": (re.compile(r"\bpartner_balances\("), _BALANCE),
}
"""Macros whose rows are held: where a query calls them, and with what. One that reads others follows them."""
_YUAN = "if($a_freq = 'A', $a_currency, 'CNY')"
_OF_EVERY_PARTNER = {
    "partner_figures": f"partner_ranks($a_flow, $a_freq, {_YUAN}) "
    f"group_figures($a_partner, $a_membership, $a_flow, $a_freq, {_YUAN})",
    "partner_balances": f"group_figures($a_partner, $a_membership, 'export', $a_freq, {_YUAN}) "
    f"group_figures($a_partner, $a_membership, 'import', $a_freq, {_YUAN})",
}
"""Macros that give the rows of every economy and group where no partner is named, and what they call themselves."""
_numbers = count(1)
"""Of the tables of this process: DuckDB gives a file that is opened twice one database, in which a name stands once."""
_READS_TOTALS = re.compile(r"\b(totals|quarters)\(\$as_of\)")
_NEWEST = {"totals": "total_trade", "quarters": "total_quarter"}
"""What takes the place of both where no day is named: the macros would plan the choice among vintages too."""


class SharedTables:
    """The tables of one opened store. Threads may share it; one table is made at a time."""

    def __init__(self) -> None:
        self._names: LRUCache[str, str] = LRUCache(_MOST)
        self._values: LRUCache[tuple[Any, ...], tuple[Any, ...]] = LRUCache(1000)
        self._lock = RLock()

    def prepare(self, cursor: duckdb.DuckDBPyConnection, sql: str, params: Mapping[str, Any]) -> None:
        """Give a query its macros, on the cursor that is to run it.

        Raises:
            duckdb.Error: one cannot be made.
        """
        macros = dict[str, str]()
        for name, (reads, arguments) in _SHARED.items():
            texts = dict.fromkeys(
                tuple(_arguments(sql[call.end() :])[: len(arguments)]) for call in reads.finditer(sql)
            )
            if calls := dict.fromkeys(tuple(self._evaluated(cursor, call, params)) for call in texts):
                macros[name] = self._macro(cursor, name, arguments, list(calls))
        if "as_of" in params and params["as_of"] is None:
            macros |= {name: f"(as_of) AS TABLE FROM {_NEWEST[name]}" for name in _READS_TOTALS.findall(sql)}
        for name, macro in macros.items():
            cursor.execute(parsed(cursor, f"CREATE TEMP MACRO {name}{macro}"))

    def _macro(
        self, cursor: duckdb.DuckDBPyConnection, name: str, arguments: tuple[str, ...], calls: list[tuple[Any, ...]]
    ) -> str:
        """What takes the place of a macro: the table that holds what it gives, of several calls each its own."""
        parts = []
        for call in calls:
            given = dict(zip(arguments, call, strict=True))
            conditions = [f"{each} IS NOT DISTINCT FROM {literal(value)}" for each, value in given.items()]
            conditions *= len(calls) > 1
            if name in _OF_EVERY_PARTNER and not _is_of_its_own(*call[:2]):
                given |= {"a_partner": None, "a_membership": "dated"}
                conditions.append("partner = a_partner")
            if name == "group_figures" and not _is_of_its_own(*call[:2]):
                table = "group_figure"
                conditions += ["group_code = coalesce(a_partner, group_code)", "flow = a_flow"]
                conditions += ["freq = a_freq", "currency = a_currency"]
            else:
                rows = f"{name}({', '.join(map(literal, given.values()))})"
                table = self._table(cursor, rows, _OF_EVERY_PARTNER.get(name, ""), given)
            parts.append(f"FROM {table}" + f" WHERE {' AND '.join(conditions)}" * bool(conditions))
        return f"({', '.join(arguments)}) AS TABLE {' UNION ALL '.join(parts)}"

    def _table(self, cursor: duckdb.DuckDBPyConnection, rows: str, within: str, given: Mapping[str, Any]) -> str:
        """The table that holds what a macro gives, made now if it is not there; `within` are the macro's own calls with
        the arguments `given`."""
        with self._lock:
            if rows not in self._names:
                cursor.execute("ATTACH IF NOT EXISTS ':memory:' AS shared (READ_WRITE)")
                with cursor.cursor() as maker:
                    self.prepare(maker, within, given)
                    if len(self._names) == _MOST:
                        maker.execute(f"DROP TABLE IF EXISTS {self._names.popitem()[1]}")
                    name = f"shared.rows_{next(_numbers)}"
                    maker.execute(f"CREATE TABLE {name} AS FROM {rows}")
                self._names[rows] = name
            return self._names[rows]

    def _evaluated(
        self, cursor: duckdb.DuckDBPyConnection, arguments: tuple[str, ...], params: Mapping[str, Any]
    ) -> list[Any]:
        """What arguments come to: parameters as they are, others (`if($freq = 'A', ...)`) by DuckDB."""
        plain = {text: params[text[1:]] for text in arguments if text[0] == "$" and text[1:] in params}
        others = tuple(dict.fromkeys(text for text in arguments if text not in plain))
        named = {name: value for name, value in params.items() if re.search(rf"\${name}\b", " ".join(others))}
        key = (others, tuple(named.items()))
        with self._lock:
            known = self._values.get(key)
        if known is None:
            columns = ", ".join(others)
            known = cursor.execute(f"SELECT {columns}", named or None).fetchone() if others else ()
            with self._lock:
                self._values[key] = known or ()
        known_values = plain | dict(zip(others, known or (), strict=True))
        return [known_values[text] for text in arguments]


def _is_of_its_own(partner: str | None, membership: str) -> bool:
    """Whether a partner's figures stand with no others: a group of one's own, or by today's members; the mart
    `group_figure` has groups by the dates of their members."""
    return partner is not None and (is_own(partner) or (membership == "today" and is_group(partner)))


def _arguments(text: str) -> list[str]:
    """The arguments at the beginning of a text, up to the bracket that closes the call."""
    parts, depth = [""], 0
    for letter in text:
        if letter == ")" and not depth:
            break
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]
