"""Nothing is left behind: servers, workers and folders of a command end with it, whatever ends it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from benchmarks import servers
from trade.paths import PROJECT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent has ended")
ENDINGS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL)
PATIENCE = 12.0
SLOW = "select sleep_ms(60000)"
MARK = "TRADE_TEST_MARK"
SERVER = """
from benchmarks import servers
from trade.process_lifetime import clean_up_when_ended

clean_up_when_ended()
with servers.empty() as server:
    print(server.pid, flush=True)
    __import__("time").sleep(60)
"""

TESTS_SERVER = """
import os
from pathlib import Path
from tests.support.servers import serving

with serving(Path(os.environ["TRADE_HOME"])) as base:
    print(base, flush=True)
    __import__("time").sleep(60)
"""


def start(command: list[str], home: Path, mark: str) -> subprocess.Popen[str]:
    """Start a command whose processes can be found by a mark in their environment.

    SIGINT has its default action, as in a terminal: a shell that runs the tests in the background makes them ignore it.
    """
    environment = os.environ | {"TRADE_HOME": str(home), "TMPDIR": str(home.parent), MARK: mark}
    return subprocess.Popen(
        command,
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )


def alive(mark: str) -> list[int]:
    """Ids of the running processes with that mark."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
            state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if f"{MARK}={mark}".encode() in environment and state != "Z":
            found.append(int(folder.name))
    return found


def gone(mark: str) -> list[int]:
    """Wait until no process with that mark runs; return those left after `PATIENCE` seconds."""
    end = time.monotonic() + PATIENCE
    while (left := alive(mark)) and time.monotonic() < end:
        time.sleep(0.05)
    return left


@pytest.mark.parametrize("ending", ENDINGS, ids=lambda ending: ending.name)
def test_a_benchmarks_server_ends_with_it(tmp_path: Path, ending: signal.Signals) -> None:
    mark = f"server-{ending.name}-{os.getpid()}"
    with start([sys.executable, "-c", SERVER], tmp_path / "home", mark) as process:
        assert process.stdout is not None
        assert int(process.stdout.readline()) in alive(mark)
        process.send_signal(ending)
        process.wait(PATIENCE)
    assert gone(mark) == []
    assert list(tmp_path.iterdir()) == []


def test_a_server_of_tests_ends_with_them_whatever_ends_them(real_home: Path) -> None:
    mark = f"tests-{os.getpid()}"
    with start([sys.executable, "-c", TESTS_SERVER], real_home, mark) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("http://")
        assert len(alive(mark)) > 1
        process.kill()
    assert gone(mark) == []


def left_by(command: list[str], home: Path, ending: signal.Signals, seconds: float) -> list[int]:
    """The processes that a command leaves when it is ended after so many seconds."""
    mark = f"command-{ending.name}-{os.getpid()}-{time.monotonic_ns()}"
    with start(command, home, mark) as process:
        time.sleep(seconds)
        process.send_signal(ending)
        process.wait(PATIENCE)
    return gone(mark)


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL], ids=lambda ending: ending.name)
@pytest.mark.parametrize(
    "words",
    [
        ("serve", "--headless", "--port", "0"),
        ("mcp",),
        ("mcp", "--http", "--port", "0"),
        ("bench", "--quick", "--page", "growth"),
        ("bench", "--beside", "HOME"),
        ("bench", "--readers", "2", "--minutes", "1"),
    ],
    ids=" ".join,
)
def test_servers_and_what_starts_servers_end_whole(
    words: tuple[str, ...], real_home: Path, ending: signal.Signals
) -> None:
    port = str(servers.free_port())
    arguments = [{"0": port, "HOME": str(real_home)}.get(word, word) for word in words]
    seconds = random.Random(f"{words} {ending}").uniform(0.5, 4.0)
    assert left_by([sys.executable, "-m", "trade", *arguments], real_home, ending, seconds) == []


def children(parent: int) -> list[Path]:
    """The folders of the processes that it started, whatever their environment."""
    found = " ".join(file.read_text() for file in Path(f"/proc/{parent}/task").glob("*/children"))
    return [Path("/proc") / child for child in found.split()]


def runs(process: Path) -> bool:
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("seconds", [0, 1])
def test_a_query_ends_with_the_command_that_asked_it(real_home: Path, seconds: float) -> None:
    """While its process starts, and once it runs. It has an environment of its own, and would end by itself after more than PATIENCE."""
    with start([sys.executable, "-m", "trade", "sql", SLOW, "--seconds", "15"], real_home, "") as process:
        while not (query := children(process.pid)) and process.poll() is None:
            time.sleep(0.05)
        time.sleep(seconds)
        process.kill()
    assert query
    end = time.monotonic() + PATIENCE
    while (left := [one for one in query if runs(one)]) and time.monotonic() < end:
        time.sleep(0.05)
    assert left == []


def test_commands_killed_at_any_moment_leave_no_process_and_no_folder(real_home: Path, tmp_path: Path) -> None:
    chance = random.Random(20261128)
    trade = [sys.executable, "-m", "trade"]
    commands = (
        [*trade, "sql", SLOW],
        [*trade, "measure", "hhi"],
        [*trade, "chart", "growth/levels", "--out", str(tmp_path / "chart.html")],
        [*trade, "handout", "2025", "--out", str(tmp_path / "handout.html")],
    )
    for command in commands:
        for ending in (signal.SIGTERM, signal.SIGKILL):
            assert left_by(command, real_home, ending, chance.uniform(0.3, 2.0)) == [], command
    drafts = [path.name for path in tmp_path.iterdir() if path.name not in ("chart.html", "handout.html")]
    assert drafts == []
