"""Exports and imports as publishers name them."""

from __future__ import annotations

import re

from trade.sources.text_folding import plain

_EXPORT = re.compile(
    r"(?:gross |total |merchandise |goods )?exports?(?: value| \(fob\)|,? fob)?|exp|x"
    r"|exports? of goods.*"
    r"|t?xg_fob_(?:usd|xdc)|xg|出口(?:额|值|总额|总值)?|exportacion(?:es)?|exportac(?:ao|oes)|exportations?"
    r"|ausfuhr(?:en)?|ekspor|xuat khau"
)
_IMPORT = re.compile(
    r"(?:gross |total |merchandise |goods )?imports?(?: value| \(cif\)|,? cif)?|imp|m"
    r"|imports? of goods.*"
    r"|t?mg_cif_(?:usd|xdc)|mg|进口(?:额|值|总额|总值)?|importacion(?:es)?|importac(?:ao|oes)|importations?"
    r"|einfuhr(?:en)?|impor|nhap khau"
)


_OTHER = re.compile(
    r"(?:re|domestic|foreign)[\s-]?(?:exports?|imports?)|[rdf][xm]|[xm][io]p"
    r"|(?:total )?trade(?: balance)?|balance|total"
    r"|exports? (?:and|&|\+) imports?|imports? (?:and|&|\+) exports?"
    r"|进出口(?:额|值|总额|总值)?|贸易(?:总额|差额|顺差|逆差)|[顺逆]差|差额|[复转再][出进]口|转口"
)


def is_other_flow(text: str) -> bool:
    """Whether a text names a part of exports or imports (`RX`), their sum or their difference."""
    return bool(_OTHER.fullmatch(plain(text)))


def find_flow(text: str) -> str:
    """`export` or `import`; empty for anything else, including re-exports and balances."""
    folded = re.sub(r"^[12mx]\s?[-:]\s?", "", plain(text))  # `1: IMPORT` of Eurostat, `X - Exports`
    if _EXPORT.fullmatch(folded):
        return "export"
    return "import" if _IMPORT.fullmatch(folded) else ""
