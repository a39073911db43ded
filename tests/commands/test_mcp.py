"""`trade mcp`: an assistant's session with the official client, over stdio and over HTTP.

The client and the server load when a test needs them: every worker of a run reads this file, and one runs it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import pytest
from typer.testing import CliRunner

from benchmarks.servers import free_port
from tests.support.coroutines import run
from trade.cli.commands import app
from trade.mcp import tools
from trade.paths import PROJECT
from trade.store import Store

if TYPE_CHECKING:
    from mcp import Client

TOOLS = {"list_measures", "run_measure", "check_claim", "list_charts", "get_chart", "search", "run_sql"}
Session = Callable[["Client"], Awaitable[None]]


def over_stdio(home: Path, session: Session) -> None:
    """Start `trade mcp` as an assistant does, and talk to it."""
    from mcp import Client
    from mcp.client.stdio import StdioServerParameters, stdio_client

    environment = {"TRADE_HOME": str(home), "PYTHONPATH": str(PROJECT)}
    order = StdioServerParameters(command=sys.executable, args=["-m", "trade", "mcp"], env=environment, cwd=PROJECT)

    async def talk() -> None:
        async with Client(stdio_client(order)) as client:
            await session(client)

    run(talk())


async def ask(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    """The envelope that a tool answers."""
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    answer = result.structured_content
    assert answer is not None
    assert {"data", "unit", "period", "quality", "citation"} <= set(answer)
    assert {"text", "sources", "vintage", "store_version", "program_version"} == set(answer["citation"])
    return answer


async def refused(client: Client, tool: str, **arguments: Any) -> str:
    """The sentence with which a tool refuses."""
    result = await client.call_tool(tool, arguments)
    assert result.is_error
    return " ".join(getattr(part, "text", "") for part in result.content)


def assert_cited(answer: dict[str, Any], source: str) -> None:
    """The answer names its source with address, day, terms."""
    [first, *_] = [one for one in answer["citation"]["sources"] if one["id"] == source]
    assert first["url"].startswith("http")
    assert first["terms"]
    assert first["published"]


def test_five_questions_with_their_sources(real: Store, real_home: Path) -> None:
    async def session(client: Client) -> None:
        assert {tool.name for tool in (await client.list_tools()).tools} == TOOLS

        # How much did China's trade grow in 2025?
        found = await ask(client, "search", words="year-on-year growth")
        assert found["data"][0] == {
            "kind": "measure", "id": "growth", "title": "Year-on-year growth", "link": "/explore?measure=growth"
        }  # fmt: skip
        grew = await ask(client, "run_measure", measure="growth", parameters={"flow": "total", "period": 2025})
        assert grew["data"][0]["growth_pct"] == 3.8
        assert (grew["unit"], grew["period"]) == ("%", "2025")
        assert grew["citation"]["store_version"] == real.version
        assert_cited(grew, "gacc_releases")
        assert "Customs" in grew["citation"]["text"]

        # Is it right that exports to the United States fell by a fifth?
        checked = await ask(client, "check_claim", claim="Exports to the US fell by a fifth in 2025")
        assert checked["verdict"] == "right"
        assert_cited(checked, "gacc_partners")

        # How concentrated are the markets, and how do we know?
        spread = await ask(client, "run_measure", measure="hhi", parameters={"reporter": "China", "period": "2025"})
        assert (spread["quality"], spread["data"][0]["largest"]) == ("converted", "USA")
        assert "0.037" in spread["sentence"]
        assert_cited(spread, "gacc_partners")

        # What does the chart of growth say?
        drawn = await ask(client, "get_chart", chart="growth/levels", choices={"flow": "total"})
        assert "45.47 trillion yuan" in drawn["headline"]
        assert "figure" not in drawn
        assert_cited(drawn, "gacc_releases")

        # Which markets did the exports of 2025 go to, in SQL?
        query = "SELECT partner, value, source_id FROM market WHERE dataset = 'customs' AND freq = 'A' AND flow = 'export' AND period = '2025' AND currency = 'CNY' ORDER BY value DESC LIMIT 3"
        rows = await ask(client, "run_sql", query=query)
        assert rows["data"][0]["partner"] == "USA"
        assert_cited(rows, "gacc_partners")

        # What is misspelt?
        assert "growth" in await refused(client, "run_measure", measure="grwth")

    over_stdio(real_home, session)


def test_lists_resources_and_mistakes(real: Store) -> None:
    from mcp import Client

    from trade.mcp.server import server

    async def talk() -> None:
        async with Client(server()) as client:
            await session(client)

    async def session(client: Client) -> None:
        listed = await ask(client, "list_measures", lang="zh")
        assert {"hhi", "growth"} <= {one["id"] for one in listed["data"]}
        assert "growth/levels" in {one["id"] for one in (await ask(client, "list_charts"))["data"]}

        sources = await read(client, "trade://sources")
        assert {"gacc_partners"} <= {one["id"] for one in sources["data"]}
        assert (await read(client, "trade://sources/gacc_partners"))["data"]["terms"]
        assert "squared shares" in (await read(client, "trade://measures/hhi"))["data"]["definition"]
        assert {"market"} <= {row["table"] for row in (await read(client, "trade://schema"))["data"]}

        cut = await ask(client, "run_measure", measure="growth", parameters={"freq": "M"}, rows=2)
        assert (len(cut["data"]), cut["truncated"]) == (2, True)
        assert "没有" in await refused(client, "run_measure", measure="grwth", lang="zh")
        asean = await ask(client, "run_measure", measure="partner", parameters={"partner": "ASEAN"})
        assert asean["data"][0]["partner"] == "asean"
        assert "Vietnam" in await refused(client, "run_measure", measure="partner", parameters={"partner": "Vietnan"})
        assert "refused" in (await refused(client, "run_sql", query="DROP TABLE market")).lower()
        assert "between 1 and" in await refused(client, "run_measure", measure="growth", rows=0)
        assert "longer than" in await refused(client, "run_measure", measure="growth", parameters={"flow": "x" * 400})
        assert str(real.path.parent) not in await refused(client, "run_sql", query="SELECT * FROM nothing")

    run(talk())


async def read(client: Client, address: str) -> dict[str, Any]:
    [content] = (await client.read_resource(address)).contents
    return dict(json.loads(content.text))


def test_streamable_http_on_this_machine_only(real_home: Path) -> None:
    from mcp import Client

    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "trade", "mcp", "--http", f"--port={port}"],
        env=os.environ | {"TRADE_HOME": str(real_home)}, cwd=PROJECT, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with suppress(ConnectionError, OSError):
                urlopen(f"http://127.0.0.1:{port}/mcp", timeout=2)
            if answers(port):
                break
            time.sleep(0.2)

        async def talk() -> None:
            async with Client(f"http://127.0.0.1:{port}/mcp") as client:
                assert (await ask(client, "run_measure", measure="streak"))["citation"]["sources"]

        run(talk(), 120)
        listening = Path("/proc/net/tcp").read_text() if Path("/proc/net/tcp").exists() else ""
        places = {line.split()[1].split(":")[0] for line in listening.splitlines()[1:] if f":{port:04X} " in line}
        assert "00000000" not in places
    finally:
        server.terminate()
        server.wait(20)


def answers(port: int) -> bool:
    """Whether something listens on the port."""
    import socket

    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_without_the_extra_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name == "mcp" or name.startswith(("mcp.", "trade.mcp.server"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)
    done = CliRunner().invoke(app, ["mcp"], env={"LC_ALL": "C"})
    assert done.exit_code == 1
    assert "china-trade-dashboard[mcp]" in done.stderr


def test_missing_values_and_days_are_plain() -> None:
    import pandas as pd

    frame = pd.DataFrame({"day": [pd.Timestamp("2025-01-31")], "value": [float("nan")], "name": [None]})
    assert tools.records(frame) == [{"day": "2025-01-31", "value": None, "name": None}]
