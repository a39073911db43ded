"""Published figures about China's markets, and the measures that must reproduce them.

Each row has a measure, its parameters, the row of the result (column = value), its column, the published figure, the
kind of bound, and the source. `equal` holds within half of the last printed digit (`within`); `over` and `at least` are
bounds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

SCIO = "Statement of China Customs at the SCIO press conference, 14 January 2026"
SUMMARY = "Xinhua, summary of the trade results of 2021 to 2025, 15 January 2026"
TABLE = "GACC, table (2) imports and exports by country (region), December 2025, RMB, 18 January 2026"
FACTBOOK = "CIA, The World Factbook, exports - partners, edition of 22 January 2026 (figures of 2023)"
YUAN = {"flow": "total", "currency": "CNY", "first": "2025", "last": "2025"}
GERMANY = {"reporter": "DEU", "first": "2023", "last": "2023"}


@dataclass(frozen=True)
class Golden:
    measure: str
    params: dict[str, Any]
    column: str
    published: float
    source: str
    where: dict[str, Any] = field(default_factory=dict)
    within: float = 0.05
    bound: Literal["equal", "over", "at least"] = "equal"

    def __str__(self) -> str:
        query = "-".join(str(value) for value in (self.params | self.where).values())
        return f"{self.measure}-{self.column}-{query}"

    def holds(self, value: float) -> bool:
        if self.bound == "equal":
            return abs(value - self.published) <= self.within
        return value > self.published if self.bound == "over" else value >= self.published


def _active(count: int, threshold: float) -> Golden:
    return Golden("active_markets", YUAN | {"threshold": threshold}, "active_markets", count, SCIO, within=0)


def _bloc(code: str, share: float, **params: str) -> Golden:
    query = {"by": "bloc", "flow": "total", "freq": "YTD", "first": "2025-11", "last": "2025-11"} | params
    return Golden(
        "share", query, "share_pct", share, "Global Times on the customs release, 8 December 2025", {"market": code}
    )


GOLDEN = [
    # how many partners
    _active(249, 0),
    _active(137, 1e10),
    _active(62, 1e11),
    _active(14, 1e12),
    # how many grew, and on which continents
    Golden("growing_markets", {}, "growing", 190, SCIO, {"continent": "world"}, bound="over"),
    Golden("growing_markets", {}, "markets", 249, SCIO, {"continent": "world"}, within=0),
    *(
        Golden("growing_markets", {}, "growing_pct", 60, SUMMARY, {"continent": continent}, bound="at least")
        for continent in ("asia", "africa", "europe", "americas", "oceania")
    ),
    # shares
    Golden("concentration_ratio", YUAN | {"top": 10}, "share_pct", 47.7, SUMMARY),
    Golden("share", YUAN, "share_pct", 8.8, "ETtoday on the customs release, 14 January 2026", {"market": "USA"}),
    Golden(
        "share",
        {"currency": "CNY"},
        "share_pct",
        11.1,
        "ARA on the customs release, 14 January 2026",
        {"market": "USA"},
    ),
    Golden("share", {"by": "bloc", "currency": "CNY"}, "share_pct", 17.6353, TABLE, {"market": "asean"}, 0.0001),
    Golden(
        "share", {"by": "customs-continent", "currency": "CNY"}, "share_pct", 5.966, TABLE, {"market": "africa"}, 0.0001
    ),
    _bloc("asean", 16.6),
    _bloc("eu", 13.0),
    _bloc("eu", 13.0, by="market", eu="one"),
    # ranks and growth
    Golden("rank", {}, "rank", 1, "Futures Daily on the customs release, 15 January 2026", {"market": "USA"}, 0),
    Golden("rank", {"currency": "CNY"}, "published_growth_pct", -19.5, TABLE, {"market": "USA"}),
    # the partner table is in yuan: dollars follow at one rate a year, which leaves 0.1 points
    Golden("rank", {}, "growth_pct", -20.0, "Sputnik on the customs release, 14 January 2026", {"market": "USA"}, 0.15),
    Golden("rank", YUAN | {"eu": "one"}, "published_growth_pct", 6.0, TABLE, {"market": "eu"}),
    # 7.1 in the statement, on the revised total of 2020 (32.22 trillion); 7.2 on its first release (32.16)
    Golden(
        "cagr",
        {"flow": "total", "currency": "CNY", "first": 2020, "last": 2025},
        "cagr_pct",
        7.1,
        SUMMARY,
        {"year": 2025},
        0.1,
    ),
    # growth with and without one market: the printed total, and the printed total less the printed United States
    Golden("leave_one_out", {"currency": "CNY"}, "total_growth_pct", 6.1, TABLE, {"market": "USA"}),
    # other reporters, through the world matrix; the printed shares are whole percents of national figures
    Golden("share", GERMANY, "share_pct", 10, FACTBOOK, {"market": "USA"}, 0.5),
    Golden("share", GERMANY, "share_pct", 8, FACTBOOK, {"market": "FRA"}, 0.6),
    Golden("share", GERMANY, "share_pct", 7, FACTBOOK, {"market": "NLD"}, 0.5),
    Golden("share", GERMANY | {"reporter": "BRA"}, "share_pct", 30, FACTBOOK, {"market": "CHN"}, 0.5),
    Golden("rank", GERMANY | {"reporter": "KEN"}, "rank", 1, FACTBOOK, {"market": "UGA"}, 0),
    Golden("rank", GERMANY | {"reporter": "AUS"}, "rank", 1, FACTBOOK, {"market": "CHN"}, 0),
]
