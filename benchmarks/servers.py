"""The three servers that are measured: ours as `trade serve` starts it, an empty page, and the plain pages."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from trade.process_lifetime import end_with_parent

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
SECONDS = 90
"""Seconds to wait for the first successful health check."""
_HERTZ = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass
class Server:
    """A server that runs here; `pid` is the process that answers, 0 if it runs elsewhere."""

    base: str
    pid: int = 0
    started_seconds: float = 0.0
    """Seconds from the command to the first successful health check."""

    def processor_seconds(self) -> float | None:
        """Processor time that the process has used so far; None where the system does not tell."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return None
        return (int(fields[11]) + int(fields[12])) / _HERTZ

    def memory_bytes(self) -> int | None:
        """Memory that the process holds; None where the system does not tell."""
        try:
            lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        except OSError:
            return None
        return next((1024 * int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), None)


@contextmanager
def ours(home: Path | None = None) -> Iterator[Server]:
    """The dashboard, by its own command, on the store in service or that of another folder."""
    command = [sys.executable, "-m", "trade", "serve", "--headless", "--port"]
    with _running(command, PROJECT, {"TRADE_HOME": str(home)} if home else {}) as server:
        yield server


@contextmanager
def empty() -> Iterator[Server]:
    """A page with one control and nothing else, by Streamlit's command, with settings of our server."""
    with _streamlit(HERE / "empty.py", "--runner.postScriptGC=false", "--server.fileWatcherType=none") as server:
        yield server


@contextmanager
def plain() -> Iterator[Server]:
    """The plain pages, by Streamlit's command and in its default configuration."""
    with _streamlit(HERE / "plain" / "app.py") as server:
        yield server


@contextmanager
def _streamlit(script: Path, *more: str) -> Iterator[Server]:
    """Start Streamlit in a folder without our configuration, since it reads the one of its working folder."""
    options = ["--server.headless=true", "--browser.gatherUsageStats=false", "--server.address=127.0.0.1"]
    command = [sys.executable, "-m", "streamlit", "run", str(script), *options, *more, "--server.port"]
    with _running(command, HERE) as server:
        yield server


@contextmanager
def _running(command: list[str], folder: Path, more: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Start `command` with a free port as its last argument, wait until it answers, and stop it with its children."""
    port = free_port()
    started = time.perf_counter()
    paths = os.pathsep.join(part for part in (str(PROJECT), os.environ.get("PYTHONPATH", "")) if part)
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and scripts
        [*command, str(port)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": paths} | dict(more or {}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=end_with_parent,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        await_health(base, process)
        yield Server(base, _serving(process.pid), time.perf_counter() - started)
    finally:
        _end(process)


def await_health(base: str, process: subprocess.Popen[bytes] | None = None) -> None:
    """Wait for the first successful health check.

    Raises:
        RuntimeError: the process ended. TimeoutError: it does not answer.
    """
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        with suppress(OSError), urllib.request.urlopen(f"{base}/_stcore/health", timeout=5) as answer:  # noqa: S310
            if answer.status == 200:
                return
        if process is not None and process.poll() is not None:
            raise RuntimeError(f"The server ended at once with status {process.returncode}.")
        time.sleep(0.02)
    raise TimeoutError(f"{base} does not answer.")


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _serving(pid: int) -> int:
    """The process that answers: follow `pid` to its child as long as there is exactly one."""
    while True:
        try:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        except OSError:
            return pid
        if len(children) != 1:
            return pid
        pid = int(children[0])


def _end(process: subprocess.Popen[bytes]) -> None:
    child = _serving(process.pid)
    for pid in {child, process.pid}:
        with suppress(OSError):
            os.kill(pid, 15)
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        with suppress(OSError):
            os.killpg(process.pid, 9)
        process.wait()
