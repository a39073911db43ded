"""The process that parses one file. It is a separate script, which imports parsers and nothing else of ours.

Standard input: the request as the first line, then the file. Standard output: JSON, one line per sheet; the
last line says how text was decoded, or why nothing was read.

Limits that the kernel enforces once the parsers are loaded: address space, processor time, an alarm, and no writing of
files.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import warnings
from typing import Any, NoReturn

import format_parsers  # type: ignore[import-not-found]  # beside this script


def lock_process(memory: int, seconds: float) -> None:
    """Limit the resources of this process, as far as the system supports it."""
    try:
        import resource
    except ImportError:
        return
    limits = [(resource.RLIMIT_CPU, int(seconds) + 1), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)]
    if sys.platform == "linux":
        limits.append((resource.RLIMIT_AS, memory))
    for which, limit in limits:
        try:
            resource.setrlimit(which, (limit, limit))
        except (OSError, ValueError):
            continue
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def load_parsers(raw: bytes) -> None:
    """Import the parser of the file's format, before the limits are set."""
    if raw.startswith(b"PK"):
        import lxml.etree
        import openpyxl  # noqa: F401
    elif raw.startswith(b"\xd0\xcf"):
        import xlrd  # noqa: F401
    elif raw.startswith(b"PAR1"):
        import pyarrow.parquet  # noqa: F401
    else:
        if not raw.isascii():
            import charset_normalizer.api  # noqa: F401
        if b"<" in raw:
            import lxml.html  # noqa: F401


def answer(request: dict[str, Any], raw: bytes) -> dict[str, Any]:
    """Print the sheets; return the last line's result."""
    try:
        sheets, text = format_parsers.read(raw, request["encoding"])
    except format_parsers.Unreadable as reason:
        return {"refused": reason.key, "values": reason.values}
    except (MemoryError, RecursionError):
        return {"limit": "memory"}
    except Exception:  # a parser may raise anything for a hostile file
        return {"refused": "cell.unreadable", "values": {}}
    for sheet in sheets:
        sys.stdout.write(json.dumps(sheet._asdict(), ensure_ascii=False) + "\n")
    return {"text": text}


def main() -> NoReturn:
    warnings.simplefilter("ignore")
    request = json.loads(sys.stdin.buffer.readline())
    raw = sys.stdin.buffer.read()
    load_parsers(raw)
    lock_process(request["memory"], request["seconds"])
    try:
        result = answer(request, raw)
        sys.stdout.write(json.dumps({"end": result}) + "\n")
        sys.stdout.flush()
    except MemoryError:
        os._exit(3)
    os._exit(0)


def end_with(parent: int) -> None:
    """Have the kernel kill this process when its parent ends; exit if the parent has ended already."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)


if __name__ == "__main__":
    end_with(int(sys.argv[1]))
    main()
