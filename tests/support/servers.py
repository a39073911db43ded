"""Run the dashboard as a server process that ends with the test process, however that ends."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock

from benchmarks.servers import await_health, free_port
from trade.paths import PROJECT
from trade.process_lifetime import end_with_parent


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """Run `streamlit run app.py` on the store folder `home` and a free port; yield the server's address."""
    port = free_port()
    options = [
        f"--server.port={port}",
        "--server.address=127.0.0.1",
        "--server.headless=true",
        "--server.fileWatcherType=none",
    ]
    environment = {name: value for name, value in os.environ.items() if name != "TRADE_DATA"} | {
        "TRADE_HOME": str(home)
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", *options],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=end_with_parent,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        await_health(base, process)
        yield base
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def shared_server(home: Path, place: Path) -> Iterator[str]:
    """One server for all workers of a run, whose address is in the folder `place`.

    The first worker starts it, and stops it when no other worker uses it any more.
    """
    place.mkdir(exist_ok=True)
    lock, address, mine = FileLock(place / "lock"), place / "address", place / f"{os.getpid()}.user"
    with ExitStack() as started:
        with lock:
            mine.touch()
            if first := not address.exists():
                address.write_text(started.enter_context(serving(home)))
            base = address.read_text()
        try:
            yield base
        finally:
            mine.unlink()
            while first:
                with lock:
                    if not any(_runs(int(user.stem)) for user in place.glob("*.user")):
                        address.unlink()
                        break
                time.sleep(0.2)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
