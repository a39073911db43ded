"""Tables of China's customs as published: by country, by commodity, by regime; Chinese or English, yuan or dollars."""

from trade.sources.customs.reader import is_customs, read_customs

__all__ = ["is_customs", "read_customs"]
