"""Compare a finished draft with the store in service: statements that lose rows or change, and China's totals in both.

A statement is the unit that a later vintage replaces as a whole (`Contract.restated`): the table of a month, or the
exports of a year.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

import duckdb

from trade.store.outlier_check import NAMES, MemberFigure, members_sql
from trade.store.table_contracts import Contract, fact_contracts

_UNIT_SCALE = (
    "CASE unit WHEN 'tn' THEN 1e12 WHEN 'bn' THEN 1e9 WHEN '100m' THEN 1e8 WHEN 'mn' THEN 1e6 WHEN '10k' THEN 1e4"
    " WHEN '1000' THEN 1e3 ELSE 1 END"
)
_MEMBERS = {
    "released_figure": ("concat_ws(' ', item, sub_item, seq)", f"TRY_CAST(printed AS DOUBLE) * {_UNIT_SCALE}"),
    "partner_trade": ("concat_ws(' ', partner, flow)", "value_cny_10k * 1e4"),
    "group_trade": ("concat_ws(' ', group_code, flow)", "value_cny_10k * 1e4"),
    "partner_year": ("concat_ws(' ', partner, partner_name)", "coalesce(value_usd, value_cny)"),
    "trade_flow": ("partner", "value"),
    "commodity_trade": ("product", "value_cny_100m * 1e8"),
    "product_trade": ("partner", "value_usd"),
    "indicator": ("concat_ws(' ', economy, year)", "indicator_value"),
    "bilateral_export": ("concat_ws(' ', exporter, importer)", "value_usd"),
}
"""Fact table: SQL for the member of a statement that a row is of, and for its amount in full units of its currency.
HS codes in `product_trade` are not members, since headings may replace chapters. In tables that are not listed here
(indices, tariffs) each row of a statement is a member, and their figures do not add up."""
SUMMED = frozenset(_MEMBERS) - {"indicator"} | {"hs_coverage"}
"""Tables in which the sum of a statement is meaningful."""


_HS_STATEMENT = ("source_id", "classification", "freq", "period", "flow")
"""The columns that identify a statement of trade by HS code."""
_MOST_TOTALS = 60
"""Largest number of statements of a table that a preview shows."""


@dataclass(frozen=True)
class StatementChange:
    """A statement of the store in service that the draft changes. Amounts are sums over its members."""

    table: str
    statement: dict[str, str]
    members: int
    lost: int
    after_members: int
    before: float
    after: float
    lost_amount: float


@dataclass(frozen=True)
class StatementTotal:
    """A statement with the number of its members and their sum; `is_new`: the store in service does not have it."""

    table: str
    statement: dict[str, str]
    members: int
    amount: float
    is_new: bool


@dataclass(frozen=True)
class ChinaTotal:
    """A printed total of China's trade. `value` in full units; `is_new`: the store in service does not have it."""

    source_id: str
    freq: str
    period: str
    flow: str
    currency: str
    value: float
    growth_pct: float | None
    is_new: bool


@dataclass(frozen=True)
class PeriodTotal:
    """The sum of a statement in the store in service and in the draft, in full units; None where a store lacks it."""

    table: str
    statement: str
    before: float | None
    after: float | None
    members_before: int
    members: int

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


class Comparison:
    """The store in service and the draft, both open read-only."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con
        columns = set(
            con.execute(
                "SELECT table_name, column_name FROM duckdb_columns()"
                " WHERE schema_name = 'fact' AND database_name IN ('former', 'draft') GROUP BY ALL HAVING count(*) = 2"
            ).fetchall()
        )
        in_both = {
            name: contract
            for name, contract in fact_contracts().items()
            if all((name, column) in columns for column in contract.names)
        }  # a former store may lack tables or columns of the present schema
        self.tables = [table for table in _MEMBERS if table in in_both]
        self.others = [
            name for name, contract in in_both.items() if name not in _MEMBERS and contract.restated and contract.values
        ]

    @cached_property
    def changed(self) -> set[str]:
        """Tables whose rows differ between the stores. One scan of each avoids most of the costlier grouping and
        joining, since most drafts change only one or two tables."""
        scans = []
        for table in [*self.tables, *self.others]:
            row = f"hash({', '.join(fact_contracts()[table].names)})"
            size = f"SELECT '{table}' AS name, count(*) AS size, sum({row}) AS rows"
            scans += [f"{size} FROM {store}.fact.{table}" for store in ("former", "draft")]
        if not scans:
            return set()
        sql = f"SELECT name FROM ({' UNION ALL '.join(scans)}) GROUP BY name HAVING count(DISTINCT (size, rows)) > 1"
        return {name for (name,) in self.con.execute(sql).fetchall()}

    def changes(self) -> Iterator[StatementChange]:
        """Statements in service that lose members or whose sum changes."""
        for table in [*self.tables, *self.others]:
            if table not in self.changed:
                continue
            contract = fact_contracts()[table]
            keys = [f"{name}_" for name in contract.restated]
            same = ", ".join([*keys, "member"])
            sql = f"""
                SELECT {", ".join(keys)}, count(*) FILTER (old_amount IS NOT NULL) AS members,
                    count(*) FILTER (old_amount IS NOT NULL AND new_amount IS NULL) AS lost,
                    count(*) FILTER (new_amount IS NOT NULL) AS after_members,
                    coalesce(sum(old_amount), 0) AS before, coalesce(sum(new_amount), 0) AS after,
                    coalesce(sum(old_amount) FILTER (new_amount IS NULL), 0) AS lost_amount
                FROM ({_summed("former", contract, "old_amount")})
                FULL JOIN ({_summed("draft", contract, "new_amount")}) USING ({same})
                GROUP BY ALL
                HAVING members > 0 AND (lost > 0 OR abs(after - before) > 1e-9 * abs(before))
                ORDER BY abs(after - before) DESC"""
            for row in self.con.execute(sql).fetchall():
                statement = dict(zip(contract.restated, row[: len(keys)], strict=True))
                yield StatementChange(table, statement, *row[len(keys) :])

    def hs_changes(self) -> Iterator[StatementChange]:
        """Statements of external HS trade in service that lose economies or whose sum changes.

        Members are economies. HS trade in the fact tables is compared by `changes`.
        """
        stores = "SELECT database_name FROM duckdb_tables() WHERE schema_name = 'main' AND table_name = 'hs_coverage'"
        if not {("former",), ("draft",)} <= set(self.con.execute(stores).fetchall()):
            return
        keys = ", ".join(_HS_STATEMENT)
        sql = f"""
            WITH own AS (
                SELECT source_id FROM former.fact.product_trade UNION SELECT source_id FROM former.fact.product_purchase
            ),
            old AS (FROM former.hs_coverage WHERE source_id NOT IN (FROM own)),
            new AS (FROM draft.hs_coverage WHERE source_id NOT IN (FROM own))
            SELECT {keys}, count(old.value_usd) AS members,
                count(*) FILTER (old.value_usd IS NOT NULL AND new.value_usd IS NULL) AS lost,
                count(new.value_usd) AS after_members, coalesce(sum(old.value_usd), 0) AS before,
                coalesce(sum(new.value_usd), 0) AS after,
                coalesce(sum(old.value_usd) FILTER (new.value_usd IS NULL), 0) AS lost_amount
            FROM old FULL JOIN new USING ({keys}, economy)
            GROUP BY {keys}
            HAVING members > 0 AND (lost > 0 OR abs(after - before) > 1e-9 * abs(before))
            ORDER BY abs(after - before) DESC"""
        for row in self.con.execute(sql).fetchall():
            statement = dict(zip(_HS_STATEMENT, map(str, row[: len(_HS_STATEMENT)]), strict=True))
            yield StatementChange("hs_coverage", statement, *row[len(_HS_STATEMENT) :])

    def totals(self) -> Iterator[StatementTotal]:
        """Every statement of the draft, in tables that have new ones."""
        for table in self.tables:
            if table not in self.changed:
                continue
            contract = fact_contracts()[table]
            keys = ", ".join(f"{name}_" for name in contract.restated)
            sql = f"""
                WITH former_ones AS (SELECT DISTINCT {keys} FROM ({_summed("former", contract, "amount")}))
                SELECT {keys}, count(*) AS members, sum(amount) AS amount,
                    ({keys}) NOT IN (SELECT ({keys}) FROM former_ones) AS is_new
                FROM ({_summed("draft", contract, "amount")})
                GROUP BY {keys}"""
            rows = self.con.execute(sql).fetchall()
            if any(row[-1] for row in rows):
                for row in rows:
                    statement = dict(zip(contract.restated, row[: len(contract.restated)], strict=True))
                    yield StatementTotal(table, statement, *row[len(contract.restated) :])

    def products_beside_exports(self) -> list[tuple[str, str, float, float]]:
        """(source, year, sum of new products, exports in service), summed over the exporters found in both."""
        if not {"product_trade", "bilateral_export"} <= set(self.tables) or "product_trade" not in self.changed:
            return []
        return self.con.execute(
            """
            WITH made AS (
                SELECT source_id, classification, reporter, period, length(product) AS digits, sum(value_usd) AS amount
                FROM draft.fact.product_trade WHERE freq = 'A' AND flow = 'export' GROUP BY ALL
                EXCEPT
                SELECT source_id, classification, reporter, period, length(product) AS digits, sum(value_usd) AS amount
                FROM former.fact.product_trade WHERE freq = 'A' AND flow = 'export' GROUP BY ALL
            ),
            exports AS (
                SELECT CAST(year AS VARCHAR) AS period, exporter AS reporter, sum(value_usd) AS exports
                FROM former.fact.bilateral_export GROUP BY ALL
            )
            SELECT source_id, period, sum(amount), sum(exports) FROM made JOIN exports USING (period, reporter)
            WHERE source_id = 'cepii_baci' GROUP BY ALL ORDER BY ALL"""
        ).fetchall()

    def of_batch(self, source_id: str, batch: str) -> list[PeriodTotal]:
        """New or changed statements in the tables that a batch fills, the latest periods first."""
        tables = self.con.execute(
            "SELECT DISTINCT fact_table FROM draft.fact.batch WHERE source_id = ? AND batch = ?", [source_id, batch]
        ).fetchall()
        totals = []
        for (table,) in tables:
            if table not in self.tables:
                continue
            contract = fact_contracts()[table]
            keys = [f"{name}_" for name in contract.restated]
            where = "WHERE source_id_ = $source" if "source_id" in contract.restated else ""
            sql = f"""
                SELECT concat_ws(' ', {", ".join(key for key in keys if key != "source_id_")}) AS statement,
                    sum(old_amount), sum(new_amount), count(old_amount), count(new_amount)
                FROM ({_summed("former", contract, "old_amount")})
                FULL JOIN ({_summed("draft", contract, "new_amount")}) USING ({", ".join([*keys, "member"])})
                {where}
                GROUP BY ALL
                HAVING count(old_amount) = 0 OR count(old_amount) <> count(new_amount)
                    OR abs(sum(new_amount) - sum(old_amount)) > 1e-9 * abs(sum(old_amount))
                ORDER BY statement DESC LIMIT {_MOST_TOTALS}"""
            rows = self.con.execute(sql, {"source": source_id} if where else {}).fetchall()
            totals += [PeriodTotal(table, *row) for row in rows]
        return totals

    def china_totals(self) -> list[ChinaTotal]:
        """China's totals as customs print them, in every source of the draft; empty if none of those tables changed."""
        needed = {"released_figure", "group_trade", "trade_flow"}
        if not needed <= set(self.tables) or not needed & self.changed:
            return []
        rows = self.con.execute(
            f"""
            WITH new AS ({_china("draft")}), old AS ({_china("former")})
            SELECT *, NOT EXISTS (
                FROM old WHERE (old.source_id, old.freq, old.period, old.flow, old.currency, old.value)
                    = (new.source_id, new.freq, new.period, new.flow, new.currency, new.value)
            ) FROM new WHERE value IS NOT NULL ORDER BY ALL"""
        ).fetchall()
        return [ChinaTotal(*row) for row in rows]

    def members(self) -> list[MemberFigure]:
        """All figures of every partner and commodity that has new ones in the draft."""
        needed = {"commodity_trade", "partner_trade", "group_trade", "trade_flow", "released_figure"}
        if not needed <= set(self.tables) or not needed & self.changed:
            return []
        rows = self.con.execute(
            f"""
            WITH now AS ({members_sql("draft", _UNIT_SCALE)}), old AS ({members_sql("former", _UNIT_SCALE)}),
            new AS (FROM now EXCEPT FROM old), replaced AS (FROM old EXCEPT FROM now),
            changed AS (SELECT DISTINCT kind, member, flow, currency FROM new),
            known AS (
                SELECT 'good' AS kind, * FROM ({NAMES["good"]}) UNION ALL SELECT 'partner', * FROM ({NAMES["partner"]})
            ),
            all_of AS (
                SELECT *, 'new' AS state FROM new UNION ALL SELECT *, 'replaced' FROM replaced
                UNION ALL SELECT *, 'unchanged' FROM (FROM now INTERSECT FROM old)
            )
            SELECT kind, source, member, coalesce(name_en, member), coalesce(name_zh, member), flow, currency, freq,
                period, amount, quantity, unit, state, coalesce(firm, true), growth_pct
            FROM all_of SEMI JOIN changed USING (kind, member, flow, currency) LEFT JOIN known USING (kind, member)
            ORDER BY ALL"""
        ).fetchall()
        return [MemberFigure(*row) for row in rows]


@contextmanager
def compare(former: Path | None, draft: Path) -> Iterator[Comparison | None]:
    """Open both stores for comparison; None if there is no former one or it cannot be read."""
    if former is None:
        yield None
        return
    with duckdb.connect(config={"threads": 2, "memory_limit": "700MB"}) as con:
        try:
            con.execute(f"ATTACH '{_quoted(former)}' AS former (READ_ONLY)")
        except duckdb.Error:
            yield None
            return
        con.execute(f"ATTACH '{_quoted(draft)}' AS draft (READ_ONLY)")
        yield Comparison(con)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _summed(store: str, contract: Contract, amount: str) -> str:
    """SQL for the members of each statement with their amounts; a missing amount counts as zero."""
    member, value = _MEMBERS.get(contract.table) or _rows_of(contract)
    keys = ", ".join(f"coalesce(CAST({name} AS VARCHAR), '') AS {name}_" for name in contract.restated)
    return (
        f"SELECT {keys}, {member} AS member, coalesce(sum({value}), 0) AS {amount}"
        f" FROM {store}.fact.{contract.table} GROUP BY ALL"
    )


def _rows_of(contract: Contract) -> tuple[str, str]:
    """SQL for what identifies a row within its statement, and for the first figure of the row."""
    rest = [name for name in contract.key if name not in contract.restated and name != "source_id"] or contract.key
    return f"concat_ws(' ', {', '.join(rest)})", f"TRY_CAST({contract.values[0]} AS DOUBLE)"


def _china(store: str) -> str:
    return f"""
        SELECT source_id, freq, period, flow, coalesce(currency, 'CNY') AS currency,
            TRY_CAST(printed AS DOUBLE) * {_UNIT_SCALE} AS value, growth_pct
        FROM {store}.fact.released_figure
        WHERE (topic = 'total' AND item = 'Goods trade' OR source_id = 'gacc_regimes' AND item = 'Total')
            AND freq IN ('A', 'M', 'YTD') AND flow <> 'balance'
        UNION ALL
        SELECT source_id, freq, period, flow, 'CNY', value_cny_10k * 1e4, growth_pct FROM {store}.fact.group_trade
        WHERE group_code = 'world' AND flow IN ('export', 'import')
        UNION ALL
        SELECT source_id, freq, period, flow, currency, sum(value), NULL FROM {store}.fact.trade_flow
        WHERE source_id = 'gacc_partners_usd' AND reporter = 'CHN' GROUP BY ALL"""
