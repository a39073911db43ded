"""Our codes of economies by the UN's numbers, as Comtrade and BACI use them."""

from __future__ import annotations

import csv
from pathlib import Path

from trade.errors import FactError

SPECIAL = {
    842: "USA", 841: "USA", 251: "FRA", 699: "IND", 757: "CHE", 579: "NOR", 381: "ITA", 490: "TWN", 58: "XBL",
    711: "ZAF", 736: "SDN", 849: "UMI",
    472: "XAF", 577: "XAF", 568: "XEU", 492: "XEU", 697: "XEU", 473: "XLA", 636: "XLA", 637: "XNA", 527: "XOC",
    837: "XXU", 838: "XXU", 839: "XSP", 898: "XXU", 899: "XXU", 129: "XLA", 290: "XAF", 536: "XXU",
    810: "SUN", 890: "YUG", 891: "SCG", 200: "CSK", 278: "DDR", 530: "ANT", 532: "ANT",
}  # fmt: skip
"""Numbers that are not ISO's, and remainders ("nes"). 490 (Other Asia) is Taiwan, 711 the customs union."""


def economies_by_number(data: Path) -> dict[int, str]:
    """Every number that stands for one of the economies of `data/reference`, in ascending order.

    Raises:
        FactError: the table of economies is not there.
    """
    try:
        with (data / "reference" / "economies.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except OSError as error:
        raise FactError("reference/economies.csv", "fact.unread", reason=error.strerror) from None
    known = {row["economy"] for row in rows}
    numbers = {int(row["m49"]): row["economy"] for row in rows if row["m49"]}
    return dict(sorted((numbers | {number: code for number, code in SPECIAL.items() if code in known}).items()))
