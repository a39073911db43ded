"""Exports and imports as publishers name them."""

from __future__ import annotations

import re

from trade.sources.text_folding import plain

_EXPORT = re.compile(
    r"(?:gross |total |merchandise |goods )?exports?(?: value| \(fob\)|,? fob)?|exp|x|1?\s?-\s?export"
    r"|exports? of goods.*"
    r"|t?xg_fob_(?:usd|xdc)|xg|出口(?:额|值|总额|总值)?|exportacion(?:es)?|exportac(?:ao|oes)|exportations?"
    r"|ausfuhr(?:en)?|ekspor|xuat khau"
)
_IMPORT = re.compile(
    r"(?:gross |total |merchandise |goods )?imports?(?: value| \(cif\)|,? cif)?|imp|m|1?\s?-\s?import"
    r"|imports? of goods.*"
    r"|t?mg_cif_(?:usd|xdc)|mg|进口(?:额|值|总额|总值)?|importacion(?:es)?|importac(?:ao|oes)|importations?"
    r"|einfuhr(?:en)?|impor|nhap khau"
)


def find_flow(text: str) -> str:
    """`export` or `import`; empty for anything else, including re-exports and balances."""
    folded = plain(text)
    if _EXPORT.fullmatch(folded):
        return "export"
    return "import" if _IMPORT.fullmatch(folded) else ""
