"""The external HS facts or marts that a store is built with. The choice is remembered for later builds."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from trade.errors import TradeError

_FILE = "hs.json"


@dataclass(frozen=True)
class Choice:
    """External HS data: `kind` says what is in `folder`. `memory`: the limit of a build. `fingerprint`: a hash of the
    data in the last build."""

    kind: Literal["none", "facts", "marts"] = "none"
    folder: str = ""
    memory: str = ""
    fingerprint: str = ""

    def found(self, fingerprint: str) -> Choice:
        return replace(self, fingerprint=fingerprint)


def remembered(home: Path) -> Choice:
    """The choice of the store in service.

    Raises:
        TradeError: the file with the choice cannot be read.
    """
    try:
        return Choice(**json.loads((home / _FILE).read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError):
        return Choice()
    except (OSError, ValueError, TypeError) as error:
        raise TradeError("bulk.choice_unread", path=home / _FILE, reason=str(error)) from None


def remember(home: Path, choice: Choice) -> None:
    """Save the choice atomically; called just before a store that was built with it is published."""
    if choice.kind == "none":
        (home / _FILE).unlink(missing_ok=True)
        return
    draft = home / f".{_FILE}.{os.getpid()}"
    draft.write_text(json.dumps(asdict(choice)) + "\n", encoding="utf-8")
    os.replace(draft, home / _FILE)
