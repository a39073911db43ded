"""A colour means one thing: within a chart whatever it draws, and everywhere what `theme.MEANINGS` names."""

from __future__ import annotations

import pytest

from trade.charts import theme
from trade.errors import NoRows
from trade.panels.registry import panels
from trade.search.entries import shown_by
from trade.store import Store


def test_no_two_meanings_share_a_colour_and_no_group_of_parts_has_one_twice() -> None:
    hues = list(theme.MEANINGS.values())
    assert len(set(hues)) == len(hues)
    for name, group in theme.PARTS.items():
        used = [hue for part, hue in group.items() if part not in ("inflow", "outflow", "stated", "between")]
        assert len(set(used)) == len(used), name
    assert set(theme.ROLES.values()) <= set(range(len(theme.LIGHT.series)))


@pytest.mark.parametrize("name", panels())
def test_a_colour_stands_for_one_thing_in_a_chart(real: Store, name: str) -> None:
    """Of imports where the panel has them: two roles of one colour mean the same."""
    try:
        drawn = panels()[name].draw(real, {"flow": "import", **shown_by(name)})
    except NoRows:
        drawn = panels()[name].draw(real, shown_by(name))
    roles = {role for plot in drawn.plots for series in plot.series for role in series.roles}
    meanings: dict[int, set[str]] = {}
    for role in roles:
        meanings.setdefault(theme.ROLES[role], set()).add(theme.meaning(role))
    assert all(len(things) == 1 for things in meanings.values()), meanings
