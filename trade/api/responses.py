"""HTTP responses of answers and errors: status, headers; an error is one JSON object with one sentence."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, Response
from starlette.types import Scope

from trade.api.concurrency import TooManyQuestions
from trade.errors import BadParameter, Message, NoRows, StoreDamaged, StoreMissing, TradeError, UnknownName
from trade.text.catalog import LANGUAGES, SOURCE

if TYPE_CHECKING:
    from trade.api.answers import Answer

KEEP = "public, max-age=60"
"""Cached for a minute: long enough for a crowd, short enough for new figures. After that the tag is revalidated."""
NOT_FOUND = ("measure", "statement", "measure_form", "chart", "chart_form", "address")
"""Kinds of unknown names that give 404, since they are in the path or name what is requested; others are bad
parameters."""
NOT_READY, OURS = Message("api.not_ready"), Message("api.fault")
_QUALITY = re.compile(r"[01](\.[0-9]{0,3})?", re.ASCII)
_RANGE = re.compile(r"bytes=(?P<first>[0-9]{0,15})-(?P<last>[0-9]{0,15})", re.ASCII)
_log = logging.getLogger("trade.api")


def status_of(error: TradeError) -> int:
    """The HTTP status for an error."""
    if isinstance(error, UnknownName):
        return 404 if error.kind in NOT_FOUND else 400
    if isinstance(error, BadParameter):
        return 400
    if isinstance(error, NoRows):
        return 404
    return 503 if isinstance(error, (StoreMissing, StoreDamaged, TooManyQuestions)) else 500


def mistake(
    status: int, sentence: Message | TradeError, lang: str, headers: Mapping[str, str] | None = None
) -> Response:
    """The one form of all errors."""
    return JSONResponse(
        {"error": sentence.text(lang), "status": status},
        status,
        {"Cache-Control": "no-store", "Content-Language": lang, "Vary": "Accept-Language"} | dict(headers or {}),
    )


def language_of(scope: Scope) -> str:
    """The language of error messages: the parameter `lang`, else the first supported one of `Accept-Language`."""
    request = HTTPConnection(scope)
    if (lang := request.query_params.get("lang", "")) in LANGUAGES:
        return lang
    wishes = [wish.partition(";") for wish in request.headers.get("accept-language", "")[:500].split(",")]
    wishes.sort(key=lambda wish: _weight(wish[2]), reverse=True)
    codes = (code.strip().partition("-")[0].lower() for code, _, weight in wishes if _weight(weight))
    return next((code for code in codes if code in LANGUAGES), SOURCE)


def _weight(text: str) -> float:
    """`q=0.8` as 0.8; 1 if there is no weight, 0 if it is invalid."""
    name, _, value = text.strip().partition("=")
    if not name:
        return 1.0
    return float(value) if name == "q" and _QUALITY.fullmatch(value) else 0.0


def refusal(error: TradeError, lang: str) -> Response:
    """The response for one of our errors. Errors of the store name a folder of the server, so they are logged and
    replaced with a general message."""
    status = status_of(error)
    if isinstance(error, (StoreMissing, StoreDamaged)):
        _log.error("%s", error)
        return mistake(status, NOT_READY, lang, {"Retry-After": "30"})
    if status == 500:
        _log.error("%s", error)
    return mistake(status, error, lang, {"Retry-After": "2"} if status == 503 else {})


def server_error(error: Exception, lang: str) -> Response:
    """The response for an unexpected exception: the traceback is logged, the user gets a sentence."""
    _log.error("unexpected fault", exc_info=error)
    return mistake(500, OURS, lang)


def unchanged(answer: Answer, request_headers: Headers) -> bool:
    """Whether the client already has this answer (`If-None-Match`, weak comparison as in RFC 9110)."""
    condition = request_headers.get("if-none-match", "")
    tags = (tag.strip().removeprefix("W/") for tag in condition.split(","))
    return condition.strip() == "*" or f'"{answer.tag}"' in tags


def headers(answer: Answer) -> dict[str, str]:
    """The headers of an answer. The tag is weak, since a proxy or this server may compress the body."""
    fields = {"ETag": f'W/"{answer.tag}"', "Cache-Control": KEEP}
    if answer.store:
        fields["Store-Version"] = answer.store
    if answer.file:
        fields["Content-Disposition"] = f'inline; filename="{answer.file}"'
    return fields


def reply(answer: Answer, body: bytes | None, byte_range: str = "") -> Response:
    """The response with the answer, or 304 if it has not changed (`body` is None).

    `byte_range` is the header `Range`: programs that read Parquet over HTTP request its end first.
    """
    if body is None:
        return Response(status_code=304, headers=headers(answer))
    fields = headers(answer) | {"Accept-Ranges": "bytes"}
    part = _part(byte_range, len(body))
    if part is None:
        return Response(body, headers=fields, media_type=answer.media)
    if not part:
        return Response(status_code=416, headers=fields | {"Content-Range": f"bytes */{len(body)}"})
    fields["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{len(body)}"
    return Response(body[part.start : part.stop], 206, fields, answer.media)


def _part(byte_range: str, size: int) -> range | None:
    """The byte range requested, empty if beyond the end; None if the header is missing, invalid or names several
    ranges."""
    limits = _RANGE.fullmatch(byte_range)
    if limits is None or not (limits["first"] or limits["last"]):
        return None
    if not limits["first"]:
        return range(max(size - int(limits["last"]), 0), size)
    last = int(limits["last"] or size - 1)
    backwards = limits["last"] and last < int(limits["first"])
    return None if backwards else range(int(limits["first"]), min(last + 1, size))
