"""Kill builds, and run two at once: `python -m tests.support.fault_driver FOLDER KILLS SEED` prints JSON lines.

It runs as a process of its own, because it forks. Each build runs in a child, and another child reads the store that is
in service afterwards. The parent never opens a store.
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
from functools import partial
from pathlib import Path
from typing import Any

from tests.support.facts import edit
from tests.support.small_facts import facts_alone, write_small_facts
from trade.store import build_store, expected_version, open_store, publish, table_contracts

STEPS = ("before the file has its name", "before the pointer", "after the pointer", "while old stores are deleted")


MOMENTS = 12
"""Progress messages of a build of the small facts before it publishes; the build is killed at each of them."""


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _child(work: Callable[..., Any], after: float | None = None) -> tuple[int, Any]:
    """Run `work` in a forked child; return its wait status and result.

    With `after` the child is killed that many seconds after it writes its first byte, and there is no result.
    """
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        try:
            os.write(write, json.dumps(work() if after is None else work(write)).encode())
            os._exit(0)
        except BaseException as error:
            os.write(write, json.dumps(f"{type(error).__name__}: {error}").encode())
            os._exit(1)
    os.close(write)
    if after is not None and os.read(read, 1):
        time.sleep(after)
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    output = os.read(read, 1 << 16)
    os.close(read)
    return status, json.loads(output) if output and after is None else None


def _set_trap(step: str) -> None:
    """Make this process die at the step."""
    replace, point, prune = os.replace, publish.point_to, publish._prune

    def replacing(old: Path, new: Path) -> None:
        if step == STEPS[0]:
            _die()
        replace(old, new)

    def pointing(home: Path, path: Path) -> None:
        if step == STEPS[1]:
            _die()
        point(home, path)
        if step == STEPS[2]:
            _die()

    def pruning(home: Path, in_use: set[Path | None]) -> None:
        if step == STEPS[3]:
            _die()
        prune(home, in_use)

    os.replace, publish.point_to, publish._prune = replacing, pointing, pruning  # type: ignore[assignment]


def _read_store(home: Path) -> list[Any]:
    """The version of the store in service, and whether the store states it too and every cell of it can be read."""
    store = open_store(home)
    stored_version = store.query("SELECT version FROM store_version")["version"][0]
    tables = store.query(
        "SELECT schema_name || '.' || table_name AS name FROM duckdb_tables() WHERE database_name = current_database()"
    )["name"]
    each = [f"SELECT count(*) AS size, sum(hash(whole)) AS content FROM {name} AS whole" for name in tables]
    read = store.query(f"SELECT sum(size) AS size, sum(content) AS content FROM ({' UNION ALL '.join(each)})")
    return [store.version, bool(stored_version == store.version and read["size"][0] > 300)]


def _build(home: Path, data: Path, step: str) -> str:
    if step:
        _set_trap(step)
    return build_store(data, home).version


def _build_and_signal(home: Path, data: Path, number: int, to: int) -> str:
    """Build, and write a byte to `to` at the progress message with this number."""
    moments = iter(range(1000))

    def say(step: object, done: float) -> None:
        if next(moments) == number:
            os.write(to, b"!")

    return build_store(data, home, say).version


def _killed(base: Path, data: Path, home: Path, step: str, moment: tuple[int, float]) -> dict[str, Any]:
    shutil.copytree(base, home)
    if step:
        status, _ = _child(partial(_build, home, data, step))
    else:
        status, _ = _child(partial(_build_and_signal, home, data, moment[0]), moment[1])
    seen = _child(partial(_read_store, home))[1]
    again = _child(partial(_build, home, data, ""))[1]
    final = _child(partial(_read_store, home))[1]
    outcome = {
        "moment": step or moment, "killed": os.WIFSIGNALED(status), "seen": seen, "again": again,
        "final": final, "drafts": _drafts(home), "stores": len(list(home.glob("trade-*.duckdb"))),
    }  # fmt: skip
    shutil.rmtree(home)
    return outcome


def _drafts(home: Path) -> list[str]:
    return [one.name for one in home.iterdir() if one.name.startswith((".draft", ".current"))]


def _build_at_once(home: Path, works: list[Callable[[], str]]) -> dict[str, Any]:
    """Run builds at the same time, and read the store in service until they end."""
    children = []
    for work in works:
        pid = os.fork()
        if pid == 0:
            try:
                work()
                os._exit(0)
            except BaseException as error:
                print(error, file=sys.stderr)
                os._exit(1)
        children.append(pid)
    seen, statuses = [], []
    while children:
        seen.append(_child(partial(_read_store, home))[1])
        time.sleep(0.1)
        child, status = os.waitpid(-1, os.WNOHANG)
        if child in children:
            children.remove(child)
            statuses.append(status)
    return {"statuses": statuses, "seen": seen, "final": _child(partial(_read_store, home))[1], "drafts": _drafts(home)}


def main(folder: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    table_contracts.fact_contracts()  # read once, before the forks; the engine it asks is gone again
    with facts_alone():
        data, base = write_small_facts(folder / "data"), folder / "base"
        old = _child(lambda: build_store(data, base).version)[1]
        shutil.copytree(data, folder / "new")
        edit(folder / "new" / "reference" / "groups.csv", lambda raw: raw.replace(b"World", b"The world", 1))
        data = folder / "new"
        new = expected_version(data, base)
        print(json.dumps({"old": old, "new": new}), flush=True)
        for number in range(kills):
            step = STEPS[number] if number < len(STEPS) else ""
            moment = chance.randrange(MOMENTS), chance.uniform(0, 0.02)
            print(json.dumps(_killed(base, data, folder / f"home{number}", step, moment)), flush=True)
        print(json.dumps(_build_at_once(base, [partial(_build, base, data, "")] * 2)), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
