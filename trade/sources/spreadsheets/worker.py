"""The process that opens one file and ends. It runs as a script, so that a hostile file meets nothing but a parser.

The file's bytes come on standard input, the request as its first line. The cells leave on standard output as JSON, one
line per sheet; the last line says whether that is all, or why there is nothing.

Limits: address space, processor time and an alarm, which the kernel keeps; no file can be written or opened once the
parsers are loaded, so that a workbook cannot name another file.
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
    """Limit this process to what a parser needs, as far as the system has such limits."""
    try:
        import resource
    except ImportError:
        return
    wanted = [(resource.RLIMIT_CPU, int(seconds) + 1), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)]
    if sys.platform == "linux":
        wanted.append((resource.RLIMIT_AS, memory))
    for which, limit in wanted:
        try:
            resource.setrlimit(which, (limit, limit))
        except (OSError, ValueError):
            continue
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def load_parsers(raw: bytes) -> None:
    """Import what the file will need while the disk may still be read."""
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
    """Print the sheets; what to say last."""
    try:
        sheets, text = format_parsers.read(raw, request["encoding"])
    except format_parsers.Unreadable as reason:
        return {"refused": reason.key, "values": reason.values}
    except (MemoryError, RecursionError):
        return {"limit": "memory"}
    except Exception:  # whatever a parser says of a hostile file, the user gets a sentence: this process ends
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
        said = answer(request, raw)
        sys.stdout.write(json.dumps({"end": said}) + "\n")
        sys.stdout.flush()
    except MemoryError:
        os._exit(3)
    os._exit(0)


def end_with(parent: int) -> None:
    """Have the kernel end this process when the one that started it ends, which may have happened by now."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)


if __name__ == "__main__":
    end_with(int(sys.argv[1]))
    main()
