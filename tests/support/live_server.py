"""The interfaces of UN Comtrade, the IMF and the World Bank on a local port, in their documented formats.

Figures are small and a test may change them. Each fault is used up by the first request whose path it fits:

    with served() as server:
        server.fault(429, {"statusCode": 429, "message": "Rate limit is exceeded. Try again in 1 seconds."})
        server.fault(200, cut=0.5)          # promises the whole body and sends half of it
        server.requests                     # every request received: path, fields, headers
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

KEY = "0123456789abcdef0123456789abcdef"
Figures = dict[tuple[str, str], dict[int, float]]
"""Period and flow: dollars by the partner's number in UN Comtrade; the world is 0."""

PARTNERS = {842: ("USA", "USA"), 484: ("MEX", "Mexico"), 276: ("DEU", "Germany"), 490: ("S19", "Other Asia, nes"), 899: ("_X ", "Areas, nes")}  # fmt: skip
EXPORTS, IMPORTS = {842: 50e9, 484: 40e9, 276: 30e9, 490: 20e9, 899: 1e9}, {842: 10e9, 276: 40e9, 490: 30e9}
PRODUCTS = {"01": 0.25, "85": 0.5, "99": 0.25}
"""Share of each chapter; a heading is the chapter and 01, a subheading that and 10."""


def _world(values: dict[int, float]) -> dict[int, float]:
    return {0: sum(values.values())} | values


def _years(*years: str) -> Figures:
    flows = {"X": EXPORTS, "M": IMPORTS}
    return {(year, flow): _world(values) for year in years for flow, values in flows.items()}


@dataclass
class Fault:
    """Replaces the answer to the next request whose path contains `where`: `delay` seconds late, with only the share
    `cut` of its body."""

    status: int
    body: bytes | None
    headers: Mapping[str, str]
    where: str
    cut: float
    delay: float


@dataclass
class Request:
    path: str
    fields: dict[str, str]
    headers: dict[str, str]


@dataclass
class Server:
    """The data of the interfaces, the faults to come, and the requests received."""

    url: str = ""
    figures: Figures = field(default_factory=lambda: _years("2023", "2024") | _years("202501", "202502"))
    released: dict[str, str] = field(
        default_factory=lambda: {
            "2023": "2025-02-10",
            "2024": "2026-03-05",
            "202501": "2026-04-01",
            "202502": "2026-04-02",
        }
    )
    titles: dict[str, str] = field(default_factory=dict)
    """Titles of indicators that are not the usual one."""
    indicators: dict[str, dict[tuple[str, str], float | None]] = field(default_factory=lambda: {
        "SP.POP.TOTL": {("CHN", "2023"): 1410710000, ("CHN", "2024"): 1408975000, ("USA", "2024"): 340110988, ("MEX", "2024"): None, ("EUU", "2024"): 449000000},
    })  # fmt: skip
    open_limit: int = 500
    key_limit: int = 100_000
    faults: list[Fault] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    without: str = ""
    """A field to leave out of records and series, as if the interface had changed."""

    def fault(
        self, status: int, body: object = None, where: str = "", cut: float = 1.0, delay: float = 0.0, times: int = 1,
        **headers: str,
    ) -> None:  # fmt: skip
        """Replace the next `times` answers whose path contains `where`; with `body` None only the rest is changed.

        Other keywords are headers: `Retry_After="7"`.
        """
        raw = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.faults += [Fault(status, raw, named, where, cut, delay)] * times

    def answer(self, path: str, fields: dict[str, str], headers: dict[str, str]) -> tuple[int, bytes]:
        """Status and body of a request without a fault."""
        parts = [unquote(part) for part in path.split("/") if part]
        if parts[:1] in (["public"], ["data"]) and parts[1:2] == ["v1"]:
            return _comtrade(self, parts, fields, headers)
        if parts[:1] == ["imf"]:
            return _imf(self, parts, fields)
        if parts[:3] == ["wb", "v2", "en"]:
            return _world_bank(self, parts[-1], fields)
        return 404, b'{"statusCode": 404, "message": "Resource not found"}'


# --- UN Comtrade


def _comtrade(server: Server, parts: list[str], fields: dict[str, str], headers: dict[str, str]) -> tuple[int, bytes]:
    with_key = parts[0] == "data"
    key = headers.get("ocp-apim-subscription-key", fields.get("subscription-key", ""))
    if with_key and key != KEY:
        reason = "invalid subscription key. Make sure to provide a valid key for an active subscription."
        return 401, json.dumps({"statusCode": 401, "message": f"Access denied due to {reason}"}).encode()
    freq = parts[4]
    if parts[2] == "getDa":
        records = _availability(server, freq, fields)
    else:
        limit = server.key_limit if with_key else server.open_limit
        records = _records(server, freq, fields)[: min(limit, int(fields.get("maxRecords", limit)))]
    content = {"elapsedTime": "0.09 secs", "count": len(records), "data": records, "error": ""}
    return 200, json.dumps(content).encode()


def _availability(server: Server, freq: str, fields: dict[str, str]) -> list[dict[str, Any]]:
    periods = [one for one in server.released if len(one) == (4 if freq == "A" else 6)]
    return [
        {
            "datasetCode": int(f"2{fields['reportercode']}{period}"), "typeCode": "C", "freqCode": freq, "period": int(period),
            "reporterCode": int(fields["reportercode"]), "reporterISO": "CHN", "reporterDesc": "China",
            "classificationCode": "H6", "classificationSearchCode": "HS", "isOriginalClassification": True,
            "isExtendedFlowCode": False, "isExtendedPartnerCode": False, "isExtendedPartner2Code": False,
            "isExtendedCmdCode": False, "isExtendedCustomsCode": False, "isExtendedMotCode": False,
            "totalRecords": 1000, "datasetChecksum": -1234567, "firstReleased": "2025-01-30T15:41:12.2033333",
            "lastReleased": f"{server.released[period]}T08:02:11.1566667",
        }
        for period in periods if fields["reportercode"] == "156"
    ]  # fmt: skip


def _records(server: Server, freq: str, fields: dict[str, str]) -> list[dict[str, Any]]:
    flow, period, level = fields["flowCode"], fields["period"], fields["cmdCode"]
    values = server.figures.get((period, flow), {}) if fields["reportercode"] == "156" else {}
    partner_codes = fields.get("partnerCode")
    partners = [one for one in values if partner_codes is None or str(one) in partner_codes.split(",")]
    ends = {"AG2": "", "AG4": "01", "AG6": "0110"}
    goods = {"TOTAL": 1.0} if level == "TOTAL" else {code + ends[level]: share for code, share in PRODUCTS.items()}
    return [
        {
            name: value
            for name, value in _record(
                freq, period, flow, partner, code, values[partner] if level == "TOTAL" else values[partner] * share
            ).items()
            if name != server.without
        }
        for partner in partners
        for code, share in goods.items()
    ]


def _record(freq: str, period: str, flow: str, partner: int, code: str, value: float) -> dict[str, Any]:
    iso, name = PARTNERS.get(partner, ("W00", "World")) if partner != 12345 else ("", "Atlantis")
    total, month = code == "TOTAL", int(period[4:]) if freq == "M" else 52
    return {
        "typeCode": "C", "freqCode": freq, "refPeriodId": int(f"{period[:4]}{month if freq == 'M' else 1:02d}01"), "refYear": int(period[:4]), "refMonth": month,
        "period": period, "reporterCode": 156, "reporterISO": "CHN", "reporterDesc": "China", "flowCode": flow,
        "flowDesc": {"X": "Export", "M": "Import"}[flow], "partnerCode": partner, "partnerISO": iso, "partnerDesc": name,
        "partner2Code": 0, "partner2ISO": "W00", "partner2Desc": "World", "classificationCode": "H6",
        "classificationSearchCode": "HS", "isOriginalClassification": True, "cmdCode": code,
        "cmdDesc": "All Commodities" if total else f"Goods of {code}", "aggrLevel": 0 if total else len(code), "isLeaf": False,
        "customsCode": "C00", "customsDesc": "TOTAL CPC", "mosCode": "0", "motCode": 0, "motDesc": "TOTAL MOT", "qtyUnitCode": -1,
        "qtyUnitAbbr": "N/A", "qty": 0, "isQtyEstimated": False, "altQtyUnitCode": -1, "altQtyUnitAbbr": "N/A",
        "altQty": 0, "isAltQtyEstimated": False, "netWgt": 0, "isNetWgtEstimated": False, "grossWgt": 0,
        "isGrossWgtEstimated": False, "cifvalue": value if flow == "M" else None, "fobvalue": value if flow == "X" else None,
        "primaryValue": value, "legacyEstimationFlag": 0, "isReported": False, "isAggregate": True,
    }  # fmt: skip


# --- IMF: SDMX 2.1, structure-specific

_SDMX = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
_FLOW = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=IMF.STA:IMTS(1.0.0):ObsLevelDim:TIME_PERIOD"
_IMF_CODES = {0: "G001", 842: "USA", 484: "MEX", 276: "DEU", 490: "TWN", 899: "TX899", 12345: "ATL"}


def _imf(server: Server, parts: list[str], fields: dict[str, str]) -> tuple[int, bytes]:
    reporter, indicators, _, freq = parts[-1].split(".")
    series = []
    for indicator in indicators.split("+"):
        flow = {"XG_FOB_USD": "X", "MG_CIF_USD": "M"}[indicator]
        for number, code in _IMF_CODES.items():
            observations = _observations(server, flow, number, freq, fields)
            if observations and reporter == "CHN":
                about = f'COUNTRY="{reporter}" INDICATOR="{indicator}" COUNTERPART_COUNTRY="{code}" FREQUENCY="{freq}" SCALE="6" UNIT="USD"'
                series.append(
                    f"<Series {about.replace(server.without, 'ELSE') if server.without else about}>{observations}</Series>"
                )
    group = (
        f'<Group xsi:type="ns1:GROUP_INDICATOR" INDICATOR="{indicators.split("+")[0]}" SERIES_NAME="Exports of goods"/>'
    )
    return 200, _message("".join([group, *series])).encode()


def _observations(server: Server, flow: str, number: int, freq: str, fields: dict[str, str]) -> str:
    first, last = fields["startPeriod"].replace("-M", ""), fields["endPeriod"].replace("-M", "")
    observations = ""
    for (period, one), values in server.figures.items():
        inside = first <= period[: len(first)] and period[: len(last)] <= last
        if one == flow and number in values and inside and len(period) == (4 if freq == "A" else 6):
            when = period if freq == "A" else f"{period[:4]}-M{period[4:]}"
            observations += f'<Obs TIME_PERIOD="{when}" OBS_VALUE="{values[number]:.1f}" DERIVATION_TYPE="O"/>'
    return observations


def _message(dataset: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><message:StructureSpecificData xmlns:ss="{_SDMX}/data/structurespecific"'
        f' xmlns:footer="{_SDMX}/message/footer" xmlns:ns1="{_FLOW}" xmlns:message="{_SDMX}/message"'
        f' xmlns:common="{_SDMX}/common" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><message:Header>'
        '<message:ID>IREF000001</message:ID><message:Test>false</message:Test><message:Prepared>2026-04-07T10:11:12'
        '</message:Prepared><message:Sender id="IMF"/><message:Structure structureID="IMF.STA_IMTS_1.0.0"'
        f' namespace="{_FLOW}" dimensionAtObservation="TIME_PERIOD"><common:StructureUsage><Ref agencyID="IMF.STA"'
        ' id="IMTS" version="1.0.0"/></common:StructureUsage></message:Structure></message:Header><message:DataSet'
        ' ss:structureRef="IMF.STA_IMTS_1.0.0" xsi:type="ns1:DataSetType" ss:dataScope="DataStructure" action="Replace"'
        f' UPDATE_DATE="2026-03-27T13:00:00Z">{dataset}</message:DataSet></message:StructureSpecificData>'
    )  # fmt: skip


# --- World Bank


def _world_bank(server: Server, code: str, fields: dict[str, str]) -> tuple[int, bytes]:
    if code not in server.indicators:
        content = {"id": "120", "key": "Invalid value", "value": "The provided parameter value is not valid"}
        return 200, json.dumps([{"message": [content]}]).encode()
    first, _, last = fields.get("date", "1960:2100").partition(":")
    every = [
        {
            "indicator": {"id": code, "value": server.titles.get(code, "Population, total")}, "country": {"id": place[:2], "value": place},
            "countryiso3code": place, "date": year, "value": value, "unit": "", "obs_status": "", "decimal": 0,
        }
        for (place, year), value in server.indicators[code].items() if first <= year <= (last or first)
    ]  # fmt: skip
    size, page = int(fields["per_page"]), int(fields["page"])
    head = {
        "page": page,
        "pages": -(-len(every) // size),
        "per_page": size,
        "total": len(every),
        "sourceid": "2",
        "lastupdated": "2026-02-25",
    }
    records = [
        {name: content for name, content in one.items() if name != server.without}
        for one in every[(page - 1) * size : page * size]
    ]
    return 200, json.dumps([head, records or None]).encode()


# --- the port


class _Handler(BaseHTTPRequestHandler):
    server_version, protocol_version = "Kestrel", "HTTP/1.1"
    fake_server: Server

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        fields, headers = dict(parse_qsl(parts.query)), {name.lower(): value for name, value in self.headers.items()}
        self.fake_server.requests.append(Request(parts.path, fields, headers))
        fault = next((one for one in self.fake_server.faults if one.where in self.path), None)
        status, body = self.fake_server.answer(parts.path, fields, headers)
        cut, more = 1.0, dict[str, str]()
        if fault is not None:
            self.fake_server.faults.remove(fault)
            time.sleep(fault.delay)
            status, cut, more = fault.status, fault.cut, dict(fault.headers)
            body = body if fault.body is None else fault.body
        with suppress(OSError):  # who asked may be gone
            self._send(status, body, cut, more)

    def _send(self, status: int, body: bytes, cut: float, more: Mapping[str, str]) -> None:
        self.send_response(status)
        headers = {"Content-Type": "application/json", "Content-Length": str(len(body)), "Connection": "close"}
        for name, value in (headers | dict(more)).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[: int(len(body) * cut)])

    def log_message(self, *_: object) -> None:
        """Log nothing."""


@contextmanager
def served() -> Iterator[Server]:
    """The interfaces, until the block ends."""
    server = Server()
    handler = type("Handler", (_Handler,), {"fake_server": server})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        server.url = f"http://127.0.0.1:{http.server_port}"
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()


def addresses(server: Server) -> dict[str, str]:
    """The environment that leads the connectors to the server."""
    return {"COMTRADE_URL": server.url, "IMF_URL": f"{server.url}/imf", "WORLDBANK_URL": f"{server.url}/wb/v2"}
