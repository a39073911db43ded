"""China's series in the World Development Indicators: UNCTAD's indices of trade, and services and investment.

They replace the bundled copies of the same series, over the API that `world_bank` uses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from trade.sources.connectors import options as parse
from trade.sources.connectors.arrow_tables import table
from trade.sources.connectors.base import Job, Unusable
from trade.sources.connectors.http_client import Web
from trade.sources.connectors.rate_limit import Pace
from trade.sources.connectors.worldbank import PER_PAGE, SeriesAnswer, WorldBank
from trade.sources.delivery import Delivery, Refusal, Rows
from trade.sources.manifest import Source

CHINA = "CHN"
INDICES = {
    "TX.QTY.MRCH.XD.WD": ("volume", "export"),
    "TM.QTY.MRCH.XD.WD": ("volume", "import"),
    "TX.UVI.MRCH.XD.WD": ("unit value", "export"),
    "TM.UVI.MRCH.XD.WD": ("unit value", "import"),
    "TT.PRI.MRCH.XD.WD": ("terms of trade", "total"),
}
SERVICES = {"export": "BX.GSR.NFSV.CD", "import": "BM.GSR.NFSV.CD"}
AMOUNTS = {
    "BX.GSR.CCIS.CD": ("export", "Information and communication technology services"),
    "BX.GSR.ROYL.CD": ("export", "Charges for the use of intellectual property"),
    "BM.GSR.ROYL.CD": ("import", "Charges for the use of intellectual property"),
}
SHARES = {
    "TRVL": "Travel",
    "TRAN": "Transport",
    "INSF": "Insurance and financial services",
    "CMCP": "Communications, computer and other business services",
}
"""Categories of services, which the source publishes as shares of the total."""
SHARE_CODES = {"export": "BX.GSR.{0}.ZS", "import": "BM.GSR.{0}.ZS"}
INVESTMENT = {"BX.KLT.DINV.CD.WD": "inflow", "BM.KLT.DINV.CD.WD": "outflow"}
SHARE_NOTE = "the share that the source prints, times the total"
MILLION = 1e6
_BASE = re.compile(r"((?:19|20)\d\d)\s*=\s*100")
Years = dict[int, float]


class _OfChina:
    """Fetches indicators and selects China's values."""

    def __init__(self, pace: Pace | None = None, web: Web | None = None, per_page: int = PER_PAGE) -> None:
        self._bank = WorldBank(pace, web, per_page)
        self._series: list[SeriesAnswer] = []

    def _years(self, job: Job, code: str, years: list[str]) -> Years:
        """China's values of an indicator by year.

        Raises:
            UpdateFailed: they cannot be fetched, or there are none.
        """
        series = self._bank.series(job, code, years)
        self._series.append(series)
        values = {year: value for _, economy, year, value in series.rows if economy == CHINA}
        if not values:
            raise Unusable("world_bank.no_values_of_china", code=code)
        return values

    def _day(self, job: Job) -> str:
        return max((series.dated for series in self._series), default="") or job.today

    def _refused(self) -> list[Refusal]:
        return [refusal for series in self._series for refusal in series.refused]


class UnctadIndices(_OfChina):
    """Volume, unit value and terms of trade of China's goods trade by year, as `trade_index`."""

    name = "unctad_indices"
    options: Mapping[str, str] = {"period": ""}

    def fetch(self, job: Job) -> Delivery:
        self._series, rows, bases = [], [], set[str]()
        years = parse.periods(job.options["period"], "A")
        for done, (code, (aspect, flow)) in enumerate(INDICES.items()):
            job.reach("UNCTAD", code, done, len(INDICES))
            values = self._years(job, code, years)
            bases |= set(_BASE.findall(self._series[-1].title))
            rows += [(aspect, CHINA, flow, str(year), code, value) for year, value in sorted(values.items())]
        if len(bases) != 1:
            raise Unusable("world_bank.no_base_year")
        names = ("aspect", "area", "flow", "period", "series", "index_value")
        constants: dict[str, str | int | float | bool] = {"freq": "A", "base_year": int(bases.pop()), "adjusted": False}
        index = Rows("trade_index", table(names, rows), "one row per aspect, flow and year", constants)
        about = _about(job, self._day(job), "UNCTAD, in the World Development Indicators of the World Bank",
                       "Volume, unit value and terms of trade of the merchandise trade of China", "index")  # fmt: skip
        return Delivery(self.name, about, self._day(job), [index], self._refused())


class WorldBankServices(_OfChina):
    """China's services by category and direct investment in the balance of payments, as `released_figure`."""

    name = "world_bank_services"
    options: Mapping[str, str] = {"period": ""}

    def fetch(self, job: Job) -> Delivery:
        self._series = []
        years = parse.periods(job.options["period"], "A")
        services = self._services(job, years)
        invested = [
            (str(year), flow, "Foreign direct investment, net", _millions(value), False, None)
            for code, flow in INVESTMENT.items()
            for year, value in sorted(self._years(job, code, years).items())
        ]
        day = self._day(job)
        constants: dict[str, str | int | float | bool] = {
            "freq": "A", "unit": "mn", "currency": "USD", "authority": 3, "published": day, "seq": 1,
            "source_title": "World Development Indicators, China", "source_url": "https://data.worldbank.org/country/china",
        }  # fmt: skip
        names = ("period", "flow", "item", "printed", "derived", "note")
        kinds = (("services", services, "balance of payments"), ("investment", invested, "all"))
        tables = [
            Rows("released_figure", table(names, rows), f"one row per year and item of {topic}",
                 constants | {"topic": topic, "sub_item": sub_item})
            for topic, rows, sub_item in kinds
        ]  # fmt: skip
        about = _about(job, day, "World Bank, World Development Indicators, from IMF balance of payments statistics",
                       "China's trade in services and foreign direct investment in the balance of payments",
                       "million US dollars")  # fmt: skip
        return Delivery(self.name, about, day, tables, self._refused())

    def _services(self, job: Job, years: list[str]) -> list[tuple[str, str, str, str, bool, str | None]]:
        """Totals and amounts as published, and each category as its published share times the total."""
        rows: list[tuple[str, str, str, str, bool, str | None]] = []
        for flow, code in SERVICES.items():
            totals = self._years(job, code, years)
            rows += [
                (str(year), flow, "Services", _millions(value), False, None) for year, value in sorted(totals.items())
            ]
            for short, item in SHARES.items():
                shares = self._years(job, SHARE_CODES[flow].format(short), years)
                rows += [
                    (str(year), flow, item, _millions(totals[year] * share / 100), True, SHARE_NOTE)
                    for year, share in sorted(shares.items())
                    if year in totals
                ]
        for code, (flow, item) in AMOUNTS.items():
            values = self._years(job, code, years)
            rows += [(str(year), flow, item, _millions(value), False, None) for year, value in sorted(values.items())]
        return rows


def _millions(value: float) -> str:
    """Dollars as millions with three decimals, as a page would print them."""
    return f"{value / MILLION:.3f}".rstrip("0").rstrip(".")


def _about(job: Job, dated: str, producer: str, title: str, unit: str) -> Source:
    return Source(
        producer=producer,
        title=f"{title}, as of {dated}",
        citation=f"World Bank, World Development Indicators, China, fetched from its interface on {job.today}",
        url="https://data.worldbank.org/country/china",
        published=dated,
        accessed=job.today,
        licence="World Bank open data, CC BY 4.0",
        unit=unit,
        currency="USD",
        valuation="as the source compiles it",
        coverage="China by year",
    )
