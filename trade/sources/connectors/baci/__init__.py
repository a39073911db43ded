"""CEPII BACI from a folder of its files: world exports by pair of economies and HS code, summed while reading.

The folder is as CEPII's archive unpacks: `BACI_HS22_Y2023_V202501.csv` for each year (or `.csv.gz`, `.parquet`) and
`country_codes_V202501.csv`. Nothing is fetched. A year has ten million rows, which are summed to the requested detail.
"""

from trade.sources.connectors.baci.connector import Baci

__all__ = ["Baci"]
