"""The comparability rule for frames, the same as in the SQL macros of `trade/store/macros/12_quality.sql`.

Every figure has a `quality` (how it was obtained) and a `source_id`. Figures that differ in quality or source are not
comparable: no growth, change of rank or share, or contribution is computed between them, and the column `break` of the
row gives the reason. A table compiled from partners' own reports lists only the partners that reported: one that it
lacks is unknown, not zero.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

ORDER = ("reported", "derived", "implied", "converted", "estimated", "mirror")
"""Qualities of figures, the most direct first."""
MIRROR = "mirror"
BREAKS = ("mirror", "source", "unreported")
"""Reasons why two figures are not comparable: only one of them is reported by the partner; they come from different
sources; or both tables list only the partners that reported."""
COLUMN = "break"


def worst(qualities: Iterable[str]) -> str:
    """The least direct of the qualities; empty if there is none."""
    return max((quality for quality in qualities if quality in ORDER), key=ORDER.index, default="")


def break_between(quality: str, former_quality: str, sources: str, former_sources: str) -> str:
    """Why two figures are not comparable, one of BREAKS; empty if they are."""
    if (quality == MIRROR) != (former_quality == MIRROR):
        return "mirror"
    return "source" if sources != former_sources else ""


OWN_REPORTS = frozenset({"gacc_partners", "imf_dots", "wits_china", "comtrade_china"})
"""Sources of China's own reports: customs' tables, and its reports to the IMF and the UN (macro `own_report`)."""


def break_over(years: int, quality: str, former_quality: str, sources: str, former_sources: str) -> str:
    """As `break_between`, for figures that are `years` apart.

    From two years on, China's own reports in different sources are comparable: the sources differ by less than trade
    changes in that time.
    """
    own = OWN_REPORTS.issuperset(sources.split()) and OWN_REPORTS.issuperset(former_sources.split())
    return "" if years > 1 and own else break_between(quality, former_quality, sources, former_sources)


def count_incomparable(frame: pd.DataFrame) -> dict[str, int]:
    """Number of rows that are not comparable with their earlier figure, by reason, in the order of BREAKS."""
    if COLUMN not in frame:
        return {}
    counts = frame[COLUMN].value_counts()
    return {reason: int(counts[reason]) for reason in BREAKS if reason in counts}


def comparable_periods(frame: pd.DataFrame) -> list[str]:
    """The periods without any figure reported by a partner, in order: their ranks and totals are comparable."""
    mirrored = set(frame.loc[frame["quality"] == MIRROR, "period"])
    return [period for period in sorted(set(frame["period"])) if period not in mirrored]
