"""Tables of China's customs as published, in Chinese or English, in each format. `recognise` and `read_customs`."""

from trade.sources.customs.reader import read_customs
from trade.sources.customs.recognition import Recognition, recognise, table_not_kept

__all__ = ["Recognition", "read_customs", "recognise", "table_not_kept"]
