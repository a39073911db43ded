"""Answers and mistakes as HTTP: status, headers, one JSON object with one sentence for what went wrong."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, Response

from trade.api.answers import Answer
from trade.api.concurrency import TooManyQuestions
from trade.errors import BadParameter, NoRows, StoreDamaged, StoreMissing, TradeError, UnknownName

KEEP = "public, max-age=60"
"""A minute: long enough for a crowd, short enough for a new month's figures. After it the tag is compared."""
NOT_FOUND = ("measure", "statement", "form of a measure", "chart", "form of a chart", "address")
"""Kinds of unknown names that stand in the path or are what was asked for; others are wrong parameters."""
NOT_READY = "The store cannot be read: whoever runs this server finds the reason with `trade doctor`."
OURS = "The server could not answer: the reason is in its log."
_log = logging.getLogger("trade.api")


def status_of(error: TradeError) -> int:
    """The status that says whose mistake it is."""
    if isinstance(error, UnknownName):
        return 404 if error.kind in NOT_FOUND else 400
    if isinstance(error, BadParameter):
        return 400
    if isinstance(error, NoRows):
        return 404
    return 503 if isinstance(error, (StoreMissing, StoreDamaged, TooManyQuestions)) else 500


def mistake(status: int, sentence: str, headers: Mapping[str, str] | None = None) -> Response:
    """The one form of all errors."""
    return JSONResponse(
        {"error": sentence, "status": status}, status, {"Cache-Control": "no-store"} | dict(headers or {})
    )


def refusal(error: TradeError) -> Response:
    """Our errors in their own words; but what names a folder of the server stays in its log."""
    status = status_of(error)
    if isinstance(error, (StoreMissing, StoreDamaged)):
        _log.error("%s", error)
        return mistake(status, NOT_READY, {"Retry-After": "30"})
    if status == 500:
        _log.error("%s", error)
    return mistake(status, str(error), {"Retry-After": "2"} if status == 503 else {})


def fault(error: Exception) -> Response:
    """A fault of ours: the trace goes to the log, the reader gets a sentence."""
    _log.error("unexpected fault", exc_info=error)
    return mistake(500, OURS)


def unchanged(answer: Answer, asked: Headers) -> bool:
    """Whether the reader already has this answer (`If-None-Match`, compared weakly as RFC 9110 says)."""
    given = asked.get("if-none-match", "")
    tags = (one.strip().removeprefix("W/") for one in given.split(","))
    return given.strip() == "*" or f'"{answer.tag}"' in tags


def headers(answer: Answer) -> dict[str, str]:
    """Weak tag: a proxy or the server may compress the same answer."""
    found = {"ETag": f'W/"{answer.tag}"', "Cache-Control": KEEP}
    if answer.store:
        found["Store-Version"] = answer.store
    if answer.file:
        found["Content-Disposition"] = f'inline; filename="{answer.file}"'
    return found


def reply(answer: Answer, body: bytes | None) -> Response:
    """The answer, or that it has not changed (`body` is None)."""
    if body is None:
        return Response(status_code=304, headers=headers(answer))
    return Response(body, headers=headers(answer), media_type=answer.media)
