"""The link to exactly what is seen: all choices, and those that the data made for the reader.

The address of a page leaves out what nobody chose: `/growth` shows the newest year, whichever that is by then. A link
that is copied or cited names it: `/growth?period=2025`.
"""

from __future__ import annotations

from trade.panels.fields import to_params
from trade.ui.core import filters, saved_views


def view() -> dict[str, str]:
    """The parameters of the link: what was chosen, and the code in force of every control that is drawn."""
    values = to_params(filters.chosen() | filters.in_force())
    own = values.pop("mine", "")  # the user's story is not part of a page's link, but of its own
    return values | {"story": own} if own and values.get("story") == saved_views.MINE else values


def address() -> str:
    """The full address of what is seen."""
    return saved_views.address(saved_views.here(), view())
