"""The mapping file: which column of a reader's table is which of a fact table, and what is the same in all rows."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from trade.errors import FactError
from trade.sources.manifest import IsoDate, Text, Warning_

Table = Literal["trade_flow", "bilateral_export"]
"""Fact tables that take a reader's own figures: those with a reporter or exporter in each row."""
REMEDY = "see docs/updating.md for the fields of a mapping file"


class About(BaseModel):
    """Who made the figures and on what terms: the fields of a `source.toml`, those not given said to be unknown."""

    model_config = ConfigDict(extra="forbid")
    producer: Text = "A reader of this dashboard"
    title: Text | None = None
    citation: Text | None = None
    url: Text = "https://example.org/"
    published: IsoDate | None = None
    licence: Text = "not stated"
    valuation: Text = "not stated"
    warnings: list[Warning_] = []  # type: ignore[valid-type]


class Total(BaseModel):
    """Rows that print a total: they are checked against the sum of the others and left out."""

    model_config = ConfigDict(extra="forbid")
    column: Text
    label: Text
    tolerance: Annotated[float, Field(ge=0)] = 0.5
    """In percent of the total."""


class Mapping(BaseModel):
    """A mapping file. For a table of customs only `names`, `unit`, `encoding` and `source.published` count."""

    model_config = ConfigDict(extra="forbid")
    table: Table = "trade_flow"
    source: About = About()
    sheet: str = ""
    header: Annotated[int, Field(ge=1)] = 1
    """Row of the column names, from 1."""
    encoding: str = ""
    decimal: Literal[".", ","] = "."
    unit: str = ""
    columns: dict[str, str] = {}
    """Column of the fact table: name of the column in the file."""
    constants: dict[str, str | int | float | bool] = {}
    scale: dict[str, float] = {}
    """Column: what its numbers are multiplied by."""
    values: dict[str, dict[str, str]] = {}
    """Column: text in the file = code (flow, freq, quality ...)."""
    names: dict[str, str] = {}
    """Economy as the file names it = its code."""
    total: Total | None = None


def read_mapping(path: Path) -> Mapping:
    """The mapping file, checked.

    Raises:
        FactError: it is absent, not TOML, or has a field that nobody knows.
    """
    try:
        return Mapping.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise FactError(
            path.name, f"the mapping file cannot be read ({error.strerror})", remedy="check its name"
        ) from None
    except UnicodeDecodeError:
        raise FactError(path.name, "the mapping file is not UTF-8", remedy="save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise FactError(path.name, f"not valid TOML: {error}", remedy=REMEDY) from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise FactError(path.name, f"field {field}: {first['msg'].lower()}", remedy=REMEDY) from None
