"""A new server may be opened at any page first. A browser test does the same for one page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from tests.support.forked_servers import forked_servers
from trade.text import formats
from trade.ui.core import navigation

Start = Callable[[], AbstractContextManager[str]]


@pytest.fixture(scope="module")
def start(real_home: Path) -> Iterator[Start]:
    with forked_servers(real_home) as start:
        yield start


def drawn(base: str, page: str, query: str) -> list[ForwardMsg]:
    """All messages that the server sends to a browser that opens the link, until the last run ends."""
    request, messages = BackMsg(), list[ForwardMsg]()
    request.rerun_script.page_name, request.rerun_script.query_string = page, query
    request.rerun_script.context_info.url = f"{base}/{page}?{query}"
    address = f"{base.replace('http', 'ws')}/_stcore/stream"
    with connect(address, subprotocols=["streamlit"], origin=base, max_size=None, proxy=None) as line:  # type: ignore[list-item, arg-type]
        line.send(request.SerializeToString())
        while not messages or not _ended_well(messages[-1]):
            messages.append(ForwardMsg.FromString(line.recv(timeout=60, decode=False)))
    return messages


def _ended_well(message: ForwardMsg) -> bool:
    finished = message.WhichOneof("type") == "script_finished"
    return finished and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY


@pytest.mark.parametrize("path", [page.name for page in navigation.PAGES])
def test_the_first_visit_may_be_any_deep_link(start: Start, path: str) -> None:
    with start() as base:
        messages = drawn(base, path, "currency=USD")
    menus = [one.navigation for one in messages if one.WhichOneof("type") == "navigation"]
    assert menus, "the page was drawn without its frame"
    assert len(menus[-1].app_pages) == len(navigation.PAGES)
    elements = [one.delta.new_element for one in messages if one.delta.WhichOneof("type") == "new_element"]
    assert [one.heading.body for one in elements if one.heading.tag == "h1"] == [formats.say(f"pages.{path}.title")]
    assert not [one for one in elements if one.WhichOneof("type") == "exception"]
    assert not [one for one in elements if one.alert.format in (one.alert.ERROR, one.alert.WARNING)]
    addresses = [
        one.page_info_changed.query_string for one in messages if one.WhichOneof("type") == "page_info_changed"
    ]
    assert all("currency=USD" in address for address in addresses)
