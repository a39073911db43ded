"""UN Comtrade: trade by partner as economies report it, totals or by chapter, heading, subheading of the HS.

With a key (COMTRADE_KEY) a response has up to 100,000 records, without one 500. A response that reaches the limit may
be truncated and is never used.
"""

from trade.sources.connectors.comtrade.connector import Comtrade

__all__ = ["Comtrade"]
