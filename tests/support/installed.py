"""The wheel, installed in an environment of its own outside the clone.

Packages that it needs come from the environment of the tests and are not installed again. The clone is not on its path.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from trade.paths import PROJECT


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel. `work` is an empty folder that commands are run in."""

    python: Path
    wheel: Path
    work: Path

    @property
    def environment(self) -> dict[str, str]:
        """Variables of the process, with none that leads to the clone or to another store folder."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("TRADE_", "PYTHON"))}
        return inherited | {"TRADE_HOME": str(self.work.parent / "home")}

    def run(self, *words: str) -> str:
        """What a command of the environment's `trade` prints.

        Raises:
            AssertionError: it ended with an error.
        """
        return self._run(str(self.python.with_name("trade")), *words)

    def run_python(self, code: str, *words: str) -> str:
        """What Python code prints that gets these words."""
        return self._run(str(self.python), "-c", code, *words)

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            command, cwd=self.work, env=self.environment, capture_output=True, text=True, check=False, timeout=300
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def install(folder: Path) -> Installed:
    """Build sdist and wheel from the clone, and install the wheel."""
    dist, venv, work = folder / "dist", folder / "venv", folder / "work"
    work.mkdir()
    _do(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(dist), str(PROJECT))
    [wheel] = dist.glob("*.whl")
    _do(sys.executable, "-m", "venv", "--without-pip", str(venv))
    python = venv / ("Scripts" if os.name == "nt" else "bin") / "python"
    _do(sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps", "--no-index", str(wheel))
    [packages] = venv.glob("lib/python*/site-packages")
    # A line of a .pth file is a folder: the .pth files in it, such as that of an editable install, are not read.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return Installed(python, wheel, work)


def _do(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
