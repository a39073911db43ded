"""Workers of the SQL sandbox and of the file reader that start at once: forked off one that has loaded its libraries.

For tests of many queries or files that do not try how a worker starts: three quarters of a short answer's time are its
worker's imports. A forked worker runs the same `main` with the same limits, in a process of its own, and ends as one.
The process to fork off is started by the command that starts a worker. It opens no file; the store that it is given it
opens and locks as a worker does, and lists the settings that are forbidden there.

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
"""What the file reader's workers import by need, but for Parquet's, which counts much against their address space."""


@contextmanager
def forked_workers(starter: ModuleType, *parsers: str, store: Path | None = None) -> Iterator[None]:
    """While it lasts, the workers that `starter` starts are forked; `parsers` are what they would import by need."""
    with forking(starter, *parsers, store=store) as forked, patch.object(starter, "subprocess", forked):
        yield


@contextmanager
def forking(starter: ModuleType, *parsers: str, store: Path | None = None) -> Iterator[SimpleNamespace]:
    """What takes the place of `subprocess` in `starter`, for several spells."""
    command = [sys.executable, "-s", "-B", __file__, str(starter._WORKER), str(store or ""), *parsers]
    environment = {name: os.environ[name] for name in starter._ENVIRONMENT if name in os.environ}
    turn = threading.Lock()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as parent:
        assert parent.stdin
        assert parent.stdout

        def run(_command: list[str], **given: Any) -> subprocess.CompletedProcess[bytes]:
            with turn:
                parent.stdin.write(b64encode(given["input"]) + b"\n")
                parent.stdin.flush()
                response = json.loads(parent.stdout.readline())
            out, err = (b64decode(response[name]) for name in ("out", "err"))
            return subprocess.CompletedProcess(_command, response["status"], out, err)

        yield SimpleNamespace(run=run, TimeoutExpired=subprocess.TimeoutExpired)


def _serve(path: Path, store: str, parsers: list[str]) -> None:
    """Fork a worker for each line of the standard input, a request in Base64, and say in a line how it ended."""
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
    """Its workers have this store open, with one thread and nothing read."""
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
