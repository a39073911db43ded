"""IMF, International Trade in Goods by partner country (IMTS, formerly Direction of Trade Statistics), over SDMX.

Questions are put and messages read by `sdmx1`. One answer holds a reporter with all partners and periods. Values are
dollars: the attribute SCALE says how the IMF prints them, not what to multiply by. Counterparts that are groups (G001
is the world) are passed over; what the IMF gives to no country (codes TX...) is kept as not specified.
"""

from trade.sources.connectors.imf.connector import Imf

__all__ = ["Imf"]
