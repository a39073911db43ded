"""Error text and delay before the next try, read from the body of an HTTP error."""

from __future__ import annotations

import json
import re
from typing import Any

_SECONDS = re.compile(r"try again in (\d+) second", re.IGNORECASE)
_CLOCK = re.compile(r"replenished in (?:(\d+)\.)?(\d+):(\d+):(\d+)", re.IGNORECASE)
_KEY = re.compile(r"(subscription-key=)[^&\s]+", re.IGNORECASE)


def message(body: bytes, secret: str = "") -> str:
    """The message in an error body, on one line, without the credential and without URLs that may contain it."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = re.sub(r"<[^>]*>", " ", body[:2000].decode("utf-8", "replace"))
    text = " ".join(_text(answer).split())
    if secret:
        text = text.replace(secret, "***")
    return _KEY.sub(r"\1***", text)[:200]


def _text(answer: Any) -> str:
    if isinstance(answer, dict):
        inner = next((answer[name] for name in ("message", "error", "detail", "title") if answer.get(name)), "")
        return _text(inner)
    if isinstance(answer, list):
        return _text(answer[0]) if answer else ""
    return str(answer)


def wait_named(text: str) -> float | None:
    """Seconds to wait that a refusal names: `Try again in 26 seconds`, `replenished in 2.07:01:20` (2 days, ...)."""
    if match := _SECONDS.search(text):
        return float(match.group(1))
    if match := _CLOCK.search(text):
        days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return float(((days * 24 + hours) * 60 + minutes) * 60 + seconds)
    return None
