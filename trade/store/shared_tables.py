"""What many queries read, held once: tables in memory beside a store, each made by the first query that needs it.

Almost every measure of markets reads the macro `markets` with the arguments of its neighbours on the page: to plan and
add up those rows is half of its time. Here the rows are held per process and store, and a query is given a macro of the
same name that reads them. Nothing is made in advance, and what was not read for longest makes room.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count
from threading import Lock
from typing import Any

import duckdb
from cachetools import LRUCache

from trade.store.own_groups import is_group
from trade.store.sql_text import literal

_MOST = 32
"""Tables held per store, of 5,000 to 8,000 rows each: some 60 MB at most."""
_MARKETS = (
    "a_reporter", "a_dataset", "a_flow", "a_freq", "a_currency", "an_eu", "a_hong_kong_macao", "a_reimports",
    "an_unallocated",
)  # fmt: skip
"""The arguments of `markets`; `market_cells` and `market_changes` begin with the same and pass them on."""
_GROUP = ("a_partner", "a_membership", "a_flow", "a_freq", "a_currency")
_READS_MARKETS = re.compile(r"\b(?:markets|market_cells|market_changes)\(")
_READS_GROUP = re.compile(r"\bgroup_figures\(")
_numbers = count(1)
"""Of the tables of this process: DuckDB gives a file that is opened twice one database, in which a name stands once."""
_NO_GROUP = "group_figures('none', 'dated', 'export', 'A', 'CNY') LIMIT 0"


class SharedTables:
    """The tables of one opened store. Threads may share it; one table is made at a time."""

    def __init__(self) -> None:
        self._names: LRUCache[str, str] = LRUCache(_MOST)
        self._values: LRUCache[tuple[Any, ...], tuple[Any, ...]] = LRUCache(1000)
        self._lock = Lock()

    def prepare(self, cursor: duckdb.DuckDBPyConnection, sql: str, params: Mapping[str, Any]) -> None:
        """Give a query its macros, on the cursor that is to run it.

        Raises:
            duckdb.Error: one cannot be made.
        """
        macros = dict[str, str]()
        calls = {tuple(_arguments(sql[call.end() :])[: len(_MARKETS)]) for call in _READS_MARKETS.finditer(sql)}
        if len(calls) == 1:  # of queries that read several, none is given
            values = ", ".join(map(literal, self._evaluated(cursor, calls.pop(), params)))
            macros["markets"] = self._macro(cursor, _MARKETS, f"markets({values})")
        partners = {_arguments(sql[call.end() :])[0] for call in _READS_GROUP.finditer(sql)}
        if partners == {"$partner"} and not is_group(params["partner"]):  # it has no row then, but takes long to plan
            macros["group_figures"] = self._macro(cursor, _GROUP, _NO_GROUP)
        for name, macro in macros.items():
            cursor.execute(f"CREATE TEMP MACRO {name}{macro}")

    def _macro(self, cursor: duckdb.DuckDBPyConnection, arguments: tuple[str, ...], rows: str) -> str:
        return f"({', '.join(arguments)}) AS TABLE FROM {self._table(cursor, rows)}"

    def _table(self, cursor: duckdb.DuckDBPyConnection, rows: str) -> str:
        """The table that holds what a macro gives, made now if it is not there."""
        with self._lock:
            if rows not in self._names:
                cursor.execute("ATTACH IF NOT EXISTS ':memory:' AS shared (READ_WRITE)")
                if len(self._names) == _MOST:
                    cursor.execute(f"DROP TABLE IF EXISTS {self._names.popitem()[1]}")
                name = f"shared.rows_{next(_numbers)}"
                cursor.execute(f"CREATE TABLE {name} AS FROM {rows}")
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
