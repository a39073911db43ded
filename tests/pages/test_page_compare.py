"""The page Compare."""

from __future__ import annotations

from tests.support.app import opened, page
from trade.store import Store


def test_the_first_view_and_another_choice(real: Store) -> None:
    app = page(opened(), "compare")
    assert not app.exception
    assert any("Germany" in heading.value for heading in app.subheader)
    app.multiselect(key="scope_entities").set_value(["FRA", "ITA"]).run()
    assert not app.exception
    assert any("France" in heading.value and "Germany" not in heading.value for heading in app.subheader)
    box = app.multiselect(key="scope_entities")
    assert box.value == ["FRA", "ITA"]
    assert not box.proto.set_value, "what the reader picked is not sent back over what is picked next"


def test_an_index_and_a_ratio_share_the_year_they_compare_with(real: Store) -> None:
    """Both ask for the earlier year: its control stands once, with the index."""
    app = page(opened(), "compare", scaled="index", indicator="hhi.total", ratio="0.5", since="2008")
    assert not app.exception, [one.message for one in app.exception]
    assert [box.key for box in app.selectbox].count("scope_since") == 1
