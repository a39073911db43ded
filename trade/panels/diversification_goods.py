"""Diversification of goods, beside that of markets."""

from __future__ import annotations

from trade.charts import concentration
from trade.errors import NoRows
from trade.panels.choices import Choices
from trade.panels.language import say
from trade.panels.messages import hs as messages
from trade.panels.panel import Content, panel
from trade.panels.queries import hs_trade

FLOWS = ("export", "import")
LEVELS = ("chapter", "section")


@panel("diversification", "goods", measure="product_diversification", choices=("flow", "reporter", "level"))
def goods(choices: Choices) -> Content:
    """Over how many equal goods the economy's exports or imports are as good as spread, year by year."""
    economy, flow = choices.value("reporter"), choices.pick("flow", FLOWS)
    params = {"reporter": economy, "flow": flow, "freq": "A", "source": hs_trade.ANY_SOURCE}
    try:
        result = hs_trade.diversification(params, choices.pick("level", LEVELS))
    except NoRows:
        raise NoRows(say("goods.no_diversification")) from None
    beside = [say("markets.reference")] if result.frame["reporter"].nunique() > 1 else []
    notes = (say("goods.diversification_note"), *messages.basis_notes(result), *beside)
    options = {"column": "effective_products"}
    return Content(
        result, concentration.gauge, messages.diversification(result), messages.about(result), notes, options=options
    )
