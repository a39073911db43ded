"""Settings of the server, all from the environment. docs/security.md lists them.

Secrets are not settings: they come from Streamlit's secrets only.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, ValidationError
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from trade.errors import BadParameter, Message, shorten

HOSTS, FRAMES, CHANGES = "TRADE_HOSTS", "TRADE_FRAMES", "TRADE_CHANGES"
Changes = Literal["loopback", "signed-in", "off"]
LONGEST_NAME = 200


def _split_list(text: object) -> object:
    """The items of a comma-separated list, in lower case."""
    return tuple(part for word in text.split(",") if (part := word.strip().lower())) if isinstance(text, str) else text


def _match_items(pattern: str, expected: str) -> AfterValidator:
    form = re.compile(pattern, re.ASCII)

    def check(words: tuple[str, ...]) -> tuple[str, ...]:
        for word in words:
            if not form.fullmatch(word):
                raise PydanticCustomError("holds", "", {"given": shorten(word), "good": expected})
        return words

    return AfterValidator(check)


def _read_changes(text: object) -> object:
    choices = get_args(Changes)
    chosen = str(text).strip().lower() or choices[0]
    if chosen not in choices:
        raise PydanticCustomError("one_of", "", {"given": shorten(chosen), "good": list(choices)})
    return chosen


def _read_name(text: object) -> object:
    name = str(text).strip()
    if len(name) > LONGEST_NAME:
        raise PydanticCustomError("holds", "", {"given": shorten(name), "good": "setting.a_name"})
    return name


class Settings(BaseSettings):
    """The settings in the current environment; an empty variable counts as not set."""

    model_config = SettingsConfigDict(env_prefix="TRADE_")

    hosts: Annotated[
        tuple[str, ...],
        NoDecode,
        BeforeValidator(_split_list),
        _match_items(r"\*|(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?", "setting.a_host"),
    ] = ()
    frames: Annotated[
        tuple[str, ...],
        NoDecode,
        BeforeValidator(_split_list),
        _match_items(
            r"'none'|'self'|\*|https?:|https?://[a-z0-9*.:\[\]-]+",
            "setting.an_origin",
        ),
    ] = ()
    changes: Annotated[Changes, BeforeValidator(_read_changes)] = "loopback"
    operator: Annotated[str, BeforeValidator(_read_name)] = ""


def check() -> Settings:
    """Read every setting, so that an invalid one stops the server at its start.

    Raises:
        BadParameter: names the setting, its value and what is allowed.
    """
    return _read(tuple(os.environ.get(f"TRADE_{name.upper()}") for name in Settings.model_fields))


@lru_cache(maxsize=8)
def _read(_environment: tuple[str | None, ...]) -> Settings:
    """Read once per environment: every page shows the operator, and checking all settings takes a millisecond."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name, value, good = f"TRADE_{str(first['loc'][0]).upper()}", first["ctx"]["given"], first["ctx"]["good"]
        if first["type"] == "one_of":
            raise BadParameter("setting.one_of", name=name, given=value, good=good) from None
        raise BadParameter("setting.holds", name=name, given=value, good=Message(good, most=LONGEST_NAME)) from None


def hosts() -> tuple[str, ...]:
    """Host names that the server accepts: `TRADE_HOSTS=trade.example.org,*.example.org`; `*` is any.

    Raises:
        BadParameter: a setting is wrong.
    """
    return check().hosts


def frames() -> tuple[str, ...]:
    """Sites that may embed a chart in a frame (`TRADE_FRAMES=https://news.example.org`); empty: not set.

    Raises:
        BadParameter: a setting is wrong.
    """
    return check().frames


def changes() -> Changes:
    """Who may change data from the page: `loopback` (users on this machine, the default), `signed-in` or `off`.

    Raises:
        BadParameter: a setting is wrong.
    """
    return check().changes


def operator() -> str:
    """Who runs the server and how to reach them: `TRADE_OPERATOR="Example Institute, data@example.org"`; or empty.

    Raises:
        BadParameter: a setting is wrong.
    """
    return check().operator
