"""The connector: the requested years, by product and as sums by pair of economies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from trade.errors import Message
from trade.sources.connectors import options as parse
from trade.sources.connectors.baci.folder import SOURCE, YearFile, economies, files, older_releases
from trade.sources.connectors.baci.yearly_sums import MOST_ROWS, read
from trade.sources.connectors.base import Job, UpdateFailed
from trade.sources.delivery import Delivery, Refusal, Rows
from trade.sources.manifest import Source

DETAIL = {"chapter": 2, "heading": 4, "subheading": 6}
YES = ("yes", "no")


class Baci:
    """Adds to the bundled `cepii_baci`: products as `product_trade`, sums as `bilateral_export`."""

    name = "cepii_baci"
    options: Mapping[str, str] = {
        "folder": "", "period": "", "detail": "chapter", "exporters": "all", "totals": "yes",
    }  # fmt: skip

    def fetch(self, job: Job) -> Delivery:
        years = files(job.options["folder"], parse.periods(job.options["period"], "A"))
        digits = DETAIL[parse.one_of(job.options["detail"], DETAIL, "detail")]
        with_totals = parse.one_of(job.options["totals"], YES, "answer") == "yes"
        codes = economies(years[0].path.parent, job.names)
        every = job.options["exporters"].strip().lower() == "all"
        only = None if every else set(parse.economies(job.options["exporters"], job.names))
        refused: list[Refusal] = []
        read_files = []
        for done, file in enumerate(years):
            job.say(Message("progress.page", source=SOURCE, page=file.path.name), done / len(years))
            read_files.append((file, read(file, digits, codes, only, refused)))
        _check_size(sum(table.num_rows for _, table in read_files))
        tables = [_products(file, table) for file, table in read_files]
        tables += [_totals(file, table) for file, table in read_files] if with_totals and every else []
        newest = max(file.vintage for file in years)
        notes = [
            Message("note.baci_rows", file=file.path.name, count=table.num_rows, edition=file.classification)
            for file, table in read_files
        ]
        notes += [Message("note.older_release", file=name) for name in older_releases(job.options["folder"], years)]
        return Delivery(self.name, _about(job, years, newest), newest, tables, refused, notes)


def _check_size(rows: int) -> None:
    if not rows:
        raise UpdateFailed("baci.no_rows", source=SOURCE)
    if rows > MOST_ROWS:
        raise UpdateFailed("baci.too_many", source=SOURCE, count=rows, most=MOST_ROWS)


def _products(file: YearFile, table: pa.Table) -> Rows:
    rows = table.rename_columns(["reporter", "partner", "product", "value_usd"])
    constants: dict[str, str | int | float | bool] = {
        "classification": file.classification, "freq": "A", "period": str(file.year), "flow": "export",
        "quality": "reconciled",
    }  # fmt: skip
    return Rows("product_trade", rows, f"one row per exporter, importer and product, {file.year}", constants)


def _totals(file: YearFile, table: pa.Table) -> Rows:
    sums = table.group_by(["exporter", "importer"]).aggregate([("value_usd", "sum")])
    rows = sums.rename_columns(["exporter", "importer", "value_usd"])
    return Rows("bilateral_export", rows, f"one row per exporter and importer, {file.year}", {"year": file.year})


def _about(job: Job, files: Sequence[YearFile], newest: str) -> Source:
    years = f"{files[0].year}" if len(files) == 1 else f"{files[0].year} to {files[-1].year}"
    return Source(
        producer="CEPII",
        title="BACI: reconciled bilateral merchandise exports by product",
        citation="Gaulier, G. and Zignago, S. (2010), BACI: International Trade Database at the Product-Level, CEPII"
        f" Working Paper 2010-23; {files[-1].classification}, version {files[-1].version}, {years}",
        url="https://www.cepii.fr/",
        published=newest,
        accessed=job.today,
        licence="Etalab Open Licence 2.0",
        unit="US dollars",
        currency="USD",
        valuation="FOB, reconciled by CEPII",
        coverage=years,
        warnings=["nominal", "boundaries", "rounded"],
    )
