"""Kill updates: `python -m tests.support.kill_driver FOLDER KILLS SEED` prints one JSON object per kill.

It runs as a process of its own, because it forks: each update runs in a child that SIGKILL ends at a random moment
(some milliseconds after one of its steps begins), or right before or after one of the steps that change the store
folder. A second child reads the store that is in service then, and a third one runs the update to its end. The parent
never opens a store.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.support.small_facts import EXPORTS_2025, delivery, facts_alone
from trade.ingest import apply
from trade.progress import ProgressCallback, no_progress
from trade.store import build_store, open_store, publish, table_contracts

STEPS = ("before the batch moves", "after the batch moved", "before the pointer", "after the pointer")
OLD, NEW = 50.0, 51.0
"""The value of one flow as shipped, and in the update."""


def _new() -> Any:
    rows = [row | {"value_usd": NEW} if row["importer"] == "USA" else row for row in EXPORTS_2025]
    return delivery("tiny", "2026-09-01", {"bilateral_export": rows})


def _update(home: Path, data: Path, say: ProgressCallback = no_progress) -> None:
    with apply.session("test", home) as folder:
        apply.apply([_new()], folder, data=data, say=say, accept_loss=True)  # a part of the year


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _set_trap(step: str) -> None:
    """Make this process die at the step."""
    move, point = apply._move, publish.point_to

    def moving(folder: Path, place: Path) -> None:
        if step == STEPS[0]:
            _die()
        move(folder, place)
        if step == STEPS[1]:
            _die()

    def pointing(home: Path, path: Path) -> None:
        if step == STEPS[2]:
            _die()
        point(home, path)
        if step == STEPS[3]:
            _die()

    apply._move, publish.point_to = moving, pointing


def _read_store(home: Path) -> dict[str, Any]:
    store = open_store(home)
    frame = store.query(
        "SELECT value_usd FROM fact.bilateral_export WHERE year = 2025 AND exporter = 'CHN' AND importer = 'USA'"
    )
    former = store.query(
        "SELECT value_usd FROM former.bilateral_export WHERE year = 2025 AND exporter = 'CHN' AND importer = 'USA'"
    )
    stored_version = store.query("SELECT version FROM store_version")["version"][0]
    return {
        "value": list(frame["value_usd"]),
        "former": list(former["value_usd"]),
        "whole": stored_version == store.version,
    }


def _child(work: Callable[[], Any]) -> tuple[int, Any]:
    """Run `work` in a forked child; return its wait status and result."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        try:
            os.write(write, json.dumps(work()).encode())
            os._exit(0)
        except BaseException as error:
            os.write(write, json.dumps(f"{type(error).__name__}: {error}").encode())
            os._exit(1)
    os.close(write)
    _, status = os.waitpid(pid, 0)
    output = os.read(read, 1 << 16)
    os.close(read)
    return status, json.loads(output) if output else None


def _killed_at(number: int, delay: float, home: Path, data: Path) -> int:
    """Kill an update `delay` seconds after its step with this number began; return its wait status."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        seen = 0

        def say(step: object, done: float) -> None:
            nonlocal seen
            seen += 1
            if seen == number:
                os.write(write, b"!")

        _update(home, data, say)
        os._exit(0)
    os.close(write)
    if os.read(read, 1):
        time.sleep(delay)
        os.kill(pid, signal.SIGKILL)
    os.close(read)
    return os.waitpid(pid, 0)[1]


def _trapped(step: str, home: Path, data: Path) -> None:
    _set_trap(step)
    _update(home, data)


def _round(base: Path, data: Path, home: Path, step: str, number: int, delay: float) -> dict[str, Any]:
    shutil.copytree(base, home)
    status = _child(lambda: _trapped(step, home, data))[0] if step else _killed_at(number, delay, home, data)
    seen = _child(lambda: _read_store(home))[1]
    exit_status, problem = _child(lambda: _update(home, data))
    final = _child(lambda: _read_store(home))[1]
    leftovers = [path.name for path in home.iterdir() if path.name.startswith((".draft", ".current"))]
    leftovers += [path.name for path in (home / "incoming").glob("*")]
    batches = [path.name for path in (home / "facts" / "tiny").glob("*")]
    shutil.rmtree(home)
    return {
        "moment": step or f"step {number} + {delay:.3f} s", "killed": os.WIFSIGNALED(status), "seen": seen,
        "ended": exit_status == 0, "problem": problem, "final": final, "leftovers": leftovers, "batches": batches,
    }  # fmt: skip


def _steps(base: Path, data: Path, home: Path) -> int:
    """How many steps an update has."""
    shutil.copytree(base, home)
    steps: list[object] = []

    def work() -> int:
        _update(home, data, lambda step, done: steps.append(step))
        return len(steps)

    return int(_child(work)[1])


def main(folder: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    table_contracts.fact_contracts()  # read once, before the forks; the engine it asks is gone again
    with facts_alone():
        data, base = folder / "data", folder / "base"
        assert _child(lambda: build_store(data, base).version)[0] == 0
        steps = _steps(base, data, folder / "counted")
        for number in range(kills):
            step = STEPS[number] if number < len(STEPS) else ""
            outcome = _round(
                base, data, folder / f"home{number}", step, chance.randint(1, steps - 1), chance.uniform(0, 0.02)
            )
            print(json.dumps(outcome), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
