"""A colour means one thing: within a chart whatever it draws, and everywhere what `theme.MEANINGS` names."""

from __future__ import annotations

import pytest

from trade.charts import theme
from trade.errors import NoRows
from trade.panels.registry import panels
from trade.search.entries import shown_by
from trade.store import Store

FLOWS = ("export", "import", "total")


def test_no_two_meanings_share_a_colour_and_no_group_of_parts_has_one_twice() -> None:
    hues = list(theme.MEANINGS.values())
    assert len(set(hues)) == len(hues)
    for name, group in theme.PARTS.items():
        used = [hue for part, hue in group.items() if part not in ("inflow", "outflow", "stated", "between")]
        assert len(set(used)) == len(used), name
    assert set(theme.ROLES.values()) <= set(range(len(theme.LIGHT.series)))


@pytest.mark.parametrize("name", panels())
def test_a_colour_stands_for_one_thing_in_a_chart(real: Store, name: str) -> None:
    """Each panel for each flow: two roles of one colour mean the same."""
    seen: set[tuple[str, ...]] = set()
    for flow in FLOWS:
        try:
            drawn = panels()[name].draw(real, {"flow": flow, **shown_by(name)})
        except NoRows:
            continue
        roles = {role for plot in drawn.plots for series in plot.series for role in series.roles}
        meanings: dict[int, set[str]] = {}
        for role in roles:
            meanings.setdefault(theme.ROLES[role], set()).add(theme.meaning(role))
        doubled = {tuple(sorted(held)) for held in meanings.values() if len(held) > 1}
        assert not doubled
        seen.add(tuple(sorted(roles)))
    assert seen, "the panel is drawn for some flow"
