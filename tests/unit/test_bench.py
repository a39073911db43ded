"""The parts of the benchmark: what its simulated user reads and sends, and the summaries of timings."""

from __future__ import annotations

import ast

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks import history
from benchmarks.client import CACHED_RUNS, Reader, Run
from benchmarks.page_scenarios import VISITS
from benchmarks.runner import PARTS, ratios
from benchmarks.timings import ratio, ratio_of_medians, summary
from trade.paths import PROJECT
from trade.ui.core import navigation


def message(**metadata: object) -> ForwardMsg:
    return ForwardMsg(metadata=metadata)  # type: ignore[arg-type]


def group(key: str, chosen: int) -> bytes:
    forwarded = ForwardMsg()
    shown = forwarded.delta.new_element.button_group
    shown.id = f"$$ID-0a1b-{key}"
    for word in ("Exports", "Imports"):
        shown.options.add(content=word)
    shown.default.append(chosen)
    return forwarded.SerializeToString()


def number(key: str, value: float) -> bytes:
    forwarded = ForwardMsg()
    shown = forwarded.delta.new_element.number_input
    shown.id, shown.default = f"$$ID-0a1b-{key}", value
    return forwarded.SerializeToString()


def test_a_change_is_told_from_others_by_the_state_of_every_control_numbers_too() -> None:
    reader = Reader("http://127.0.0.1:1", "outlook")
    assert not reader._read([group("scope_flow", 1), number("rate", 2.5)], "")
    (widget, option), *others = reader.changes()
    assert not others, "a number has no options to choose from"
    assert reader.state_after(widget, option) == {("$$ID-0a1b-scope_flow", "Exports"), ("$$ID-0a1b-rate", "2.5")}


def test_a_reader_sends_the_state_of_every_control() -> None:
    reader = Reader("http://127.0.0.1:1", "growth", "flow=import")
    assert not reader._read([group("scope_flow", 1), group("scope_by", 0)], "")
    state = reader._rerun_request("").rerun_script
    assert state.query_string == "flow=import"
    assert [list(one.string_array_value.data) for one in state.widget_states.widgets] == [["Imports"], ["Exports"]]
    assert reader.control("scope_flow").options == ["Exports", "Imports"]


def test_a_reader_keeps_large_messages_as_long_as_a_browser_does() -> None:
    reader = Reader("http://127.0.0.1:1")
    large = ForwardMsg.FromString(group("x", 0))
    large.hash, large.metadata.cacheable = "abc", True
    reader._read([large.SerializeToString()], "")
    for _ in range(CACHED_RUNS):
        assert list(reader._rerun_request("").rerun_script.cached_message_hashes) == ["abc"]
        reader._read([], "")
    assert not reader._rerun_request("").rerun_script.cached_message_hashes


def test_an_error_on_the_page_is_an_error_of_the_run() -> None:
    forwarded = ForwardMsg()
    forwarded.delta.new_element.exception.message = "broken"
    assert Reader("http://127.0.0.1:1")._read([forwarded.SerializeToString()], "") == ["broken"]


def test_timings_in_few_numbers() -> None:
    runs = [Run(seconds / 1000, 10, 2) for seconds in (1, 2, 3, 4, 100)]
    assert summary(runs) == {
        "median_ms": 3.0, "p95_ms": 100.0, "spread_ms": 2.0, "bytes": 10, "messages": 2, "runs": 5
    }  # fmt: skip
    assert summary([]) == {"runs": 0}
    assert ratio(9.0, 2.0) == 4.5
    assert ratio(None, 2.0) is None
    assert ratio(1.0, 0.0) is None


def medians(milliseconds: float, runs: int = 20) -> dict[str, float]:
    return {"median_ms": milliseconds, "runs": runs}


def test_ratios_name_page_and_yardstick() -> None:
    one = {"warm": medians(30), "empty": medians(10), "per_second": {"ours": 40, "plain": 5}}
    one |= {"cold": medians(100), "plain_cold": medians(350)}
    crowds = {"30": {"empty": medians(10), "pages": {"growth": medians(35)}}}
    assert ratios({"pages": {"growth": one}, "crowds": crowds}) == {
        "growth.cold_vs_plain": 3.5, "growth.vs_empty": 3.0, "growth.vs_plain": 8.0, "growth.vs_empty_30": 3.5
    }  # fmt: skip


def test_no_ratio_is_made_of_fewer_than_twenty_runs() -> None:
    assert ratio_of_medians(medians(30), medians(10)) == 3.0
    assert ratio_of_medians(medians(30, 19), medians(10)) is None
    assert ratio_of_medians(medians(30), {"runs": 0}) is None


def test_a_change_leads_to_another_option_of_a_control_with_one_choice() -> None:
    reader = Reader("http://127.0.0.1:1", "growth")
    reader._read([group("scope_flow", 1), group("scope_by", 0)], "")
    changes = reader.changes()
    assert [(widget.id[9:], option) for widget, option in changes] == [("-scope_flow", 0), ("-scope_by", 1)]
    (flow, option), (by, other) = changes
    assert reader.state_after(flow, option) != reader.state_after(by, other)
    flow.value = ["Exports"]
    assert reader.state_after(flow, 0) == frozenset({(flow.id, "Exports"), (by.id, "Exports")})


def test_history_compares_runs_of_the_same_kind(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADE_HOME", str(tmp_path))
    assert history.last("quick") is None
    history.save({"kind": "quick", "ratios": {"growth.vs_empty": 8.0}})
    before = history.last("quick")
    assert before
    assert history.last("full") is None
    assert history.changes({"growth.vs_empty": 4.0, "new": 1.0}, before["ratios"]) == {"growth.vs_empty": 0.5}


def test_every_page_is_measured_and_those_of_the_menu_have_a_plain_version() -> None:
    assert [visit.page for visit in VISITS] == [page.name for page in navigation.PAGES]
    for name in navigation.ORDER:
        ast.parse((PROJECT / "benchmarks" / "plain" / f"{name}.py").read_text(encoding="utf-8"))


def test_the_parts_that_the_full_run_measures_are_there() -> None:
    assert PARTS.is_file()
