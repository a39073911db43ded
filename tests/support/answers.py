"""Cache results of measures that several tests of a module need."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any
from unittest.mock import patch

from trade.measures import Result, run
from trade.store import Store


@contextmanager
def results_cached(module: ModuleType) -> Iterator[None]:
    """Inside the block `module.run` computes each result once; every caller gets a copy of its rows."""
    answers: dict[tuple[object, ...], Result] = {}

    def cached_run(store: Store, measure_id: str, /, **params: Any) -> Result:
        key = (store.path, measure_id, *sorted((name, repr(value)) for name, value in params.items()))
        if key not in answers:
            answers[key] = run(store, measure_id, **params)
        return dataclasses.replace(answers[key], frame=answers[key].frame.copy())

    with patch.object(module, "run", cached_run):
        yield
