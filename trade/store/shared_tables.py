"""Cache macro results that many queries share, in an in-memory database beside each opened store.

Almost every measure of markets calls the macro `markets` with the same arguments as the others on its page, and
planning and summing those rows takes half of its time. The figures of all partners take hardly longer to compute than
those of one, so they are cached together for the next partner's page. The rows are cached per process and store by the
first query that needs them, and queries get a macro of the same name that reads the cache. The least recently used
table is evicted.
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
"""Cached tables per store, of 5,000 to 25,000 rows each: some 100 MB at most."""
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
"""Macros whose rows are cached: a pattern of their calls, and their parameters. A macro that calls others comes after
them."""
_YUAN = "if($a_freq = 'A', $a_currency, 'CNY')"
_OF_EVERY_PARTNER = {
    "partner_figures": f"partner_ranks($a_flow, $a_freq, {_YUAN}) "
    f"group_figures($a_partner, $a_membership, $a_flow, $a_freq, {_YUAN})",
    "partner_balances": f"group_figures($a_partner, $a_membership, 'export', $a_freq, {_YUAN}) "
    f"group_figures($a_partner, $a_membership, 'import', $a_freq, {_YUAN})",
}
"""Macros that return the rows of every economy and group if `a_partner` is NULL, and the cached macros they call."""
_numbers = count(1)
"""Numbers for table names, unique in the process: DuckDB shares one database among connections to the same file."""
_READS_TOTALS = re.compile(r"\b(totals|quarters)\(\$as_of\)")
_NEWEST = {"totals": "total_trade", "quarters": "total_quarter"}
"""Marts that replace both macros if `as_of` is NULL, which saves planning the choice among vintages."""


class SharedTables:
    """The cached tables of one opened store. Threads may share it; tables are created one at a time."""

    def __init__(self) -> None:
        self._names: LRUCache[str, str] = LRUCache(_MOST)
        self._values: LRUCache[tuple[Any, ...], tuple[Any, ...]] = LRUCache(1000)
        self._lock = RLock()

    def prepare(self, cursor: duckdb.DuckDBPyConnection, sql: str, params: Mapping[str, Any]) -> None:
        """Create the macros that read cached tables on the cursor that will run the query.

        Raises:
            duckdb.Error: a table or macro cannot be created.
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
        """The definition of the macro that reads the cached tables, one per distinct call."""
        parts = []
        for call in calls:
            given = dict(zip(arguments, call, strict=True))
            conditions = [f"{each} IS NOT DISTINCT FROM {literal(value)}" for each, value in given.items()]
            conditions *= len(calls) > 1
            if name in _OF_EVERY_PARTNER and not _is_computed_alone(*call[:2]):
                given |= {"a_partner": None, "a_membership": "dated"}
                conditions.append("partner = a_partner")
            if name == "group_figures" and not _is_computed_alone(*call[:2]):
                table = "group_figure"
                conditions += ["group_code = coalesce(a_partner, group_code)", "flow = a_flow"]
                conditions += ["freq = a_freq", "currency = a_currency"]
            else:
                rows = f"{name}({', '.join(map(literal, given.values()))})"
                table = self._table(cursor, rows, _OF_EVERY_PARTNER.get(name, ""), given)
            parts.append(f"FROM {table}" + f" WHERE {' AND '.join(conditions)}" * bool(conditions))
        return f"({', '.join(arguments)}) AS TABLE {' UNION ALL '.join(parts)}"

    def _table(self, cursor: duckdb.DuckDBPyConnection, rows: str, inner_calls: str, given: Mapping[str, Any]) -> str:
        """The name of the table with the rows of a macro call, created if it is not cached. `inner_calls` are the calls
        that the macro makes with the arguments `given`."""
        with self._lock:
            if rows not in self._names:
                cursor.execute("ATTACH IF NOT EXISTS ':memory:' AS shared (READ_WRITE)")
                with cursor.cursor() as maker:
                    self.prepare(maker, inner_calls, given)
                    if len(self._names) == _MOST:
                        maker.execute(f"DROP TABLE IF EXISTS {self._names.popitem()[1]}")
                    name = f"shared.rows_{next(_numbers)}"
                    maker.execute(f"CREATE TABLE {name} AS FROM {rows}")
                self._names[rows] = name
            return self._names[rows]

    def _evaluated(
        self, cursor: duckdb.DuckDBPyConnection, arguments: tuple[str, ...], params: Mapping[str, Any]
    ) -> list[Any]:
        """The values of arguments: parameters from `params`, expressions such as `if($freq = 'A', ...)` from DuckDB."""
        plain = {text: params[text[1:]] for text in arguments if text[0] == "$" and text[1:] in params}
        others = tuple(dict.fromkeys(text for text in arguments if text not in plain))
        named = {name: value for name, value in params.items() if re.search(rf"\${name}\b", " ".join(others))}
        key = (others, tuple(named.items()))
        with self._lock:
            values = self._values.get(key)
        if values is None:
            columns = ", ".join(others)
            values = cursor.execute(f"SELECT {columns}", named or None).fetchone() if others else ()
            with self._lock:
                self._values[key] = values or ()
        value_of = plain | dict(zip(others, values or (), strict=True))
        return [value_of[text] for text in arguments]


def _is_computed_alone(partner: str | None, membership: str) -> bool:
    """Whether a partner's figures are computed by themselves: those of a user-defined group, or of a group by today's
    members. The mart `group_figure` has the other groups, by the dates of membership."""
    return partner is not None and (is_own(partner) or (membership == "today" and is_group(partner)))


def _arguments(text: str) -> list[str]:
    """The arguments at the beginning of a text, up to the closing parenthesis of the call."""
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
