"""`python -m benchmarks`: what `trade bench` runs. Its options are those of the command."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path

from benchmarks import history, report, runner, servers
from benchmarks.load import load
from benchmarks.page_scenarios import VISITS
from benchmarks.pages_on_two_stores import compare_stores
from trade.process_lifetime import clean_up_when_ended


def main() -> None:
    """Run the benchmarks, save the results and print them."""
    clean_up_when_ended()
    options = _parse_options()
    visits = [one for one in VISITS if not options.page or one.page in options.page]
    if options.readers:
        results = _load(options, visits)
    elif options.beside:
        results = compare_stores(Path(options.beside), visits, _report)
    else:
        extent = runner.QUICK if options.quick else runner.FULL
        before = history.last(extent.kind)
        results = runner.measure(extent, visits, _report)
        results["changed"] = history.changes(results["ratios"], before["ratios"]) if before else {}
    if not options.page:
        _report(f"saved as {history.save(results)}")
    if options.json:
        print(json.dumps(results, ensure_ascii=False))
    elif options.readers or options.beside:
        print(json.dumps(results, ensure_ascii=False, indent=1))
    else:
        report.show(results, results["changed"])


def _load(options: argparse.Namespace, visits: list) -> dict:
    with servers.empty() as empty:
        if options.address:
            server = servers.Server(options.address, options.pid)
            return asyncio.run(load(server, empty, visits, options.readers, options.minutes, _report)) | {
                "kind": "load"
            }
        with servers.ours() as server:
            return asyncio.run(load(server, empty, visits, options.readers, options.minutes, _report)) | {
                "kind": "load"
            }


def _report(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="trade bench")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--page", action="append", default=[])
    parser.add_argument("--beside", default="")
    parser.add_argument("--readers", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--address", default="")
    parser.add_argument("--pid", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
