"""IMF, International Trade in Goods by partner country (IMTS, formerly Direction of Trade Statistics), over SDMX.

`sdmx1` builds requests and reads responses. One response has a reporter with all partners and periods. Values are
dollars: the attribute SCALE is how the IMF prints them, not a multiplier. Counterparts that are groups are skipped, but
for the world (G001), which is the total; trade with no specified country (codes TX...) has the partner XXU.
"""

from trade.sources.connectors.imf.connector import Imf

__all__ = ["Imf"]
