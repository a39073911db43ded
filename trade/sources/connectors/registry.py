"""The connectors, by name. To add one: a module here, a line below, its title and options in the locale files."""

from __future__ import annotations

from trade.errors import UnknownName
from trade.sources.connectors.base import Connector


def connectors() -> dict[str, Connector]:
    """Every connector. Imported here so that their clients load only when needed."""
    from trade.sources.connectors.baci import Baci
    from trade.sources.connectors.bundled_dataset import Bundled
    from trade.sources.connectors.comtrade import Comtrade
    from trade.sources.connectors.cpb import Cpb
    from trade.sources.connectors.imf import Imf
    from trade.sources.connectors.wdi_china import UnctadIndices, WorldBankServices
    from trade.sources.connectors.worldbank import WorldBank

    every: list[Connector] = [
        Comtrade(), Imf(), WorldBank(), WorldBankServices(), UnctadIndices(), Baci(), Cpb(), Bundled(),
    ]  # fmt: skip
    return {connector_.name: connector_ for connector_ in every}


def connector(name: str) -> Connector:
    """The connector of this name.

    Raises:
        UnknownName: there is none.
    """
    known = connectors()
    if name not in known:
        raise UnknownName("source_to_update", name, known)
    return known[name]
