"""What a store folder is built with besides its facts: HS facts or marts in a folder elsewhere. It is remembered."""

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
    """`kind`: facts or marts under `folder`, or none. `fingerprint` is that of the last build that was published."""

    kind: Literal["none", "facts", "marts"] = "none"
    folder: str = ""
    memory: str = ""
    fingerprint: str = ""

    def found(self, fingerprint: str) -> Choice:
        return replace(self, fingerprint=fingerprint)


def remembered(home: Path) -> Choice:
    """The choice of the store in service.

    Raises:
        TradeError: the note cannot be read.
    """
    try:
        return Choice(**json.loads((home / _FILE).read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError):
        return Choice()
    except (OSError, ValueError, TypeError) as error:
        raise TradeError("bulk.choice_unread", path=home / _FILE, reason=str(error)) from None


def remember(home: Path, choice: Choice) -> None:
    """Keep the choice, in one step; called just before a store that was built with it enters service."""
    if choice.kind == "none":
        (home / _FILE).unlink(missing_ok=True)
        return
    draft = home / f".{_FILE}.{os.getpid()}"
    draft.write_text(json.dumps(asdict(choice)) + "\n", encoding="utf-8")
    os.replace(draft, home / _FILE)
