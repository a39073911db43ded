"""Live sources: connectors that fetch, and what they share (downloads that resume, pace, retries)."""

from trade.sources.live.connector import Connector, Job, Unusable, UpdateFailed
from trade.sources.live.downloads import Downloads
from trade.sources.live.pace import Pace, Throttled, Unavailable, retried

__all__ = ["Connector", "Downloads", "Job", "Pace", "Throttled", "Unavailable", "Unusable", "UpdateFailed", "retried"]
