"""One question over HTTP and what its failures mean, the same for all sources.

A connector says what to ask and reads what came; statuses, pace, retries and kept pages are handled here. A credential
goes into a header, never into an address or a sentence, and follows no redirect to another host.
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

from trade.errors import shorten
from trade.sources.connectors.base import Job, UpdateFailed
from trade.sources.connectors.error_bodies import message, wait_named
from trade.sources.connectors.rate_limit import RETRY, Pace, Throttled, Unavailable, retried
from trade.sources.delivery import AS_BEFORE

_STEP = 1 << 16
_REDIRECTS = (301, 302, 303, 307, 308)
_QUOTA = re.compile(r"quota", re.IGNORECASE)


@dataclass(frozen=True)
class Web:
    """How a source is asked.

    Args:
        source: its name in sentences. key_help: what to do when it wants a credential or refuses ours.
        longest: seconds that an answer may take as a whole; read: that it may pause.
        most_bytes: an answer larger than this is not read to its end.
    """

    source: str
    key_help: str = ""
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
        """The body of the answer.

        Args:
            secret: a credential among the headers, which no sentence may repeat although the answer does.
            empty: statuses by which the source says that it has nothing: the body is then empty.
            whole: raises ValueError for a body that was cut short or is of another kind.

        Raises:
            Throttled: too many calls. Unavailable: a fault that may pass. UpdateFailed: one that will not.
        """
        try:
            status, body, patience = self._fetch(url, dict(headers))
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise Unavailable(_plain(error)) from None
        if status in empty:
            return b""
        if status != 200:
            self._refused(status, message(body, secret), patience)
        try:
            if whole is not None:
                whole(body)
        except ValueError as error:
            raise Unavailable(f"an answer that is not whole ({message(str(error).encode(), secret)})") from None
        return body

    def _fetch(self, url: str, headers: dict[str, str]) -> tuple[int, bytes, str]:
        """Status, body and Retry-After; redirects are followed within the host, since a key must not leave it."""
        ends = time.monotonic() + self.longest
        timeout = urllib3.Timeout(connect=15.0, read=self.read)
        with urllib3.PoolManager(retries=False) as pool:
            for _ in range(4):
                answer = pool.request(
                    "GET", url, headers=headers, timeout=timeout, redirect=False, preload_content=False
                )
                body = self._read(answer, ends)
                if answer.status not in _REDIRECTS:
                    return answer.status, body, answer.headers.get("Retry-After", "")
                url = self._redirected(url, answer.headers.get("Location", ""))
        raise UpdateFailed(f"{self.source} sends from one address to the next without end: try again later.")

    def _read(self, answer: urllib3.BaseHTTPResponse, ends: float) -> bytes:
        parts, size = [], 0
        try:
            for part in answer.stream(_STEP, decode_content=True):
                parts.append(part)
                size += len(part)
                if size > self.most_bytes:
                    raise UpdateFailed(
                        f"{self.source} answers with more than {self.most_bytes >> 20} MB: ask for less at a time."
                    )
                if time.monotonic() > ends:
                    raise Unavailable(f"an answer that took more than {self.longest:g} seconds")
        finally:
            answer.close()
        return b"".join(parts)

    def _redirected(self, url: str, place: str) -> str:
        old, new = urlsplit(url), urlsplit(urljoin(url, place))
        if not place or (old.scheme, old.netloc) != (new.scheme, new.netloc):
            raise UpdateFailed(
                f"{self.source} sends the question on to {shorten(new.netloc or 'nowhere')}, which is not asked: its"
                " address may have changed; look for a newer version of this program."
            )
        return new.geturl()

    def _refused(self, status: int, said: str, patience: str) -> NoReturn:
        """Raise what the status means; `said`: the answer in words, `patience`: its Retry-After."""
        if status == 429 or (status == 403 and _QUOTA.search(said)):
            raise Throttled(said or "too many calls", _seconds(patience) or wait_named(said))
        if RETRY.is_retry("GET", status):
            raise Unavailable(f"HTTP {status}{_in_brackets(said)}")
        if status in (401, 403):
            told = f"{self.source} refuses the question (HTTP {status}{_comma(said)})"
            raise UpdateFailed(f"{told}: {self.key_help}" if self.key_help else f"{told}.")
        raise UpdateFailed(
            f"{self.source} answers with HTTP {status}{_in_brackets(said)}: its interface may have changed; check the"
            " options or look for a newer version of this program."
        )

    def page(self, job: Job, key: str, ask: Callable[[], bytes], pace: Pace) -> bytes:
        """The page `key` of this job, from disk or asked for at the source's pace, again while its faults may pass.

        Raises:
            UpdateFailed: the source does not give it.
        """

        def waits(seconds: float, fault: Exception) -> None:
            job.say(f"{self.source}: waiting for {seconds:.0f} s ({fault})", AS_BEFORE)

        try:
            return job.page(key, lambda: retried(ask, pace, waits=waits))
        except Throttled as fault:
            when = f"in {_duration(fault.wait)}" if fault.wait else "later"
            raise UpdateFailed(
                f"{self.source} takes no more calls now ({fault}): give the same order again {when}, it goes on from"
                f" the {_pages(job)} fetched so far."
            ) from None
        except Unavailable as fault:
            raise UpdateFailed(
                f"{self.source} gives {fault}: give the same order again later, it goes on from the {_pages(job)}"
                " fetched so far."
            ) from None


def address(variable: str, usual: str) -> str:
    """The source's address: the usual one, or what the environment says instead (a mirror, a test)."""
    return os.environ.get(variable, "").strip().rstrip("/") or usual


def a_json(body: bytes) -> Any:
    """The body as JSON.

    Raises:
        ValueError: it is not JSON: cut short, or a page for people.
    """
    if body.lstrip()[:1] == b"<":
        raise ValueError("a page of text where JSON was asked for")
    try:
        return json.loads(body)
    except RecursionError:
        raise ValueError("lists within lists without end") from None


def _seconds(patience: str) -> float | None:
    """Seconds that a Retry-After header names, also as a date; None if it names none."""
    try:
        return RETRY.parse_retry_after(patience)
    except urllib3.exceptions.InvalidHeader:
        return None


def _plain(error: BaseException) -> str:
    """A fault of the line in words."""
    if isinstance(error, urllib3.exceptions.ReadTimeoutError):
        return "no answer in time"
    if isinstance(error, urllib3.exceptions.ProtocolError | urllib3.exceptions.IncompleteRead):
        return "an answer that broke off"
    return "no answer (it cannot be reached)"


def _in_brackets(said: str) -> str:
    return f" ({said})" if said else ""


def _comma(said: str) -> str:
    return f", {said}" if said else ""


def _pages(job: Job) -> str:
    held = job.downloads.kept + job.downloads.fetched
    return f"{held} page{'' if held == 1 else 's'}"


def _duration(seconds: float) -> str:
    hours, minutes = divmod(int(seconds + 59) // 60, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
