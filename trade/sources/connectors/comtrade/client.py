"""The two requests to UN Comtrade: what a reporter has published, and its records."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from trade.sources.connectors.comtrade.codes import FLOWS, LEVELS
from trade.sources.connectors.http_client import NotWhole, Web, a_json, address

ADDRESS = "https://comtradeapi.un.org"
OPEN_LIMIT, KEY_LIMIT = 500, 100_000
"""Most records of a response without and with a key."""


class Client:
    """Requests records and lists of published periods, with a key or, if it is empty, without."""

    def __init__(self, web: Web, key: str) -> None:
        self._web, self.key = web, key

    @property
    def limit(self) -> int:
        return KEY_LIMIT if self.key else OPEN_LIMIT

    def published(self, freq: str, reporter: int) -> bytes:
        """What a reporter has published, one record per period and edition of the HS."""
        return self._get(f"getDa/C/{freq}/HS", {"reportercode": reporter})

    def records(
        self, freq: str, period: str, reporter: int, level: str, flow: str, partners: Sequence[int] | None
    ) -> bytes:
        """The records of a reporter for a period and flow, with all partners (None) or those given by number."""
        fields: dict[str, Any] = {
            "reportercode": reporter,
            "flowCode": FLOWS[flow],
            "period": period.replace("-", ""),
            "cmdCode": LEVELS[level][0],
            # Only totals over second partners, modes of transport and customs procedures.
            "partner2Code": "0",
            "motCode": "0",
            "customsCode": "C00",
            "maxRecords": self.limit,
            "format": "JSON",
            "breakdownMode": "classic",
            "includeDesc": True,
        }
        if partners:
            fields["partnerCode"] = ",".join(map(str, partners))
        return self._get(f"{'get' if self.key else 'preview'}/C/{freq}/HS", fields)

    def _get(self, path: str, fields: Mapping[str, Any]) -> bytes:
        headers = {"Accept": "application/json"} | ({"Ocp-Apim-Subscription-Key": self.key} if self.key else {})
        access = "data" if self.key else "public"
        url = f"{address('COMTRADE_URL', ADDRESS)}/{access}/v1/{path}?{urlencode(fields)}"
        return self._web.get(url, headers, secret=self.key, whole=_whole)


def _whole(body: bytes) -> None:
    """Raise NotWhole if the response is not a list of records, ValueError if it contains an error message."""
    answer = a_json(body)
    if not isinstance(answer, dict) or not isinstance(answer.get("data"), list):
        raise NotWhole("http.no_list")
    if answer.get("error"):
        raise ValueError(str(answer["error"]))
    records, count = answer["data"], answer.get("count")
    if not all(isinstance(record, dict) for record in records):
        raise NotWhole("http.no_fields")
    if isinstance(count, int) and count > len(records) and len(records) not in (OPEN_LIMIT, KEY_LIMIT):
        raise NotWhole("http.records", count=len(records), all=count)


def records_of(body: bytes) -> list[dict[str, Any]]:
    """The records of a response."""
    return list(json.loads(body)["data"])
