"""Rows for programs: Parquet, Arrow and SDMX-CSV over HTTP, columns and filters, parts of a file, the store as Parquet."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from typer.testing import CliRunner

from tests.support.small_facts import without_identities
from trade.api import Service
from trade.cli.commands import app
from trade.export.sdmx_csv import HEAD
from trade.paths import PROJECT
from trade.store import Store, build_store, open_store

GROWTH = "/api/measures/growth"


@pytest.fixture
def api(real: Store) -> Iterator[TestClient]:
    served = Service("overview")
    with TestClient(
        Starlette(routes=served.routes, middleware=served.middleware), base_url="http://localhost"
    ) as client:
        yield client


def csv(api: TestClient, query: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(api.get(f"{GROWTH}.csv?{query}").text), dtype={"period": str})


def test_parquet_and_arrow_hold_the_rows_and_what_they_are(api: TestClient) -> None:
    expected = csv(api, "flow=total&first=2020")
    response = api.get(f"{GROWTH}.parquet?flow=total&first=2020")
    assert response.headers["content-type"] == "application/vnd.apache.parquet"
    table = pa.parquet.read_table(io.BytesIO(response.content))
    assert table.schema.metadata[b"trade.measure"].startswith(b"Year-on-year growth")
    assert b"gacc_releases" in table.schema.metadata[b"trade.sources"]
    stream = api.get(f"{GROWTH}.arrow?flow=total&first=2020")
    with pa.ipc.open_stream(stream.content) as reader:
        assert reader.read_all().equals(table)
    assert table.to_pandas()["value"].tolist() == pytest.approx(expected["value"].tolist())


def test_columns_and_filters(api: TestClient) -> None:
    rows = csv(api, "columns=period,growth_pct&filter=growth_pct>5")
    assert list(rows.columns) == ["period", "growth_pct"]
    assert (rows["growth_pct"] > 5).all()
    assert len(rows) < len(csv(api, ""))
    body = api.get(f"{GROWTH}.json?columns=period&filter=period=2025").json()
    assert body["rows"] == [{"period": "2025"}]
    drawn = api.get("/api/charts/growth/levels.parquet?columns=period,value")
    assert pa.parquet.read_schema(io.BytesIO(drawn.content)).names == ["period", "value"]
    for address, says in {
        f"{GROWTH}.csv?columns=perod": "period",
        f"{GROWTH}.csv?filter=growth": "column=value",
        f"{GROWTH}.sdmx?columns=period": "SDMX-CSV always has all",
        "/api/charts/growth/levels.json?columns=period": "all rows of the chart",
    }.items():
        response = api.get(address)
        assert response.status_code == 400
        assert says in response.json()["error"]


@pytest.mark.parametrize("form", ["csv", "json", "parquet", "arrow"])
def test_columns_without_a_period_are_described_by_the_whole_result(api: TestClient, form: str) -> None:
    """What a file says of itself comes from all rows and columns, also where the period itself is left out."""
    response = api.get(f"/api/measures/share.{form}?period=2025&columns=market,share_pct&filter=share_pct>=5")
    assert response.status_code == 200
    if form == "parquet":
        table = pa.parquet.read_table(io.BytesIO(response.content))
        assert table.column_names == ["market", "share_pct"]
        assert table.column("market").to_pylist()[0] == "USA"
        assert b"gacc_partners" in table.schema.metadata[b"trade.sources"]


def test_every_address_of_the_examples_answers(api: TestClient) -> None:
    text = (PROJECT / "docs" / "examples.md").read_text(encoding="utf-8")
    text = text.replace("{base}", "http://localhost:8501/api/measures")
    addresses = re.findall(r"http://localhost:8501(/api/measures/[^\s'\"`)]+)", text)
    assert len(addresses) >= 8
    for address in addresses:
        assert api.get(address).status_code == 200, address


def test_period_stands_for_first_and_last(api: TestClient) -> None:
    assert list(csv(api, "period=2025")["period"]) == ["2025"]
    tags = [api.get(f"{GROWTH}.csv?{query}").headers["etag"] for query in ("period=2025", "first=2025&last=2025")]
    assert tags[0] == tags[1]
    printed = CliRunner().invoke(app, ["measure", "growth", "-p", "period=2025", "-f", "csv"]).stdout
    assert printed == api.get(f"{GROWTH}.csv?period=2025").text


def test_sdmx_csv(api: TestClient) -> None:
    response = api.get("/api/measures/share.sdmx?period=2025")
    assert response.headers["content-type"].startswith("application/vnd.sdmx.data+csv")
    assert response.headers["content-disposition"].endswith('share.sdmx.csv"')
    assert tuple(response.text.splitlines()[0].split(",")) == HEAD
    refused = api.get("/api/measures/hs_products.sdmx")
    assert (refused.status_code, "period and partner" in refused.json()["error"]) == (400, True)


def test_parts_of_a_file(api: TestClient) -> None:
    """DuckDB and Arrow read the end of a Parquet file first, then the columns that they need."""
    address = f"{GROWTH}.parquet?flow=total"
    whole = api.get(address)
    assert whole.headers["accept-ranges"] == "bytes"
    size = len(whole.content)
    for byte_range, part in {
        "bytes=0-3": slice(0, 4),
        "bytes=-8": slice(-8, None),
        f"bytes={size - 4}-": slice(-4, None),
    }.items():
        response = api.get(address, headers={"Range": byte_range})
        assert (response.status_code, response.content) == (206, whole.content[part])
        assert response.headers["content-range"].endswith(f"/{size}")
    assert api.get(address, headers={"Range": f"bytes={size}-"}).status_code == 416
    for other in ("bytes=0-1,3-4", "bytes=5-2", "lines=1-2", "bytes=-"):
        assert api.get(address, headers={"Range": other}).content == whole.content


def test_the_store_as_parquet(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADE_HOME", str(tmp_path / "home"))
    with without_identities():
        build_store(data)
    done = CliRunner().invoke(app, ["export", "store", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    paths = {resource["path"]: resource for resource in package["resources"]}
    assert {path.name for path in (tmp_path / "out").glob("*.parquet")} == set(paths)
    for name in ("total_trade.parquet", "fact.bilateral_export.parquet"):
        resource, file = paths[name], tmp_path / "out" / name
        assert (resource["format"], resource["bytes"]) == ("parquet", file.stat().st_size)
        [[count]] = duckdb.sql(f"SELECT count(*) FROM read_parquet('{file}')").fetchall()
        assert count == resource["rows"] == open_store().query(f"SELECT count(*) AS n FROM {name[:-8]}")["n"][0]
        assert [field["name"] for field in resource["schema"]["fields"]] == pa.parquet.read_schema(file).names


def test_export_as_sdmx_csv(real: Store, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["export", "measure", "hhi", str(tmp_path / "hhi.sdmx.csv"), "-p", "period=2025"])
    assert done.exit_code == 0, done.output
    rows = pd.read_csv(tmp_path / "hhi.sdmx.csv")
    assert set(rows["REF_AREA"]) == {"CHN"}
    assert set(rows["COUNTERPART_AREA"]) == {"W0"}
