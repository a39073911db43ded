"""HS6 trade of any size: turn external Parquet files into marts, on one machine (DuckDB) or on a cluster (Spark).

facts  ->  layouts/*.sql: hs_fact  ->  trade/store/hs/*.sql: marts  ->  the store
           the same SQL, run by DuckDB while the store is built, or by Spark into Parquet that a build then loads
"""

from trade.store.bulk.facts_folder import Facts, open_facts
from trade.store.bulk.load import make_marts, make_marts_on_spark
from trade.store.bulk.marts_folder import open_marts

__all__ = ["Facts", "make_marts", "make_marts_on_spark", "open_facts", "open_marts"]
