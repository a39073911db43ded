"""Up to when a page's figures reach, by the clock of the user at several dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from trade.panels import freshness
from trade.panels.freshness import GOODS, PARTNERS, SERVICES, TOTALS, Release, due, later_months
from trade.panels.run_context import RunContext, running
from trade.store import Store


def line(store: Store, page: str, day: str, lang: str = "en") -> str:
    with running(RunContext(lang, {}, store)):
        return freshness.line(page, date.fromisoformat(day)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-09-08", "Figures up to August 2026. September 2026 is due by 14 October 2026, going by the usual publication dates."),
        ("2026-10-13", "Figures up to August 2026. September 2026 is due by 14 October 2026, going by the usual publication dates."),
        ("2026-10-14", "Figures up to August 2026. Going by customs' usual publication dates, September 2026 has been published since."),
        ("2026-11-28", "Figures up to August 2026. Going by customs' usual publication dates, 2 later months have been published, up to October 2026."),
        ("2027-02-28", "Figures up to August 2026. Going by customs' usual publication dates, 4 later months have been published, up to December 2026."),
        ("2027-03-14", "Figures up to August 2026. Going by customs' usual publication dates, 6 later months have been published, up to February 2027."),
        ("2028-12-31", "Figures up to August 2026. Going by customs' usual publication dates, 27 later months have been published, up to November 2028."),
        ("2020-01-01", "Figures up to August 2026. September 2026 is due by 14 October 2026, going by the usual publication dates."),
    ],
)  # fmt: skip
def test_the_line_follows_the_clock(real: Store, day: str, expected: str) -> None:
    assert line(real, "overview", day) == expected


def test_each_page_has_its_own_publication(real: Store) -> None:
    assert line(real, "partner", "2026-08-30").startswith("Figures by partner up to July 2026. August 2026 is due by")
    assert line(real, "products", "2026-08-30").startswith(
        "Figures by commodity up to July 2026. August 2026 is due by"
    )
    assert line(real, "services", "2026-11-28") == (
        "Figures on services up to July 2026. Going by the Ministry of Commerce's usual publication dates, 2 later months have been published,"
        " up to September 2026."
    )
    assert (
        line(real, "overview", "2026-11-28", "zh")
        == "数据截至2026年8月。按海关惯常发布时间，此后已公布2个月的数据，截至2026年10月。"
    )


@pytest.mark.parametrize("release", [TOTALS, PARTNERS, GOODS])
def test_january_is_published_with_february(release: Release) -> None:
    assert due(release, "2026-12") == due(release, "2027-01") == date(2027, 3, release.day)
    assert [
        month for month, day in later_months(release, "2026-12", date(2027, 3, 13)) if day <= date(2027, 3, 13)
    ] == []


def test_the_first_releases_on_file_came_by_the_usual_day(real: Store) -> None:
    """Of totals, months from 2023 on whose first release was read within a week of its day: all came by the 14th."""
    rows = real.query(
        "SELECT period, min(published) AS published FROM staging.released_figure "
        "WHERE topic = 'total' AND freq = 'M' AND period >= '2023' AND length(published) = 10 GROUP BY period"
    )
    first = {
        row["period"]: date.fromisoformat(row["published"])
        for row in rows.to_dict("records")
        if date.fromisoformat(row["published"]) < due_of(row["period"]) + timedelta(days=6)
    }
    assert len(first) > 15
    assert {month for month, day in first.items() if day > due_of(month)} == set()


def due_of(month: str) -> date:
    former = f"{int(month[:4]) - (month[5:] == '01')}-{(int(month[5:]) - 2) % 12 + 1:02d}"
    return due(TOTALS, former)


def test_services_have_no_joined_january() -> None:
    assert due(SERVICES, "2026-07") == date(2026, 10, 11)
    assert due(SERVICES, "2026-12") == date(2027, 3, 11)
