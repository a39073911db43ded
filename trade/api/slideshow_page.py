"""The presentation page: the target of links with `present=1` and a chart or story. It does not use Streamlit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import Response

from trade.api.concurrency import Limiter
from trade.api.responses import language_of, status_of
from trade.errors import StoreDamaged, StoreMissing, TradeError
from trade.text.catalog import SOURCE

AT_ONCE, WAITING = 2, 50
"""Most presentations composed at the same time, and most that wait."""


def is_presented(request: Request) -> bool:
    """Whether the request is for this page. Streamlit handles embedded charts and presentations of a whole page's
    charts."""
    params = request.query_params
    return params.get("present") == "1" and "embed" not in params and not {"story", "chart"}.isdisjoint(params)


class SlideshowPage:
    """Puts the page together."""

    def __init__(self, base: str) -> None:
        self._base, self._limiter = base, Limiter(AT_ONCE, WAITING)

    async def respond(self, request: Request, page: str) -> Response | None:
        """The presentation of a link on `page`; None if there is no store yet: the dashboard builds it."""
        lang = language_of(request.scope) if "lang" in request.query_params else SOURCE
        params = parse_qs(request.url.query, keep_blank_values=True)
        try:
            body, status = await self._limiter.run(lambda: _body(page, params, lang, self._base)), 200
        except (StoreMissing, StoreDamaged):
            return None
        except TradeError as error:
            from trade.stories import slideshow
            from trade.stories.story import StoryError

            lang, status = language_of(request.scope), 400 if isinstance(error, StoryError) else status_of(error)
            body = slideshow.refused(error.text(lang), lang, self._base)
        return Response(body, status, {"Cache-Control": "no-cache"}, "text/html")


def _body(page: str, params: Mapping[str, Sequence[str]], lang: str, base: str) -> str:
    from trade.panels.run_context import RunContext, running
    from trade.store import open_store  # imported here to keep the server's start fast
    from trade.stories import slideshow

    with running(RunContext(lang, {}, open_store())):
        return slideshow.html(slideshow.of_link(page, params, lang), base)
