"""Read tables published by China's customs, in Chinese or English. Call `recognise`, then `read_customs`."""

from trade.sources.customs.reader import read_customs
from trade.sources.customs.recognition import Recognition, recognise, table_not_kept

__all__ = ["Recognition", "read_customs", "recognise", "table_not_kept"]
