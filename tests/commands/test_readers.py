"""Readers who click while an update is put in service: no error, and every view is of the former or of the new store.

What a page draws depends on the store alone, so a view that mixed the two would be equal to neither.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.support.coroutines import run
from tests.support.servers import serving
from tests.support.small_facts import without_identities
from trade.paths import PROJECT
from trade.store import build_store

READERS = int(os.environ.get("TRADE_READERS", "6"))
"""Number of users who click at the same time; docs/updating.md says how to test with twenty."""
PAGES = ("growth", "destinations", "partner", "diversification")
WORDS = ("markdown", "heading", "text", "alert", "exception", "plotly_chart", "metric", "arrow_data_frame")


@dataclass(frozen=True)
class View:
    """What one run of a page drew: its errors, and a hash of its words, tables and figures."""

    page: str
    errors: tuple[str, ...]
    drawn: str


async def click(line: ClientConnection, base: str, page: str) -> View:
    """Request a page and read what it draws; if the server restarts the run, the last one counts."""
    message = BackMsg()
    message.rerun_script.page_name = page
    message.rerun_script.context_info.url = f"{base}/{page}"
    await line.send(message.SerializeToString())
    drawn, errors = hashlib.sha256(), list[str]()
    while True:
        received = ForwardMsg.FromString(await asyncio.wait_for(line.recv(decode=False), 120))
        kind = received.WhichOneof("type")
        if kind == "new_session":
            drawn, errors = hashlib.sha256(), []
        elif kind == "delta" and received.delta.WhichOneof("type") == "new_element":
            element = received.delta.new_element
            what = str(element.WhichOneof("type"))
            if what == "exception":
                errors.append(element.exception.message)
            if what in WORDS:
                drawn.update(getattr(element, what).SerializeToString(deterministic=True))
        elif kind == "script_finished" and received.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
            return View(page, tuple(errors), drawn.hexdigest())


async def visit(base: str, page: str, begun: asyncio.Barrier, over: asyncio.Event) -> list[View]:
    """Open a page again and again until the update is over, and once more, so that the update falls into a view."""
    address = f"ws://{base.removeprefix('http://')}/_stcore/stream"
    async with connect(
        address, subprotocols=["streamlit"], origin=base, max_size=None, ping_interval=None, proxy=None
    ) as line:  # type: ignore[list-item, arg-type]
        views = [await click(line, base, page)]
        await begun.wait()
        while not over.is_set():
            views.append(await click(line, base, page))
        return [*views, await click(line, base, page)]


async def read_while(base: str, work: list[str], env: dict[str, str]) -> tuple[int | None, list[list[View]]]:
    """Run the command `work` while users open pages; return its exit code and their views.

    It prints a line once its modules are loaded, and begins when it gets a line on standard input.
    """
    pipe = subprocess.PIPE
    done = await asyncio.create_subprocess_exec(*work, env=env, cwd=PROJECT, stdin=pipe, stdout=pipe)
    assert done.stdout
    await done.stdout.readline()
    begun, over = asyncio.Barrier(READERS + 1), asyncio.Event()
    readers = [asyncio.create_task(visit(base, PAGES[at % len(PAGES)], begun, over)) for at in range(READERS)]
    await begun.wait()
    await done.communicate(b"\n")
    over.set()
    return done.returncode, await asyncio.gather(*readers)


UPDATE = """
from tests.support.small_facts import FACTS, delivery, without_identities
from trade.ingest import apply

print("ready", flush=True)
input()
partners = [row | {"value_cny_10k": 2 * row["value_cny_10k"]} for row in FACTS["partner_trade"]]
totals = [row | {"printed": row["printed"] + "0"} for row in FACTS["released_figure"]]
tables = {"partner_trade": partners, "released_figure": totals}
with without_identities(), apply.session("a test") as folder:
    apply.apply([delivery("tiny", "2026-09-01", tables)], folder, accept_loss=True)
"""
"""New figures of partners and totals, put in service by a process of its own."""


def test_an_update_while_readers_click(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADE_CHANGES", "off")  # a server that may change data would put the bundled facts in service
    home = tmp_path / "home"
    with without_identities():
        build_store(data, home)
    env = os.environ | {"TRADE_HOME": str(home), "TRADE_DATA": str(data)}
    with serving(home) as base:
        status, visits = run(read_while(base, [sys.executable, "-c", UPDATE], env), 600)
    assert status == 0
    for views in visits:
        assert not [view for view in views if view.errors]
    for page in PAGES[:READERS]:
        mine = [views for views in visits if views[0].page == page]
        before, after = {views[0].drawn for views in mine}, {views[-1].drawn for views in mine}
        assert len(before) == len(after) == 1, "readers of one store see the same"
        assert before != after, "the new figures are seen at the next click"
        kinds = [[view.drawn in after for view in views] for views in mine]
        assert all(seen == sorted(seen) for seen in kinds), "once new, always new"
        assert {view.drawn for views in mine for view in views} == before | after, "no view is of both"
