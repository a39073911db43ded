"""The rule of quality for frames: the same as the macros of `trade/store/macros/12_quality.sql`, where rows are joined.

A figure carries how it came about (`quality`) and from where (`source_id`). Two figures of unlike quality or source do
not compare: there is no growth, no change of rank or share and no contribution between them, and the row says why in
its column `break`. A table put together from partners' own reports lists only those that reported: a partner that is
not in it is unknown, not zero.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

ORDER = ("reported", "derived", "implied", "converted", "estimated", "mirror")
"""How a figure may have come about, the most direct first."""
MIRROR = "mirror"
BREAKS = ("mirror", "source", "unreported")
"""Why two figures do not compare: one alone is the other side's report; they come from different sources; or both
tables list only the partners that reported."""
COLUMN = "break"


def worst(qualities: Iterable[str]) -> str:
    """The least direct way in which one of the figures came about; empty if there is none."""
    return max((quality for quality in qualities if quality in ORDER), key=ORDER.index, default="")


def break_between(quality: str, former_quality: str, sources: str, former_sources: str) -> str:
    """Why two figures do not compare, one of BREAKS; empty if they do."""
    if (quality == MIRROR) != (former_quality == MIRROR):
        return "mirror"
    return "source" if sources != former_sources else ""


OWN_REPORTS = frozenset({"gacc_partners", "imf_dots", "wits_china", "comtrade_china"})
"""Sources of China's own report: customs' tables, and what China gave to the IMF and the UN (macro `own_report`)."""


def break_over(years: int, quality: str, former_quality: str, sources: str, former_sources: str) -> str:
    """As `break_between`, over any number of years.

    From two years on China's own report compares with itself in another source: the sources differ by less than such a
    change.
    """
    own = OWN_REPORTS.issuperset(sources.split()) and OWN_REPORTS.issuperset(former_sources.split())
    return "" if years > 1 and own else break_between(quality, former_quality, sources, former_sources)


def count_incomparable(frame: pd.DataFrame) -> dict[str, int]:
    """How many rows do not compare with their earlier figure, by reason, in the order of BREAKS."""
    if COLUMN not in frame:
        return {}
    counts = frame[COLUMN].value_counts()
    return {reason: int(counts[reason]) for reason in BREAKS if reason in counts}


def comparable_periods(frame: pd.DataFrame) -> list[str]:
    """The periods of which no row is a partner's own report: those whose ranks and wholes compare, in order."""
    mirrored = set(frame.loc[frame["quality"] == MIRROR, "period"])
    return [period for period in sorted(set(frame["period"])) if period not in mirrored]
