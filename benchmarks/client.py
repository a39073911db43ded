"""A simulated user without a browser: opens a page over the websocket, changes a control, waits for the script's end.

To the server it behaves as Streamlit's browser code does: it sends the state of every widget back, caches large
messages and lists them, and follows the page's address. During a timed run it only parses short messages, to find the
one that ends the run; the others are parsed afterwards.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

SHORT = 200
"""Longest message in bytes that can end a run."""
CACHED_RUNS = 2
"""Number of runs for which the browser caches a large message that is not sent or referred to again."""
PATIENCE = 60.0
"""Seconds to wait for a run to end."""
_LISTS = ("button_group", "multiselect", "slider")
"""Kinds of controls whose value is a list, of one option or several."""
_ENDS = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


class Failed(Exception):
    """The page could not be opened, did not answer, or answered with an error."""


@dataclass(frozen=True)
class Run:
    """One run of a page. `errors` are those that the page showed."""

    seconds: float
    bytes: int
    messages: int
    errors: tuple[str, ...] = ()
    at: float = 0.0
    """When it ended, on the clock of `time.monotonic`."""


@dataclass
class Widget:
    """A control as the page last drew it: labels of its options, its value, and the fragment that it reruns."""

    id: str
    kind: str
    options: list[str] = field(default_factory=list)
    value: Any = None
    fragment: str = ""

    def chosen(self) -> list[str]:
        """The selected options."""
        return list(self.value or []) if self.kind in _LISTS else [self.value] if self.value is not None else []


class _Counting(ClientConnection):
    """A connection that counts the bytes that come over the wire, compressed or not."""

    received = 0

    def data_received(self, data: bytes) -> None:
        self.received += len(data)
        super().data_received(data)


class Reader:
    """One visit. Use as an async context: `async with Reader("http://127.0.0.1:8501", "growth") as reader`."""

    def __init__(self, base: str, page: str = "", query: str = "") -> None:
        self.base, self.page, self.query = base.rstrip("/"), page, query
        self.widgets: dict[str, Widget] = {}
        self.opened = Run(0.0, 0, 0)
        self._cached_hashes: dict[str, int] = {}
        self._runs = 0
        self._hash = ""
        self._socket: _Counting | None = None

    async def __aenter__(self) -> Reader:
        address = urlsplit(self.base)
        scheme = "wss" if address.scheme == "https" else "ws"
        try:
            self._socket = await connect(  # type: ignore[assignment]
                f"{scheme}://{address.netloc}{address.path}/_stcore/stream",
                subprotocols=["streamlit"],  # type: ignore[list-item]
                origin=self.base,  # type: ignore[arg-type]
                max_size=None,
                open_timeout=PATIENCE,
                proxy=None,
                create_connection=_Counting,
            )
            self.opened = await self._run("")
        except Failed:
            await self.__aexit__()
            raise
        except Exception as error:
            await self.__aexit__()
            raise Failed(f"{self.page}: {type(error).__name__} {error}") from error
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._socket is not None:
            await self._socket.close()
            self._socket = None

    def control(self, name: str) -> Widget:
        """The control with this key.

        Raises:
            Failed: the page has none.
        """
        for one in self.widgets.values():
            if one.id.split("-", 2)[-1] == name:
                return one
        raise Failed(f"{self.page}: no control {name}")

    async def choose(self, name: str, option: int) -> Run:
        """Choose an option of a control by its index (modulo their number) and wait for the page.

        Raises:
            Failed: the page did not answer.
        """
        widget = self.control(name)
        return await self.change(widget, option % len(widget.options))

    def changes(self) -> list[tuple[Widget, int]]:
        """All possible changes: each single-choice control with the index of each option not selected."""
        return [
            (widget, place)
            for widget in self.widgets.values()
            for place, words in enumerate(widget.options)
            if len(widget.chosen()) == 1 and words not in widget.chosen()
        ]

    def state_after(self, widget: Widget, option: int) -> frozenset[tuple[str, str]]:
        """The values of all controls after that change; changes that give the same values ask the server the same."""
        shown = {one.id: "\n".join(map(str, one.chosen())) for one in self.widgets.values()}
        return frozenset((shown | {widget.id: widget.options[option]}).items())

    async def change(self, widget: Widget, option: int) -> Run:
        """Choose an option of a control and wait for the page.

        Raises:
            Failed: the page did not answer.
        """
        words = widget.options[option]
        widget.value = [words] if widget.kind in _LISTS else words
        return await self._run(widget.fragment)

    async def _run(self, fragment: str) -> Run:
        """Ask for a run and wait for its end. If the server restarts the run, the end of the second one counts."""
        if self._socket is None:
            raise Failed(f"{self.page}: not open")
        request = self._rerun_request(fragment).SerializeToString()
        received: list[bytes] = []
        before = self._socket.received
        started = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE):
                await self._socket.send(request)
                while True:
                    raw = await self._socket.recv(decode=False)
                    received.append(raw)
                    if len(raw) < SHORT and _ends(raw):
                        break
        except Exception as error:
            raise Failed(f"{self.page}: {type(error).__name__} {error}") from error
        seconds = time.perf_counter() - started
        errors, sent = tuple(self._read(received, fragment)), self._socket.received - before
        return Run(seconds, sent, len(received), errors, time.monotonic())

    def _rerun_request(self, fragment: str) -> BackMsg:
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_script_hash, state.fragment_id = self.query, self._hash, fragment
        state.page_name = "" if self._hash else self.page
        state.cached_message_hashes.extend(self._cached_hashes)
        state.widget_states.widgets.extend(map(_state, self.widgets.values()))
        about = state.context_info
        about.timezone, about.locale, about.color_scheme = "UTC", "en-GB", "light"
        about.url = f"{self.base}/{self.page}"
        return message

    def _read(self, received: list[bytes], fragment: str) -> list[str]:
        """Update the state of the page from the messages of a run; return the errors that it showed."""
        drawn: dict[str, Widget] = {}
        errors: list[str] = []
        for raw in received:
            message = ForwardMsg.FromString(raw)
            kind = message.WhichOneof("type")
            if kind == "ref_hash":
                self._cached_hashes[message.ref_hash] = self._runs
            elif kind == "new_session":
                self._hash = message.new_session.page_script_hash
                drawn, errors = {}, []
            elif kind == "navigation":
                self._hash = message.navigation.page_script_hash
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "delta":
                self._see(message, drawn, errors)
                if message.metadata.cacheable:
                    self._cached_hashes[message.hash] = self._runs
        self.widgets = (self.widgets if fragment else {}) | drawn
        self._runs += 1
        self._cached_hashes = {
            known: seen for known, seen in self._cached_hashes.items() if seen > self._runs - 1 - CACHED_RUNS
        }
        return errors

    def _see(self, message: ForwardMsg, drawn: dict[str, Widget], errors: list[str]) -> None:
        if message.delta.WhichOneof("type") != "new_element":
            return
        element = message.delta.new_element
        kind = str(element.WhichOneof("type"))
        shown = getattr(element, kind)
        if kind == "exception" or (kind == "alert" and shown.format == shown.Format.ERROR):
            errors.append(str(getattr(shown, "message", "") or getattr(shown, "body", "")))
        make = _WIDGETS.get(kind)
        if make:
            options, value = make(shown)
            former = self.widgets.get(shown.id)
            current = value if former is None or shown.set_value else former.value
            drawn[shown.id] = Widget(shown.id, kind, options, current, message.delta.fragment_id)


def _ends(raw: bytes) -> bool:
    message = ForwardMsg.FromString(raw)
    return message.WhichOneof("type") == "script_finished" and message.script_finished in _ENDS


def _state(widget: Widget) -> WidgetState:
    state = WidgetState(id=widget.id)
    if widget.kind in _LISTS:
        state.string_array_value.data.extend(widget.value or [])
    elif widget.kind == "number_input":
        if widget.value is not None:
            state.double_value = widget.value
    elif widget.kind == "checkbox":
        state.bool_value = bool(widget.value)
    elif widget.value is not None:
        state.string_value = widget.value
    return state


def _selectbox(shown: Any) -> tuple[list[str], Any]:
    options = list(shown.options)
    first = options[shown.default] if options and shown.HasField("default") else None
    return options, shown.raw_value if shown.set_value else first


def _group(shown: Any) -> tuple[list[str], Any]:
    options = [one.content for one in shown.options]
    return options, list(shown.raw_values) if shown.set_value else [options[at] for at in shown.default]


def _several(shown: Any) -> tuple[list[str], Any]:
    options = list(shown.options)
    return options, list(shown.raw_values) if shown.set_value else [options[at] for at in shown.default]


def _slider(shown: Any) -> tuple[list[str], Any]:
    options = list(shown.options)
    return options, list(shown.raw_value) if shown.set_value else [options[int(at)] for at in shown.default]


def _number(shown: Any) -> tuple[list[str], Any]:
    known = shown.value if shown.set_value else shown.default if shown.HasField("default") else None
    return [], known


def _text(shown: Any) -> tuple[list[str], Any]:
    return [], shown.value if shown.set_value else shown.default


def _switch(shown: Any) -> tuple[list[str], Any]:
    return [], shown.value if shown.set_value else shown.default


_WIDGETS = {
    "selectbox": _selectbox,
    "button_group": _group,
    "multiselect": _several,
    "slider": _slider,
    "number_input": _number,
    "text_input": _text,
    "checkbox": _switch,
}
"""For each kind of control a function that reads its options and its value from the server's message."""
