"""What `pip install` gives: the wheel, built through the sdist, works from any folder without the clone."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from urllib.request import urlopen

import pytest

import trade
from benchmarks.client import Reader
from benchmarks.servers import await_health, free_port
from tests.support.coroutines import run
from tests.support.installed import Installed, install
from trade.paths import PROJECT
from trade.process_lifetime import end_with_parent
from trade.sources import find_sources
from trade.store import expected_version, open_store

MOST_BYTES = 30_000_000


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, real_home: Path) -> Installed:
    """The installed wheel with the store that the clone built: equal versions show that it would build the same."""
    installation = install(tmp_path_factory.mktemp("wheel"))
    shutil.copytree(real_home, installation.environment["TRADE_HOME"])
    return installation


def test_the_wheel_is_whole_and_light(installed: Installed) -> None:
    sources = find_sources(PROJECT / "data")
    facts = {f"data/{name}/{file.path}" for name, source in sources.items() for file in source.file}
    static = {path.relative_to(PROJECT).as_posix() for path in (PROJECT / "static").rglob("*") if path.is_file()}
    pages = {f"pages/{path.name}" for path in PROJECT.glob("pages/*.py")}
    stories = {f"stories/{path.name}" for path in PROJECT.glob("stories/*.toml")}
    expected = facts | static | pages | stories | {"app.py", ".streamlit/config.toml"}
    with zipfile.ZipFile(installed.wheel) as archive:
        names = set(archive.namelist())
        assert not {f"trade/bundle/{path}" for path in expected} - names
        changed = [path for path in expected if archive.read(f"trade/bundle/{path}") != (PROJECT / path).read_bytes()]
    assert changed == []
    assert not [name for name in names if "secrets" in name or name.startswith(("tests", "benchmarks"))]
    assert installed.wheel.stat().st_size < MOST_BYTES


def test_the_version_stands_in_one_place(installed: Installed) -> None:
    declared = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "version" not in declared
    assert installed.run("--version").strip() == trade.__version__
    assert installed.wheel.name.split("-")[1] == trade.__version__
    [sdist] = installed.wheel.parent.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        assert f"china_trade_dashboard-{trade.__version__}/pyproject.toml" in archive.getnames()


BUILD = """
import sys
from pathlib import Path
from trade.store import build, expected_version

print(expected_version())
build.verify = lambda _: []  # small facts have nothing to compare
build.build_store(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def test_it_builds_stores_by_the_facts_and_rules_of_the_clone(
    installed: Installed, real_home: Path, data: Path, tmp_path: Path
) -> None:
    version = installed.run_python(BUILD, str(data), str(tmp_path / "home"))
    assert version.strip() == open_store(real_home).version
    assert open_store(tmp_path / "home").version == expected_version(data, tmp_path / "none")


ONE_PROCESS = """
import json, sys, trade.paths
from typer.testing import CliRunner
from trade.cli.commands import app
answers = [CliRunner().invoke(app, words) for words in json.loads(sys.argv[1])]
if failed := [f"{done.output} {done.exception!r}" for done in answers if done.exit_code]:
    sys.exit("\\n".join(failed))
print(json.dumps([str(trade.paths.PROJECT), *[done.output for done in answers]]))
"""
"""Commands one after the other in one process: what they need is loaded once."""


def test_commands_answer_without_the_clone(installed: Installed) -> None:
    handout = installed.work / "2025.html"
    commands = [
        "measure growth -p flow=total -p first=2025 -f json",
        "chart growth/levels -p flow=total",
        "doctor --json",
        f"handout 2025 --html {handout}",
    ]
    where, *answers = json.loads(installed.run_python(ONE_PROCESS, json.dumps([words.split() for words in commands])))
    assert str(installed.python.parents[1]) in where
    measured, drawn, checked = (json.loads(answer) for answer in answers[:3])
    assert measured["rows"][0]["growth_pct"] == 3.8
    assert drawn["figure"]["data"]
    assert checked["ok"]
    assert handout.stat().st_size > 1_000_000


def test_an_editable_install_carries_no_copy_of_the_clone(tmp_path: Path) -> None:
    """Its facts, pages and stories are those of the clone, so that a change to them is seen."""
    code = "import sys; from hatchling.build import build_editable; print(build_editable(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    with zipfile.ZipFile(tmp_path / done.stdout.split()[-1]) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" not in name]
        assert [name for name in names if not name.endswith(".pth")] == []
        assert archive.read(names[0]).decode().strip() == str(PROJECT)


def test_the_dashboard_opens_at_a_deep_link(installed: Installed) -> None:
    port = free_port()
    command = [str(installed.python.with_name("trade")), "serve", "--headless", f"--port={port}"]
    server = subprocess.Popen(
        command, cwd=installed.work, env=installed.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        preexec_fn=end_with_parent,
    )  # fmt: skip
    base = f"http://127.0.0.1:{port}"
    try:
        await_health(base)
        drawn = run(open_page(base))
        with urlopen(f"{base}/app/static/favicon.svg") as answer:
            assert answer.status == 200
        with urlopen(f"{base}/api/health") as answer:
            assert json.load(answer)["status"] == "ok"
    finally:
        server.terminate()
        server.wait(20)
    assert drawn == "['Imports']"


async def open_page(base: str) -> str:
    """The first visit of the server is a link to a page; the flow that its control shows."""
    async with Reader(base, "growth", "flow=import&currency=USD") as reader:
        assert not reader.opened.errors
        return str(reader.control("scope_flow").value)
