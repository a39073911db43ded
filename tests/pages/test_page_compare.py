"""The page Compare."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from trade.paths import PROJECT


def test_the_first_view_and_another_choice(real_home: object) -> None:  # noqa: ARG001 - the store in service
    app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=120).run()
    app.switch_page("pages/compare.py").run()
    assert not app.exception
    assert any("Germany" in heading.value for heading in app.subheader)
    app.multiselect(key="scope_entities").set_value(["FRA", "ITA"]).run()
    assert not app.exception
    assert any("France" in heading.value and "Germany" not in heading.value for heading in app.subheader)
