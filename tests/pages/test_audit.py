"""Every change of data leaves a line, also one that failed; only those may change data from the page who should."""

from __future__ import annotations

import json
import stat
import threading
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from tests.support.facts import copy_facts
from trade.cli.commands import app
from trade.errors import BadParameter, TradeError
from trade.ingest import audit_log
from trade.store.publish import point_to, store_path
from trade.text import formats
from trade.text.markdown import plain


def put_in_service(home: Path, version: str) -> None:
    path = store_path(home, version)
    path.write_bytes(b"")
    point_to(home, path)


class TestTrail:
    def test_a_change_tells_who_what_source_result_and_versions(self, tmp_path: Path) -> None:
        put_in_service(tmp_path, "aaaa")
        with audit_log.change("import", source="my.csv", who="reader@example.org", home=tmp_path):
            put_in_service(tmp_path, "bbbb")
        (entry,) = audit_log.trail(tmp_path)
        assert entry.pop("time").endswith("+00:00")
        assert entry == {
            "who": "reader@example.org", "what": "import", "source": "my.csv", "result": "done", "detail": "",
            "before": "aaaa", "after": "bbbb",
        }  # fmt: skip

    def test_a_refused_change_tells_its_sentence(self, tmp_path: Path) -> None:
        with pytest.raises(BadParameter), audit_log.change("update", source="comtrade", home=tmp_path):
            raise BadParameter("The key is wrong.")
        (entry,) = audit_log.trail(tmp_path)
        assert (entry["result"], entry["detail"], entry["before"], entry["after"]) == (
            "refused",
            "The key is wrong.",
            "",
            "",
        )

    @pytest.mark.parametrize("fault", [ValueError("hush"), KeyboardInterrupt()])
    def test_a_fault_is_told_by_its_kind_only(self, tmp_path: Path, fault: BaseException) -> None:
        with pytest.raises(type(fault)), audit_log.change("update", home=tmp_path):
            raise fault
        assert (audit_log.trail(tmp_path)[0]["result"], audit_log.trail(tmp_path)[0]["detail"]) == (
            "fault",
            type(fault).__name__,
        )

    def test_nothing_new_is_unchanged(self, tmp_path: Path) -> None:
        with audit_log.change("build", home=tmp_path):
            pass
        assert audit_log.trail(tmp_path)[0]["result"] == "unchanged"

    @pytest.mark.parametrize("source", ['x\n{"what": "forged"}', "\u2028", "\x00", "a" * 9000, "\ud800", "</script>"])
    def test_a_hostile_source_stays_in_its_line(self, tmp_path: Path, source: str) -> None:
        audit_log.record("import", source=source, home=tmp_path)
        audit_log.record("import", source="next", home=tmp_path)
        text = (tmp_path / audit_log.FILE).read_bytes()
        assert text.count(b"\n") == 2
        assert len(text) < 4000
        newest, hostile = audit_log.trail(tmp_path)
        assert (newest["source"], hostile["what"]) == ("next", "import")

    def test_many_at_once_do_not_mix(self, tmp_path: Path) -> None:
        def write(number: int) -> None:
            for _ in range(50):
                audit_log.record("import", source=str(number) * 400, home=tmp_path)

        threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        lines = (tmp_path / audit_log.FILE).read_text(encoding="utf-8").splitlines()
        assert len(lines) == 400
        assert all(len(set(json.loads(line)["source"])) == 1 for line in lines)

    def test_the_newest_come_first_and_torn_lines_are_left_out(self, tmp_path: Path) -> None:
        for number in range(5):
            audit_log.record("import", source=str(number), home=tmp_path)
        with (tmp_path / audit_log.FILE).open("a") as file:
            file.write('{"what": "imp')
        assert [one["source"] for one in audit_log.trail(tmp_path, last=3)] == ["4", "3"]
        assert audit_log.trail(tmp_path / "nowhere") == []

    def test_only_its_owner_reads_it(self, tmp_path: Path) -> None:
        audit_log.record("import", home=tmp_path)
        assert stat.S_IMODE((tmp_path / audit_log.FILE).stat().st_mode) == 0o600

    def test_without_a_trail_nothing_is_changed(self, tmp_path: Path) -> None:
        (tmp_path / audit_log.FILE).mkdir()
        with pytest.raises(TradeError, match="cannot be written"), audit_log.change("update", home=tmp_path):
            pytest.fail("the change was begun")

    def test_a_build_leaves_a_line(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TRADE_HOME", str(tmp_path / "home"))
        monkeypatch.setenv("TRADE_DATA", str(copy_facts(tmp_path / "data")))
        (tmp_path / "data" / "reference" / "source.toml").unlink()
        assert CliRunner().invoke(app, ["build"]).exit_code == 1
        (entry,) = audit_log.trail()
        assert (entry["what"], entry["result"], entry["source"]) == ("build", "refused", str(tmp_path / "data"))
        assert entry["detail"]


def offer() -> None:
    import streamlit as st

    from trade.ui.core import permissions

    st.write("yes" if permissions.check_and_explain() else "no")
    st.write("agreed" if permissions.allowed() == (st.session_state.get("expected") == "yes") else "not agreed")


class TestOffer:
    """What the page offers. The rule of who may change data does not need Streamlit: its test is in test_attacks.py."""

    def test_elsewhere_reads_why(self) -> None:
        page = AppTest.from_function(offer).run()
        assert page.info[0].value == formats.say("signin.elsewhere", "en")
        assert page.markdown[0].value == "no"
        assert not page.button

    def test_switched_off(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TRADE_CHANGES", "off")
        page = AppTest.from_function(offer).run()
        assert page.info[0].value == plain(formats.say("signin.off", "en"))

    def test_with_sign_in_configured_it_is_offered(self) -> None:
        page = AppTest.from_function(offer)
        page.secrets["auth"] = {"redirect_uri": "http://localhost:8501/oauth2callback", "cookie_secret": "x" * 40}
        page.run()
        assert page.info[0].value == formats.say("signin.ask", "en")
        assert [one.key for one in page.button] == ["sign_in"]
        assert page.markdown[0].value == "no"
        assert not page.exception
