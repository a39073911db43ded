"""`comtradeapicall` with our HTTP in place of its own, which prints errors, drops their status and puts the key into
the address. It says what to ask; the body of the answer comes back as it was sent."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit

import urllib3

from trade.sources.connectors.comtrade.codes import FLOWS, LEVELS
from trade.sources.connectors.http_client import Web, a_json, address

ADDRESS = "https://comtradeapi.un.org"
OPEN_LIMIT, KEY_LIMIT = 500, 100_000
"""Records of an answer without and with a key."""
_STAND_IN = "key-of-the-environment"
"""What the client is given as key: it only has to know that there is one."""
_NOTHING = b'{"count": 0, "data": []}'
"""What the client is given as answer: the table that it would make of the true one is not needed."""


class Client:
    """Asks for records and for what is published, with the key or, if it is empty, without."""

    def __init__(self, web: Web, key: str) -> None:
        self._web, self.key = web, key

    @property
    def limit(self) -> int:
        return KEY_LIMIT if self.key else OPEN_LIMIT

    def published(self, freq: str, reporter: int) -> bytes:
        """What a reporter has published, one record per period and edition of the HS."""
        from comtradeapicall import DataAvailability

        what = ("C", freq, "HS", None, str(reporter))
        if self.key:
            return self._through(DataAvailability, partial(DataAvailability.getFinalDataAvailability, _STAND_IN, *what))
        return self._through(DataAvailability, partial(DataAvailability._getFinalDataAvailability, *what))

    def records(
        self, freq: str, period: str, reporter: int, level: str, flow: str, partners: Sequence[int] | None
    ) -> bytes:
        """What a reporter says of a period and flow, for all partners (None) or those numbered."""
        from comtradeapicall import PreviewGet

        asked = ",".join(map(str, partners)) if partners else None
        what = ("C", freq, "HS", period.replace("-", ""), str(reporter), LEVELS[level][0], FLOWS[flow], asked)
        whole = ("0", "C00", "0")
        rest: dict[str, Any] = {
            "maxRecords": self.limit, "format_output": "JSON", "breakdownMode": "classic", "includeDesc": True,
        }  # fmt: skip
        if self.key:
            return self._through(PreviewGet, partial(PreviewGet.getFinalData, _STAND_IN, *what, *whole, **rest))
        return self._through(PreviewGet, partial(PreviewGet.previewFinalData, *what, *whole, **rest))

    def _through(self, client: Any, ask: Callable[[], object]) -> bytes:
        line = _Line(self._web, self.key)
        own, client.urllib3 = client.urllib3, line
        try:
            ask()
        finally:
            client.urllib3 = own
        return line.answer


class _Line:
    """What the client takes for the module `urllib3`."""

    exceptions = urllib3.exceptions

    def __init__(self, web: Web, key: str) -> None:
        self._web, self._key, self.answer = web, key, b""

    def PoolManager(self) -> _Line:  # noqa: N802 - named by the client
        return self

    def request(self, _method: str, url: str, fields: Mapping[str, Any], **_: Any) -> _Answer:
        asked = urlencode({name: value for name, value in fields.items() if name != "subscription-key"})
        headers = {"Accept": "application/json"} | ({"Ocp-Apim-Subscription-Key": self._key} if self._key else {})
        place = f"{address('COMTRADE_URL', ADDRESS)}{urlsplit(url).path}?{asked}"
        self.answer = self._web.get(place, headers, secret=self._key, whole=_whole)
        return _Answer()


@dataclass(frozen=True)
class _Answer:
    data: bytes = _NOTHING
    status: int = 200


def _whole(body: bytes) -> None:
    """Raises ValueError for an answer that is not one of records; a sentence in its place is a refusal."""
    told = a_json(body)
    if not isinstance(told, dict) or not isinstance(told.get("data"), list):
        raise ValueError("no list of records")
    if told.get("error"):
        raise ValueError(str(told["error"]))
    records, count = told["data"], told.get("count")
    if not all(isinstance(one, dict) for one in records):
        raise ValueError("records without fields")
    if isinstance(count, int) and count > len(records) and len(records) not in (OPEN_LIMIT, KEY_LIMIT):
        raise ValueError(f"{len(records)} of {count} records")


def records_of(body: bytes) -> list[dict[str, Any]]:
    """The records of an answer."""
    return list(json.loads(body)["data"])
