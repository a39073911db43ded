"""Read messages of the IMF: SDMX 2.1, structure-specific XML, without the structure definition."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from logging import ERROR, getLogger
from typing import Any

from lxml import etree

from trade.sources.connectors.base import Unusable
from trade.sources.connectors.http_client import NotWhole

_DATED = re.compile(rb'(?:PUBLICATION|UPDATE)_DATE="(\d{4}-\d{2}-\d{2})')
_DIMENSIONS = ("INDICATOR", "COUNTERPART_COUNTRY", "FREQUENCY")


def check_whole(body: bytes) -> None:
    """Raise NotWhole if the body is not a complete XML message with data."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise NotWhole("http.not_xml", reason=" ".join(str(error.msg).split())) from None
    if not root.tag.endswith("}StructureSpecificData"):
        raise NotWhole("http.other_message", kind=etree.QName(root).localname)


def dated(body: bytes) -> str:
    """The day on which the figures were published, empty if the message does not give it."""
    return max((day.decode() for day in _DATED.findall(body[:20_000])), default="")


def observations(body: bytes, source: str, page: str) -> Iterator[tuple[dict[str, str], str, Any]]:
    """Each observation: the dimensions of its series, its period, its value as text.

    Raises:
        Unusable: the message is not of the expected kind.
    """
    import sdmx

    try:
        with _quiet():
            message = sdmx.read_sdmx(io.BytesIO(body))
        data = list(message.data)  # type: ignore[attr-defined]
    except Exception as error:  # sdmx may raise anything for an unexpected element
        raise Unusable("imf.unread", source=source, page=page, reason=type(error).__name__) from None
    for dataset in data:
        for key, observations in dataset.series.items():
            series = {name: str(value.value) for name, value in key.values.items()}
            if missing := [name for name in _DIMENSIONS if name not in series]:
                raise Unusable("imf.no_dimension", source=source, page=page, name=missing[0])
            for observation in observations:
                yield series, str(observation.dimension), observation.value


@contextmanager
def _quiet() -> Iterator[None]:
    """Suppress what sdmx prints and logs about the missing structure definition, which is not needed."""
    log = getLogger("sdmx")
    level = log.level
    log.setLevel(ERROR)
    try:
        with redirect_stdout(io.StringIO()):
            yield
    finally:
        log.setLevel(level)
