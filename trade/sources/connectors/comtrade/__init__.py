"""UN Comtrade: trade by partner as economies report it, totals or by chapter, heading, subheading of the HS.

With a key (COMTRADE_KEY) an answer holds up to 100,000 records, without one 500; an answer that reaches its limit may
be cut, and is never taken.
"""

from trade.sources.connectors.comtrade.connector import Comtrade

__all__ = ["Comtrade"]
