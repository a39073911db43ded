"""Products: what does China sell and buy, which goods drove growth, and was it price or quantity?"""

from trade.ui.core import navigation
from trade.ui.products import hs_controls, views

VIEWS = {
    "customs": views.by_customs_list,
    "hs": views.by_hs_code,
    "world": views.in_the_world,
    "headline": views.headline_goods,
}

navigation.ensure_app()
navigation.header("products")
VIEWS[hs_controls.goods_view()]()
