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

    def remembered(store: Store, measure_id: str, /, **given: Any) -> Result:
        question = (store.path, measure_id, *sorted((name, repr(value)) for name, value in given.items()))
        if question not in answers:
            answers[question] = run(store, measure_id, **given)
        return dataclasses.replace(answers[question], frame=answers[question].frame.copy())

    with patch.object(module, "run", remembered):
        yield
