"""The link to exactly the current view: the user's choices, and those that follow from the data.

The URL in the browser omits what the user did not choose: `/growth` always shows the newest year. A link to copy or
cite names it: `/growth?period=2025`.
"""

from __future__ import annotations

from trade.panels.choices import write_opened
from trade.panels.fields import to_params
from trade.ui.core import filters, view_links


def view(chart: str = "", shown: str = "") -> dict[str, str]:
    """The parameters of the link: what was chosen, and the code in force of every control that is drawn.

    With a `chart` the link opens at that chart, shown as it is now; else at the top of the page. `shown` is the panel
    drawn in its place, if it is another.
    """
    values = filters.chosen() | filters.in_force() | {"chart": shown or chart}
    if chart:
        values["open"] = write_opened({chart: filters.choices().opened(chart)})
    own = values.pop("mine", "")  # the user's story is not part of a page's link, but of its own
    if own and values.get("story") == view_links.MINE:
        values["story"] = own
    return to_params(values)


def address(chart: str = "", shown: str = "") -> str:
    """The full address of what is seen, as `view` has it."""
    return view_links.address(view_links.here(), view(chart, shown))
