"""Fact check: official statements, each computed again from the store."""

from __future__ import annotations

import pandas as pd

from trade.measures.claims import official
from trade.measures.claims.official import Claim
from trade.panels import run_context
from trade.panels.cache import cached_per_store
from trade.panels.language import lang


@cached_per_store
def claims() -> pd.DataFrame:
    """The official statements with their verdicts, a row each, the newest period first; missing values are None."""
    frame = official.claims(run_context.store(), lang())
    frame = frame.sort_values(["period", "claim_id"], ascending=[False, True], kind="stable")
    return frame.astype(object).where(frame.notna(), None)


@cached_per_store
def claim_of(claim_id: str) -> Claim:
    """One statement with its readings."""
    return official.claim(run_context.store(), claim_id, lang())
