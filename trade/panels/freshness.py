"""How recent a page's figures are, and which later months should be out by the user's clock.

China's authorities publish each month at usual dates. Whether a later month is out is inferred from those dates alone,
without any network request.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from trade.errors import TradeError
from trade.panels import queries
from trade.panels.cache import cached_per_store
from trade.panels.language import lang, say
from trade.panels.partner_names import FIRST as LARGEST_PARTNER
from trade.text import formats


@dataclass(frozen=True)
class Release:
    """A monthly publication: month M is out by day `day` of the month that is `after` months after M.

    `joined`: January is published with February.
    """

    name: str
    day: int
    after: int = 1
    joined: bool = True


TOTALS = Release("totals", 14)
"""Customs' totals: from the 7th to the 14th, by the first releases on file, 2023 to 2026."""
PARTNERS = Release("partners", 20)
GOODS = Release("goods", 20)
"""Customs' tables by country and by commodity: from the 18th to the 20th."""
SERVICES = Release("services", 11, after=2, joined=False)
"""The Ministry of Commerce and SAFE on services: four to ten weeks after the month, by the dates on file."""
_SHOWN = {
    "products": GOODS, "partner": PARTNERS, "destinations": PARTNERS, "diversification": PARTNERS, "services": SERVICES,
}  # fmt: skip


def release_of(page: str) -> Release:
    """The publication that a page's newest figures come from."""
    return _SHOWN.get(page, TOTALS)


def line(page: str, today: date) -> str:
    """`Figures to August 2026. By customs' usual dates 2 later months ...`; empty without figures."""
    release = release_of(page)
    newest = newest_month(release)
    return _line(release, newest, today) if newest else ""


def is_behind(page: str, today: date) -> bool:
    """Whether later months than the page shows are out by their usual dates."""
    release = release_of(page)
    newest = newest_month(release)
    return bool(newest) and due(release, newest) <= today


@cached_per_store
def newest_month(release: Release) -> str:
    """The newest month that the store holds of a publication, as 2026-08; empty if it holds none."""
    questions = {
        "totals": ("growth", {"flow": "total", "freq": "M"}),
        "partners": ("partner_balance", {"partner": LARGEST_PARTNER, "freq": "M"}),
        "goods": ("commodity", {"freq": "M"}),
        "services": ("services", {"freq": "YTD"}),
    }
    measure, params = questions[release.name]
    try:
        return str(queries.measure(measure, **params).frame["period"].iloc[-1])
    except TradeError:
        return ""


def _line(release: Release, newest: str, today: date) -> str:
    reach = say(f"reach.{release.name}", period=formats.period(newest, lang=lang()))
    out = [month for month, day in later_months(release, newest, today) if day <= today]
    if out:
        last = formats.period(out[-1], lang=lang())
        words = {"by": say(f"reach.by_{release.name}"), "count": formats.count(len(out), lang()), "last": last}
        return reach + say("join.sentence") + say("reach.one_later" if len(out) == 1 else "reach.later", **words)
    return reach + say("join.sentence") + _due(release, newest)


def _due(release: Release, newest: str) -> str:
    month = _following(newest)
    joined = release.joined and month.endswith("-01")
    name = formats.period(_following(month) if joined else month, "YTD" if joined else "", lang())
    day = formats.day(due(release, newest).isoformat(), lang())
    return say("reach.due", month=name, day=day)


def later_months(release: Release, newest: str, today: date) -> Iterator[tuple[str, date]]:
    """Every month after `newest` that is out by the day `today`, with the day by which it is out."""
    month = _following(newest)
    while month <= today.isoformat()[:7]:
        yield month, _out_by(release, month)
        month = _following(month)


def due(release: Release, newest: str) -> date:
    """The day by which the month after `newest` is out."""
    return _out_by(release, _following(newest))


def _out_by(release: Release, month: str) -> date:
    published = _following(month) if release.joined and month.endswith("-01") else month
    for _ in range(release.after):
        published = _following(published)
    return date(int(published[:4]), int(published[5:]), release.day)


def _following(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12}-{number % 12 + 1:02d}"
