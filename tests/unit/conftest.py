"""Fixtures of the tests of files."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import redirect_stdout
from types import SimpleNamespace
from typing import Any

import pytest

from trade.sources.spreadsheets import isolated_reader

sys.path.insert(0, str(isolated_reader._WORKER.parent))
import worker  # type: ignore[import-not-found]


@pytest.fixture
def readers_here(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Read files in this process, without a worker's limits, which test_hostile_files.py tests."""

    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        request, raw = options["input"].split(b"\n", 1)
        with redirect_stdout(io.StringIO()) as out, warnings.catch_warnings(action="ignore"):
            answer = worker.answer(json.loads(request), raw)
        return subprocess.CompletedProcess(command, 0, f"{out.getvalue()}{json.dumps({'end': answer})}\n".encode(), b"")

    former = csv.field_size_limit()
    monkeypatch.setattr(isolated_reader, "subprocess", SimpleNamespace(run=run))
    yield
    csv.field_size_limit(former)
