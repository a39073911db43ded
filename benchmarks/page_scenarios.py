"""What is measured on each page: the control whose change redraws most of it."""

from __future__ import annotations

from dataclasses import dataclass

from trade.paths import PROJECT


@dataclass(frozen=True)
class Visit:
    """A page and the control that is changed on it.

    `options` are the indices of the options to choose in turn, `timed` those whose runs count; empty means all.
    """

    page: str
    control: str = "scope_flow"
    query: str = ""
    options: tuple[int, ...] = ()
    timed: tuple[int, ...] = ()


_CONTROLS = (
    Visit("overview", "scope_currency"),
    Visit("growth"),
    Visit("products"),
    Visit("services", "scope_freq"),
    Visit("diversification"),
    Visit("destinations"),
    Visit("partner", query="partner=USA"),
    Visit("compare"),
    Visit("outlook"),
    Visit("factcheck", "scope_verdict", options=(0, 1, 2)),
    Visit("explore", "ask_growth_flow"),
    Visit("sources"),
    Visit("stories", "scope_story", timed=(0,)),
)
_OTHERS = sorted({path.stem for path in (PROJECT / "pages").glob("*.py")} - {visit.page for visit in _CONTROLS})
VISITS = (*_CONTROLS, *map(Visit, _OTHERS))
"""Every page; one that is not listed above is measured by its flow control."""
EMPTY = Visit("")
