"""Read tables published by China's customs, in Chinese or English. Call `recognise`, then `read_customs`."""

from trade.sources.customs.reader import read_customs
from trade.sources.customs.recognition import Recognition, recognise, unsupported_table

__all__ = ["Recognition", "read_customs", "recognise", "unsupported_table"]
