"""Replace a bundled dataset with a user's longer or corrected file in the same layout.

Nothing is fetched. It is meant for figures typed from publications (tariffs, services of the ministry, forecasts), but
works for any folder of `data/`, whose `source.toml` gives terms, constants and table.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow.csv as pa_csv
from pyarrow import ArrowInvalid, Table

from trade import paths
from trade.errors import BadParameter, Message, UnknownName, shorten
from trade.sources.connectors.base import Job, UpdateFailed
from trade.sources.delivery import Delivery, Rows
from trade.sources.manifest import FactFile, read_manifest


class Bundled:
    """See the module. Statements in the file replace those in service; the others stay."""

    name = "bundled"
    options: Mapping[str, str] = {"source": "", "file": "", "published": ""}

    def fetch(self, job: Job) -> Delivery:
        folders = sorted(path.parent.name for path in paths.data().glob("*/source.toml"))
        source, path = job.options["source"].strip(), Path(job.options["file"]).expanduser()
        if source not in folders:
            raise UnknownName("source_to_update", source, folders)
        if not path.is_file():
            raise BadParameter("bundled.no_file", file=shorten(job.options["file"] or "file"))
        if not job.options["published"]:
            raise BadParameter("bundled.no_day")
        about = read_manifest(paths.data() / source)
        rows = _rows(path)
        model = _model(path, about.file, paths.data() / source, rows.column_names)
        job.say(Message("progress.page", source=source, page=path.name), 0.5)
        rows_read = Rows(model.table, rows, model.description, model.constants, model.rounding)
        day = job.options["published"]
        fetched = about.model_copy(update={"file": [], "static": [], "published": day, "accessed": job.today})
        return Delivery(
            source,
            fetched,
            day,
            [rows_read],
            notes=[Message("note.rows", count=rows.num_rows, file=path.name, table=model.table)],
        )


def _rows(path: Path) -> Table:
    """The file's rows as texts.

    Raises:
        UpdateFailed: it is not a CSV file in UTF-8, or has no rows.
    """
    try:
        head = pa_csv.read_csv(path).column_names
        as_text = pa_csv.ConvertOptions(
            column_types=dict.fromkeys(head, "string"), strings_can_be_null=True, null_values=[""]
        )
        rows = pa_csv.read_csv(path, convert_options=as_text)
    except (ArrowInvalid, OSError) as error:
        raise UpdateFailed("bundled.unread", file=path.name, reason=str(error).splitlines()[0][:160]) from None
    if not rows.num_rows:
        raise UpdateFailed("bundled.empty", file=path.name)
    return rows


def _model(path: Path, files: list[FactFile], folder: Path, columns: list[str]) -> FactFile:
    """The bundled file with these columns; if there are several, the one with the same name.

    Raises:
        UpdateFailed: none has.
    """
    layouts = {file.path: pa_csv.read_csv(folder / file.path).column_names for file in files}
    alike = [file for file in files if sorted(layouts[file.path]) == sorted(columns)]
    named = [file for file in alike if Path(file.path).name == path.name]
    if not alike:
        wanted = "; ".join(f"{name}: {', '.join(layout)}" for name, layout in layouts.items())
        raise UpdateFailed("bundled.other_columns", file=path.name, found=", ".join(columns)[:200], wanted=wanted[:600])
    return (named or alike)[0]
