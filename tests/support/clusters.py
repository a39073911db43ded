"""Engines to make marts on, started on this machine from PyPI packages and ended afterwards: Spark and Sail.

with spark_cluster(tmp_path) as cluster:      # a standalone master with two workers of one core each
    ... cluster.master ...; cluster.kill(0)
with sail_server(tmp_path) as remote:         # sc://127.0.0.1:port
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from trade.process_lifetime import end_with_parent

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Cluster:
    master: str
    workers: list[subprocess.Popen[bytes]]

    def kill(self, number: int) -> None:
        """A worker and the executors that it started, at once."""
        os.killpg(self.workers[number].pid, signal.SIGKILL)
        self.workers[number].wait()


@contextmanager
def spark_cluster(logs: Path, memory: str = "1g") -> Iterator[Cluster]:
    """`memory` is what each worker may give to executors."""
    port = _free_port()
    master = f"spark://{HOST}:{port}"
    runner = str(Path(find_spec("pyspark").origin).parent / "bin" / "spark-class")
    deploy = "org.apache.spark.deploy"
    with ExitStack() as stack:
        options = ["--host", HOST, "--webui-port", "0"]
        boss = [runner, f"{deploy}.master.Master", *options, "--port", str(port)]
        stack.enter_context(_running(boss, logs / "master.log", "New state: ALIVE"))
        worker = [runner, f"{deploy}.worker.Worker", *options, "--cores", "1", "--memory", memory, master]
        workers = [
            stack.enter_context(
                _running(
                    [*worker, "--work-dir", str(logs / name)],
                    logs / f"{name}.log",
                    "Successfully registered with master",
                )
            )
            for name in ("worker-1", "worker-2")
        ]
        yield Cluster(master, workers)


@contextmanager
def sail_server(logs: Path) -> Iterator[str]:
    port = _free_port()
    command = [sys.executable, "-m", "pysail", "spark", "server", "--ip", HOST, "--port", str(port)]
    with _running(command, logs / "sail.log", "") as server:
        _wait_for_port(port, server, logs / "sail.log")
        yield f"sc://{HOST}:{port}"


@contextmanager
def _running(command: list[str], log: Path, ready: str) -> Iterator[subprocess.Popen[bytes]]:
    """The process, once its log says `ready`; it is killed at the end, if it still runs."""
    settings = os.environ | {
        "SPARK_LOCAL_IP": HOST,
        "SPARK_NO_DAEMONIZE": "1",
        "SPARK_LOCAL_DIRS": str(log.parent / "local"),
    }
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=settings,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )
    try:
        _wait_for(lambda: ready in log.read_text(errors="replace"), process, log)
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait_for(done, process: subprocess.Popen[bytes], log: Path, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not done():
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"{process.args[:4]} did not start:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.2)


def _wait_for_port(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    def answers() -> bool:
        with socket.socket() as one:
            return one.connect_ex((HOST, port)) == 0

    _wait_for(answers, process, log)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])
