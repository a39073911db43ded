"""`source.toml`: the manifest of a folder of facts."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from trade.errors import FactError, Message, shorten

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def of_the_calendar(day: str) -> str:
    """`day`, if it is a valid ISO date: a day, a month or a year.

    Raises:
        ValueError: it is not.
    """
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", day, re.ASCII):
        raise ValueError(day)
    date.fromisoformat(day + "-01-01"[len(day) - 4 :])
    return day


IsoDate = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}){0,2}$"), AfterValidator(of_the_calendar)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

WARNINGS: dict[str, str] = {
    "reporter_lag": "Recent years lack reporters that publish late.",
    "mirror_value": "Values are the partner's report of the same trade.",
    "cif_vs_fob": "Exports are FOB, imports CIF: the two sides do not match.",
    "reexports": "Includes goods re-exported through third places, Hong Kong above all.",
    "overlapping_groups": "Groups overlap and must not be added up.",
    "revised_base": "Official growth uses a revised base and differs from growth between printed levels.",
    "nominal": "Current prices: growth mixes price and quantity.",
    "converted_currency": "Converted at a yearly rate implied by two official totals.",
    "derived_value": "Some values are computed from published ones.",
    "series_break": "Definitions or sources change within the series.",
    "partial_coverage": "Not all economies, periods or items are covered.",
    "rounded": "Values are rounded as printed.",
    "secondary_source": "Read in a copy or a quotation of the official figure.",
    "boundaries": "Boundaries and names imply no endorsement.",
    "shares_only": "Shares are published, not values.",
    "preliminary": "First release, revised later.",
    "some_goods": "Holds some goods only: no share of all trade follows from it.",
}
Warning_ = Literal[tuple(WARNINGS)]  # type: ignore[valid-type]


class FactFile(BaseModel):
    """One file of facts and the contract it fulfils."""

    model_config = ConfigDict(extra="forbid")
    path: Text
    table: Text
    rows: Annotated[int, Field(ge=1)]
    sha256: Sha256
    description: Text
    rounding: dict[str, float] = {}
    """By column: half a unit of the last printed digit, in the unit of the column, so that a figure printed again with
    fewer digits is not taken for a revision."""
    constants: dict[str, str | int | float | bool] = {}


class StaticFile(BaseModel):
    """A file that is served as it is, not read into the store (map geometry)."""

    model_config = ConfigDict(extra="forbid")
    path: Text
    sha256: Sha256


class Source(BaseModel):
    """A provider's folder: who made the figures, where they were read and on what terms."""

    model_config = ConfigDict(extra="forbid")
    producer: Text
    title: Text
    citation: Text
    url: Text
    published: IsoDate
    accessed: IsoDate
    licence: Text
    unit: Text
    currency: Text
    valuation: Text
    coverage: Text
    warnings: list[Warning_] = []  # type: ignore[valid-type]
    notes: list[Text] = []
    vintage: IsoDate | None = None
    """Of a batch that was imported or fetched: the day on which its figures were published or retrieved."""
    received: Text | None = None
    """Of a batch: the time of receipt (UTC), which orders batches of one vintage."""
    dated: bool = True
    """Of a batch: whether `vintage` is the day of publication or retrieval, not of the import."""
    file: list[FactFile] = []
    static: list[StaticFile] = []


def read_manifest(folder: Path) -> Source:
    """The folder's `source.toml`, checked.

    Raises:
        FactError: the file is absent, is not TOML, lacks a field or has an unknown one.
    """
    path = folder / "source.toml"
    name = f"{folder.name}/source.toml"
    remedy = "fact.see_adding"
    try:
        return Source.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise FactError(name, "fact.missing", remedy=remedy) from None
    except OSError as error:
        raise FactError(name, "fact.unread", remedy="fact.permissions", reason=error.strerror) from None
    except UnicodeDecodeError as error:
        raise FactError(name, "fact.byte_not_utf8", remedy="fact.save_file_utf8", byte=error.start) from None
    except tomllib.TOMLDecodeError as error:
        raise FactError(name, "fact.not_toml", remedy=remedy, reason=str(error)) from None
    except ValidationError as error:
        field, reason = field_fault(error)
        raise FactError(name, "fact.bad_field", remedy=remedy, field=field, reason=reason) from None


def field_fault(error: ValidationError) -> tuple[str, Message]:
    """The first invalid field, and the reason as a message."""
    first = error.errors(include_url=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return field, Message("fact.field_unknown")
    if first["type"] == "missing":
        return field, Message("fact.field_missing")
    if first["type"] == "literal_error":
        return field, Message("fact.field_choices", choices=str(first.get("ctx", {}).get("expected", "")))
    return field, Message("fact.field_kind", given=shorten(first.get("input"), 40))
