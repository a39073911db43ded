"""Is everything here that the dashboard needs? Each check is one line: name, yes or no, and what to do."""

from __future__ import annotations

import hashlib
import platform
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version

import typer

from trade import paths
from trade.cli.console import JsonOption, print_json, screen
from trade.errors import TradeError
from trade.sources import find_sources
from trade.store import expected_version, open_store

NEEDED = ("streamlit", "plotly", "pandas", "duckdb", "pyarrow")
FREE_MB = 500


@dataclass(frozen=True)
class Finding:
    name: str
    ok: bool
    detail: str

    def as_dict(self) -> dict:
        return asdict(self)


def doctor(as_json: JsonOption = False) -> None:
    """Say what works here and what does not: versions, store, facts, fonts and map, free space."""
    findings = examine()
    ok = all(finding.ok for finding in findings)
    if as_json:
        print_json({"ok": ok, "checks": [finding.as_dict() for finding in findings]})
    else:
        for finding in findings:
            mark = "ok  " if finding.ok else "FAIL"
            screen.print(f"{mark} {finding.name}: {finding.detail}", markup=False, soft_wrap=True)
    if not ok:
        raise typer.Exit(1)


def examine() -> list[Finding]:
    """Every check, in the order in which the dashboard needs them."""
    return [
        Finding("python", True, platform.python_version()),
        *_packages(),
        *(_judge(name, check) for name, check in _CHECKS.items()),
    ]


def _packages() -> Iterator[Finding]:
    for name in NEEDED:
        try:
            yield Finding(name, True, version(name))
        except PackageNotFoundError:
            yield Finding(name, False, "not installed: run the install command of the README")


def _judge(name: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, check())
    except (TradeError, OSError) as error:
        return Finding(name, False, str(error))


def _facts() -> str:
    sources = find_sources(paths.data())
    files = sum(len(source.file) for source in sources.values())
    return f"{len(sources)} sources, {files} files in {paths.data()}"


def _static() -> str:
    """The files served as they are have the hashes that their source states."""
    for source_id, source in find_sources(paths.data()).items():
        for file in source.static:
            path = paths.PROJECT / file.path
            if hashlib.sha256(path.read_bytes()).hexdigest() != file.sha256:
                raise TradeError("doctor.other_file", path=file.path, source=source_id)
    return "map geometry is whole"


def _store() -> str:
    store = open_store()
    version = store.query("SELECT version FROM store_version")["version"][0]
    if version != store.version:
        raise TradeError("doctor.other_version", path=store.path, version=version)
    if version != expected_version():
        raise TradeError("doctor.older", path=store.path)
    return f"version {version} in {store.path}"


def _space() -> str:
    home = paths.home()
    home.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(home).free // 2**20
    if free < FREE_MB:
        raise TradeError("doctor.no_space", free=free, home=home, needed=FREE_MB)
    return f"{free:,} MB free in {home}"


_CHECKS = {"facts": _facts, "map": _static, "store": _store, "space": _space}
