"""A claim in a reader's own words: what it says, which figures it may mean, and which of them fit."""

from trade.measures.checking.candidates import Candidate
from trade.measures.checking.check import FITS, NONE, OPEN, OTHER, UNKNOWN, Answer, Finding, Likeness, alike, check
from trade.measures.checking.words import Asked, Subject, read

__all__ = [
    "FITS",
    "NONE",
    "OPEN",
    "OTHER",
    "UNKNOWN",
    "Answer",
    "Asked",
    "Candidate",
    "Finding",
    "Likeness",
    "Subject",
    "alike",
    "check",
    "read",
]
