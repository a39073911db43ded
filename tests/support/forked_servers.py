"""Servers without visits that start quickly: forked off a process that has already imported the pages' modules.

Two thirds of a server's start are its imports. A forked server runs Streamlit's own command on `app.py`, in a process of
its own, with nothing drawn, no store opened and no page known before. It does not warm up, because that could hide that
one page relies on what another one has loaded.

    with forked_servers(home) as start:
        with start() as base:
            ...
"""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from benchmarks.servers import await_health, free_port
from trade.paths import PROJECT
from trade.process_lifetime import end_with_parent


@contextmanager
def forked_servers(home: Path) -> Iterator[Callable[[], AbstractContextManager[str]]]:
    """Yield a context manager that starts a server on the store folder `home` and yields the server's address."""
    environment = {name: value for name, value in os.environ.items() if name != "TRADE_DATA"}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.forked_servers"],
        cwd=PROJECT,
        env=environment | {"TRADE_HOME": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        preexec_fn=end_with_parent,
    ) as parent:
        give, take = parent.stdin, parent.stdout
        assert give
        assert take

        @contextmanager
        def start() -> Iterator[str]:
            port = free_port()
            give.write(f"{port}\n")
            give.flush()
            server = int(take.readline())
            try:
                await_health(f"http://127.0.0.1:{port}", parent)
                yield f"http://127.0.0.1:{port}"
            finally:
                os.kill(server, signal.SIGTERM)
                assert take.readline(), "the server has ended"

        yield start
        give.close()


def _serve() -> None:
    """Fork a server for each port read from standard input; print its process id, and a line when it has ended."""
    from streamlit.components.v2 import manifest_scanner
    from streamlit.env_util import is_repl
    from streamlit.web import cli

    import trade.api  # noqa: F401
    from trade.ui.core import warmup

    for room in warmup.ROOMS:
        for module in walk_packages(import_module(room).__path__, f"{room}."):
            import_module(module.name)
    warmup.DELAY = warmup.SETTLED
    # Reading which packages are installed is a fifth of a server's start: all servers get the same list.
    found = manifest_scanner.scan_component_manifests()
    manifest_scanner.scan_component_manifests = lambda: found
    is_repl()  # else each server calls it at its first element, and Python looks up the file of every loaded module
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        if (server := os.fork()) == 0:
            end_with_parent()
            options = ["--server.address=127.0.0.1", "--server.headless=true", "--server.fileWatcherType=none"]
            cli.main(["run", "app.py", *options, f"--server.port={int(line)}"])
        print(server, flush=True)
        os.waitpid(server, 0)
        print("ended", flush=True)


if __name__ == "__main__":
    _serve()
