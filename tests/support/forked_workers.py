"""Workers of the SQL sandbox and of the file reader that start quickly: forked off one that has imported its libraries.

For tests with many queries or files that do not test how a worker starts: imports take three quarters of the time of a
short answer. A forked worker runs the same `main` with the same limits, in a process of its own. The parent process is
started with the command of a worker. It opens no file; a store that it is given it opens and locks as a worker does,
and reads the list of the forbidden settings from it.

    with forked_workers(runner, store=store.path):
        run_sql("SELECT 1", store=store)
    with forked_workers(isolated_reader, *PARSERS):
        read_sheets(path)
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import patch

PARSERS = ("charset_normalizer.api", "lxml.etree", "lxml.html", "openpyxl", "xlrd")
"""Modules that workers of the file reader import on demand, without Parquet's, which takes too much address space."""


@contextmanager
def forked_workers(starter: ModuleType, *parsers: str, store: Path | None = None) -> Iterator[None]:
    """Inside the block the workers that `starter` starts are forked; `parsers` are modules to import beforehand."""
    with forking(starter, *parsers, store=store) as forked, patch.object(starter, "subprocess", forked):
        yield


@contextmanager
def forking(starter: ModuleType, *parsers: str, store: Path | None = None) -> Iterator[SimpleNamespace]:
    """A replacement for `subprocess` in `starter`, which several tests may use in turn."""
    command = [sys.executable, "-s", "-B", __file__, str(starter._WORKER), str(store or ""), *parsers]
    environment = {name: os.environ[name] for name in starter._ENVIRONMENT if name in os.environ}
    turn = threading.Lock()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as parent:
        assert parent.stdin
        assert parent.stdout

        def run(_command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
            with turn:
                parent.stdin.write(b64encode(options["input"]) + b"\n")
                parent.stdin.flush()
                response = json.loads(parent.stdout.readline())
            out, err = (b64decode(response[name]) for name in ("out", "err"))
            return subprocess.CompletedProcess(_command, response["status"], out, err)

        yield SimpleNamespace(run=run, TimeoutExpired=subprocess.TimeoutExpired)


def _serve(path: Path, store: str, parsers: list[str]) -> None:
    """Fork a worker for each request, a line of Base64 on standard input; write its status and output as JSON lines."""
    sys.path.insert(0, str(path.parent))
    worker = import_module(path.stem)
    for name in parsers:
        import_module(name)
    if store:
        _open(worker, store)
    requests, responses = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    for line in requests:
        pipes = [os.pipe() for _ in range(3)]
        if (child := os.fork()) == 0:
            os.setsid()
            for number, (reading, writing) in enumerate(pipes):
                os.dup2(writing if number else reading, number)
            for end in (requests.fileno(), responses.fileno(), *(end for pipe in pipes for end in pipe)):
                os.close(end)
            worker.main()
        (_, give), (out, _), (err, _) = pipes
        for end in (pipes[0][0], pipes[1][1], pipes[2][1]):
            os.close(end)
        read: dict[str, bytes] = {}
        readers = [threading.Thread(target=_read, args=(read, name, fd)) for name, fd in (("out", out), ("err", err))]
        for one in readers:
            one.start()
        with os.fdopen(give, "wb") as request:
            request.write(b64decode(line))
        for one in readers:
            one.join()
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        texts = {name: b64encode(body).decode() for name, body in read.items()}
        responses.write(json.dumps({"status": status} | texts).encode() + b"\n")
        responses.flush()


def _open(worker: ModuleType, store: str) -> None:
    """Open the store once for all forked workers, before anything of it is read."""
    con, connect = worker.connect(store), worker.connect
    guard: Any = import_module("statement_guard")
    settings = guard._settings_with_a_path(con)
    guard._settings_with_a_path = lambda _: settings
    worker.connect = lambda path: con if path == store else connect(path)  # type: ignore[attr-defined]


def _read(into: dict[str, bytes], name: str, number: int) -> None:
    with os.fdopen(number, "rb") as pipe:
        into[name] = pipe.read()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
