"""Live sources: connectors, and what they share (resumable downloads, rate limits, retries)."""

from trade.sources.connectors.base import Connector, Job, Unusable, UpdateFailed
from trade.sources.connectors.fetched_pages import Downloads
from trade.sources.connectors.rate_limit import Pace, Throttled, Unavailable, retried

__all__ = ["Connector", "Downloads", "Job", "Pace", "Throttled", "Unavailable", "Unusable", "UpdateFailed", "retried"]
