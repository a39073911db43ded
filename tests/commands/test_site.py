"""The documents as a site: every link within it leads somewhere, and no page loads anything from elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import trade
from trade.paths import PROJECT


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(folder)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return folder


def test_every_document_is_in_it(site: Path) -> None:
    pages = {path.stem for path in site.glob("*.html")}
    assert {path.stem for path in (PROJECT / "docs").glob("*.md")} <= pages


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        loaded = re.findall(r'<(?:script|img|iframe|source)[^>]+src="(https?:[^"]+)"', text)
        loaded += re.findall(r'<link[^>]+rel="(?:stylesheet|icon|preload|preconnect)"[^>]+href="(https?:[^"]+)"', text)
        assert not loaded, page
    for style in site.rglob("*.css"):
        assert not re.findall(r"url\(['\"]?https?:", style.read_text(encoding="utf-8")), style


def test_the_reference_has_every_public_function(site: Path) -> None:
    text = (site / "reference.html").read_text(encoding="utf-8")
    for name in set(trade.__all__) - {"__version__", "TradeError"}:
        assert f'id="trade.interface.{name}"' in text, name
