"""HTTP requests and the meaning of their failures, the same for all sources.

A connector builds requests and reads bodies; statuses, rate limits, retries and saved pages are handled here. A
credential is sent in a header, never in a URL or message, and not to another host after a redirect.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import urljoin, urlsplit

import urllib3

from trade.errors import Message, TradeError, shorten
from trade.sources.connectors.base import Job, UpdateFailed
from trade.sources.connectors.error_bodies import message, wait_named
from trade.sources.connectors.rate_limit import RETRY, Pace, Throttled, Unavailable, retried
from trade.sources.delivery import AS_BEFORE

_STEP = 1 << 16
_REDIRECTS = (301, 302, 303, 307, 308)
_QUOTA = re.compile(r"quota", re.IGNORECASE)


class NotWhole(TradeError):
    """A response body is truncated or of another kind. The message is the end of a sentence."""


@dataclass(frozen=True)
class Web:
    """An HTTP client for one source.

    Args:
        source: its name in messages. key_help: what to do when it requires a credential or refuses ours.
        longest: most seconds for a whole response; read: most seconds between two parts of it.
        most_bytes: a larger response is refused.
    """

    source: str
    key_help: Message | str = ""
    read: float = 60.0
    longest: float = 600.0
    most_bytes: int = 1 << 30

    def get(
        self,
        url: str,
        headers: Mapping[str, str],
        *,
        secret: str = "",
        empty: Collection[int] = (),
        whole: Callable[[bytes], object] | None = None,
    ) -> bytes:
        """The body of the response.

        Args:
            secret: a credential in the headers, which is removed from messages.
            empty: statuses that mean that the source has no data: the body is then empty.
            whole: raises NotWhole or ValueError for a body that is truncated or of another kind.

        Raises:
            Throttled: too many calls. Unavailable: a temporary failure. UpdateFailed: a permanent one.
        """
        try:
            status, body, retry_after = self._fetch(url, dict(headers))
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise _fault(error) from None
        if status in empty:
            return b""
        if status != 200:
            self._refused(status, message(body, secret), retry_after)
        try:
            if whole is not None:
                whole(body)
        except NotWhole as error:
            raise Unavailable("http.not_whole", reason=error.message) from None
        except ValueError as error:
            raise Unavailable("http.not_whole", reason=message(str(error).encode(), secret)) from None
        return body

    def _fetch(self, url: str, headers: dict[str, str]) -> tuple[int, bytes, str]:
        """Status, body and Retry-After; redirects are followed within the host, since a key must not leave it."""
        deadline = time.monotonic() + self.longest
        timeout = urllib3.Timeout(connect=15.0, read=self.read)
        with urllib3.PoolManager(retries=False) as pool:
            for _ in range(4):
                answer = pool.request(
                    "GET", url, headers=headers, timeout=timeout, redirect=False, preload_content=False
                )
                body = self._read(answer, deadline)
                if answer.status not in _REDIRECTS:
                    return answer.status, body, answer.headers.get("Retry-After", "")
                url = self._redirected(url, answer.headers.get("Location", ""))
        raise UpdateFailed("http.redirects", source=self.source)

    def _read(self, answer: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
        parts, size = [], 0
        try:
            for part in answer.stream(_STEP, decode_content=True):
                parts.append(part)
                size += len(part)
                if size > self.most_bytes:
                    raise UpdateFailed("http.too_large", source=self.source, most=self.most_bytes >> 20)
                if time.monotonic() > deadline:
                    raise Unavailable("http.too_slow", seconds=self.longest)
        finally:
            answer.close()
        return b"".join(parts)

    def _redirected(self, url: str, place: str) -> str:
        old, new = urlsplit(url), urlsplit(urljoin(url, place))
        if not place or (old.scheme, old.netloc) != (new.scheme, new.netloc):
            raise UpdateFailed("http.other_host", source=self.source, host=shorten(new.netloc or "nowhere"))
        return new.geturl()

    def _refused(self, status: int, text: str, retry_after: str) -> NoReturn:
        """Raise the error for a status. `text`: message in the response, `retry_after`: its header."""
        if status == 429 or (status == 403 and _QUOTA.search(text)):
            raise Throttled(text or "http.too_many_calls", _seconds(retry_after) or wait_named(text))
        if RETRY.is_retry("GET", status):
            raise Unavailable("http.fault", status=status, detail=_in_brackets(text))
        if status in (401, 403):
            raise UpdateFailed(
                "http.refused_key" if self.key_help else "http.refused",
                source=self.source,
                status=status,
                detail=f", {text}" if text else "",
                **({"help": self.key_help} if self.key_help else {}),
            )
        raise UpdateFailed("http.status", source=self.source, status=status, detail=_in_brackets(text))

    def page(self, job: Job, key: str, request: Callable[[], bytes], pace: Pace) -> bytes:
        """The page `key` of this job, from disk or fetched at the source's pace, with retries after temporary failures.

        Raises:
            UpdateFailed: it cannot be fetched.
        """

        def waits(seconds: float, fault: Exception) -> None:
            words = {"source": self.source, "seconds": f"{seconds:.0f}", "fault": fault}
            job.say(Message("progress.waiting", **words), AS_BEFORE)

        try:
            return job.page(key, lambda: retried(request, pace, waits=waits))
        except Throttled as fault:
            when = Message("http.in", duration=_duration(fault.wait)) if fault.wait else Message("http.later")
            raise UpdateFailed(
                "http.no_more_calls", source=self.source, fault=fault, when=when, pages=_pages(job)
            ) from None
        except Unavailable as fault:
            raise UpdateFailed("http.failed", source=self.source, fault=fault, pages=_pages(job)) from None


def address(variable: str, usual: str) -> str:
    """The source's URL: the usual one, or that of an environment variable (for a mirror or a test)."""
    return os.environ.get(variable, "").strip().rstrip("/") or usual


def a_json(body: bytes) -> Any:
    """The body as JSON.

    Raises:
        NotWhole, ValueError: it is not JSON: truncated, or an HTML page.
    """
    if body.lstrip()[:1] == b"<":
        raise NotWhole("http.not_json")
    try:
        return json.loads(body)
    except RecursionError:
        raise NotWhole("http.nested") from None


def _seconds(retry_after: str) -> float | None:
    """Seconds to wait by a Retry-After header, which may be a date; None if it is invalid."""
    try:
        return RETRY.parse_retry_after(retry_after)
    except urllib3.exceptions.InvalidHeader:
        return None


def _fault(error: BaseException) -> Unavailable:
    """A connection error as `Unavailable`, with a message."""
    if isinstance(error, urllib3.exceptions.ReadTimeoutError):
        return Unavailable("http.no_answer_in_time")
    if isinstance(error, urllib3.exceptions.ProtocolError | urllib3.exceptions.IncompleteRead):
        return Unavailable("http.broke_off")
    return Unavailable("http.unreachable")


def _in_brackets(text: str) -> str:
    return f" ({text})" if text else ""


def _pages(job: Job) -> Message:
    count = job.downloads.reused + job.downloads.fetched
    return Message("http.page") if count == 1 else Message("http.pages", count=count)


def _duration(seconds: float) -> Message:
    hours, minutes = divmod(int(seconds + 59) // 60, 60)
    return Message("http.hours", hours=hours, minutes=minutes) if hours else Message("http.minutes", minutes=minutes)
