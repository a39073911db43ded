"""Trade by HS6 code of any size: Parquet that lies elsewhere becomes marts, on one machine (DuckDB) or on many (Spark).

facts  ->  layouts/*.sql: hs_fact  ->  trade/store/hs/*.sql: marts  ->  the store
           one definition, run by DuckDB while the store is built, or by Spark into Parquet that a build publishes
"""

from trade.store.bulk.facts_folder import Facts, open_facts
from trade.store.bulk.load import make_marts, make_marts_on_spark
from trade.store.bulk.marts_folder import open_marts

__all__ = ["Facts", "make_marts", "make_marts_on_spark", "open_facts", "open_marts"]
