"""Fact check: official statements, each recomputed from the store, and how many of them hold."""

from __future__ import annotations

import pandas as pd

from trade.charts import verdict_counts
from trade.measures import Measure, Result
from trade.measures.claims import official_statements
from trade.measures.claims.official_statements import Claim
from trade.panels import run_context
from trade.panels.cache import cached_per_store
from trade.panels.choices import Choices
from trade.panels.language import lang, say
from trade.panels.messages import factcheck as messages
from trade.panels.panel import Content, panel


@cached_per_store
def claims(published: str = "") -> pd.DataFrame:
    """The official statements with their verdicts, a row each, the newest period first; missing values are None.

    Those of one day, if one is named: to compute them all again takes a second.
    """
    frame = official_statements.claims(run_context.store(), lang(), published)
    frame = frame.sort_values(["period", "claim_id"], ascending=[False, True], kind="stable")
    return frame.astype(object).where(frame.notna(), None)


@cached_per_store
def claim_of(claim_id: str) -> Claim:
    """One statement with its readings."""
    return official_statements.claim(run_context.store(), claim_id, lang())


@panel("factcheck", "tally", measure="claims")
def tally(_choices: Choices) -> Content:
    return Content(counts(), verdict_counts.by_topic, messages.tally(claims()), say("ledger.about_tally"))


@cached_per_store
def counts() -> Result:
    """How many statements of each topic have each verdict: topic, verdict, claims, source_id.

    The verdicts are not in the store: each statement is recomputed.
    """
    store = run_context.store()
    measure = Measure(
        id="claims",
        title=say("ledger.about_tally"),
        unit=say("ledger.tally_unit"),
        definition=say("ledger.tally_definition"),
        formula="n(topic, verdict)",
        tex=r"n_{t,v}",
        reference="docs/claims.md",
        model="claims",
        sql="SELECT topic, claim_id, period, official_value, unit, source_id FROM fact.claim ORDER BY topic, claim_id",
    )
    return Result(measure, {}, official_statements.tally(claims()).assign(source_id="statements"), store.version)
