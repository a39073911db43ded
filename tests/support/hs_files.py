"""Small folders of HS facts as Parquet, in both layouts: what the builds of test_big_data.py read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

BACI = {
    # t, i, j, k: thousands of dollars. 156 China, 842 United States, 276 Germany, 490 Taiwan, 999 nobody
    (2022, 156, 842, "010121"): 1.5,
    (2022, 156, 842, "850110"): 2.25,
    (2022, 842, 156, "850110"): 4.0,
    (2023, 156, 842, "850110"): 3.0,
    (2023, 156, 276, "850110"): 1.005,
    (2023, 490, 156, "854231"): 7.0,
    (2023, 999, 156, "854231"): 5.0,
}
_COMTRADE: dict[str, Any] = {
    "typeCode": "C", "freqCode": "M", "period": "202601", "reporterCode": 156, "flowCode": "X", "partnerCode": 842,
    "partner2Code": 0, "classificationCode": "H6", "cmdCode": "850110", "customsCode": "C00", "motCode": 0, "primaryValue": 100.0,
}  # fmt: skip
COMTRADE = [
    _COMTRADE,
    _COMTRADE | {"cmdCode": "8501", "primaryValue": 100.0},
    _COMTRADE | {"cmdCode": "9999AA", "primaryValue": 9.0},
    _COMTRADE | {"partnerCode": 0},
    _COMTRADE | {"motCode": 1000, "primaryValue": 60.0},
    _COMTRADE | {"flowCode": "RX", "primaryValue": 5.0},
    _COMTRADE | {"flowCode": "M", "partnerCode": 490, "cmdCode": "854231", "primaryValue": 10.125},
    _COMTRADE | {"period": "202602", "primaryValue": 50.0},
]


def baci_table(rows: dict[tuple[int, int, int, str], float] = BACI) -> pa.Table:
    t, i, j, k = (list(column) for column in zip(*rows, strict=True))
    ints = {name: pa.array(column, pa.int32()) for name, column in {"t": t, "i": i, "j": j}.items()}
    return pa.table(ints | {"k": pa.array(k), "v": pa.array(list(rows.values()), pa.float64())})


def write_baci(folder: Path, table: pa.Table | None = None) -> Path:
    """A file a year, as CEPII's are named."""
    folder.mkdir(parents=True, exist_ok=True)
    table = baci_table() if table is None else table
    for year in sorted(set(table["t"].to_pylist())):
        mine = table.filter(pa.compute.equal(table["t"], year))
        pq.write_table(mine, folder / f"BACI_HS17_Y{year}_V202501.parquet")
    return folder


def write_comtrade(folder: Path, as_numbers: bool = False) -> Path:
    """`as_numbers`: periods are whole numbers, not text."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [row | {"period": int(row["period"])} for row in COMTRADE] if as_numbers else COMTRADE
    pq.write_table(pa.Table.from_pylist(rows), folder / "monthly.parquet")
    return folder


BACI_CODES = """country_code,country_name,country_iso2,country_iso3
156,China,CN,CHN
842,USA,US,USA
276,Germany,DE,DEU
490,"Other Asia, not elsewhere specified",N/A,S19
699,India,IN,IND
"""
BACI_ROWS = """t,i,j,k,v,q
2023,156,842,010121,    100.5,    10.000
2023,156,842,010129,     99.5,        NA
2023,156,842,850110,   1000,     5
2023,156,276,850110,    500,     5
2023,842,156,850110,     50,     5
2023,490,156,854231,    700,     5
2023,276,842,010121,     20,     5
"""
"""Thousands of dollars. Values are padded with blanks and a quantity may be NA, as CEPII prints them."""
