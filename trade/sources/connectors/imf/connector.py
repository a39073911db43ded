"""The connector: one response per reporter, combined into a delivery."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from trade.errors import Message
from trade.sources.connectors import options as parse
from trade.sources.connectors.arrow_tables import table
from trade.sources.connectors.base import Job, Unusable
from trade.sources.connectors.http_client import Web, address
from trade.sources.connectors.imf import message
from trade.sources.connectors.imf.records import FLOWS, OWN_CODES, SOURCE, ImfAnswer, Row
from trade.sources.connectors.rate_limit import Pace
from trade.sources.delivery import Delivery, Refusal, Rows
from trade.sources.manifest import Source

ADDRESS = "https://api.imf.org/external/sdmx/2.1"
ACCEPT = "application/vnd.sdmx.structurespecificdata+xml;version=2.1, application/xml;q=0.9"
_NOTHING = (404,)
_LATELY = 3
"""Years before this one that are requested if the user names no period; the newest published one is used."""


class Imf:
    """Delivers `trade_flow`, as a separate dataset."""

    name = "imf_imts"
    options: Mapping[str, str] = {"reporter": "CHN", "freq": "A", "period": "", "flow": "export,import"}

    def __init__(self, pace: Pace | None = None, web: Web | None = None) -> None:
        self._pace, self._web = pace or Pace(1, 1.0), web or Web(SOURCE)

    def fetch(self, job: Job) -> Delivery:
        freq, flows = parse.freq(job.options["freq"]), parse.flows(job.options["flow"])
        reporters = parse.economies(job.options["reporter"], job.names)
        periods = parse.periods(job.options["period"], freq)
        rows, notes, refused, dated = list[Row](), list[Message](), list[Refusal](), ""
        for done, reporter in enumerate(reporters):
            job.reach(SOURCE, reporter, done, len(reporters))
            answer, day = self._checked_answer(job, reporter, freq, flows, periods)
            new_rows, new_notes = answer.rows(periods)
            if not new_rows:
                raise Unusable("imf.nothing", source=SOURCE, reporter=reporter, span=parse.span(periods))
            rows, notes, refused, dated = rows + new_rows, notes + new_notes, refused + answer.refused, max(dated, day)
        dated = dated or job.today
        constants: dict[str, str | int | float | bool] = {
            "freq": freq, "currency": "USD", "quality": "reported", "published": dated,
        }  # fmt: skip
        columns = ("reporter", "period", "flow", "partner", "value")
        flow_rows = Rows(
            "trade_flow", table(columns, rows), "one row per reporter, period, flow and partner: all goods", constants
        )
        return Delivery(self.name, _about(job, dated, rows), dated, [flow_rows], refused, notes)

    def _checked_answer(
        self, job: Job, reporter: str, freq: str, flows: list[str], periods: list[str]
    ) -> tuple[ImfAnswer, str]:
        """The response for a reporter, checked, and its day of publication."""
        page = f"{freq}-{reporter}-{'+'.join(flows)}.xml"
        span = periods or [str(int(job.today[:4]) - _LATELY), job.today[:4]]
        body = self._web.page(job, page, partial(self._answer, reporter, freq, flows, span), self._pace)
        answer = ImfAnswer(reporter, page, freq)
        if body:
            answer.take(message.observations(body, SOURCE, page), job.names)
        return answer, message.dated(body)

    def _answer(self, reporter: str, freq: str, flows: list[str], span: list[str]) -> bytes:
        import sdmx  # takes half a second to load

        client = sdmx.Client("IMF_DATA")
        client.source.url = address("IMF_URL", ADDRESS)
        imf_code = next((code for code, ours in OWN_CODES.items() if ours == reporter), reporter)
        request = client.get(
            "data",
            resource_id="IMF.STA,IMTS",
            key=f"{imf_code}.{'+'.join(FLOWS[flow] for flow in flows)}..{freq}",
            params={"startPeriod": _sdmx(span[0]), "endPeriod": _sdmx(span[-1])},
            dry_run=True,
        )
        return self._web.get(str(request.url), {"Accept": ACCEPT}, empty=_NOTHING, whole=message.check_whole)


def _sdmx(period: str) -> str:
    return period if len(period) == 4 else f"{period[:4]}-M{period[5:]}"


def _about(job: Job, dated: str, rows: list[Row]) -> Source:
    reporters = ", ".join(dict.fromkeys(row[0] for row in rows))
    coverage = f"{reporters}; {parse.span([row[1] for row in rows])}"
    return Source(
        producer="International Monetary Fund (IMF)",
        title="International Trade in Goods by partner country (IMTS)",
        citation=f"IMF, International Trade in Goods by partner country (IMF.STA:IMTS), {coverage}; read over SDMX",
        url="https://data.imf.org/en/datasets/IMF.STA:IMTS",
        published=dated,
        accessed=job.today,
        licence="IMF copyright and terms of use (https://www.imf.org/en/About/copyright-and-terms): attribution; check"
        " before redistribution",
        unit="US dollars",
        currency="USD",
        valuation="exports FOB, imports CIF",
        coverage=coverage,
        warnings=["reporter_lag", "cif_vs_fob", "reexports", "nominal"],
    )
