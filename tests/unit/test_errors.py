"""Errors: each is raised by a key that has a sentence with the same fields in every language."""

from __future__ import annotations

import ast
import copy
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from typer.testing import CliRunner

from trade import settings
from trade.api import Service
from trade.cli.commands import app
from trade.errors import BadParameter, FactError, Message, NoRows, TradeError, every
from trade.measures import catalog as measures
from trade.measures import find_measure
from trade.measures.parameters import bind
from trade.paths import PROJECT
from trade.store import Store, open_store
from trade.store.sandbox import run_sql
from trade.stories import chart_export
from trade.stories import story as stories
from trade.stories.story import Places
from trade.text import message
from trade.text.catalog import LANGUAGES, SOURCE, words

FILES = sorted(PROJECT.glob("trade/**/*.py"))
PARTS = {"FactError": ("problem", "expected", "remedy")}
"""Parameters of an error that are keys of parts of its sentence."""
PARTS_OF_SENTENCES = {"Message", "Refused", "Unreadable", "Undecodable"}
"""Classes that are no errors but take a key: parts of a sentence, and what another process turns into an error."""
OWN = {
    "FactError": {"row", "value", "expected", "remedy"},
    "UnknownName": {"name", "good"},
}
"""Keyword parameters of an error that are not fields of its sentence."""
runner = CliRunner()


@dataclass(frozen=True)
class Code:
    """The errors that the code raises, found by parsing it."""

    classes: set[str]
    """Names of the classes of errors that reach a user."""
    calls: list[tuple[str, str, ast.Call]]
    """Calls that make an error or a part of one: file and line, class, call."""
    texts: set[str]
    """All string literals of the code."""


@pytest.fixture(scope="module")
def code() -> Code:
    """The classes, calls and literals of all modules, collected once."""
    bases: dict[str, set[str]] = {}
    calls, texts = [], set()
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases[node.name] = {getattr(base, "id", "") for base in node.bases}
            elif isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                calls.append((f"{path.relative_to(PROJECT)}:{node.lineno}", name, node))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
    classes = errors(bases)
    makers = [
        one for one in calls if one[1] in classes | PARTS_OF_SENTENCES and not one[0].startswith("trade/errors.py")
    ]
    return Code(classes, makers, texts)


def errors(bases: dict[str, set[str]]) -> set[str]:
    """The names of all classes of errors that reach a user."""
    found = {"TradeError"}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return found


def keys(name: str, call: ast.Call) -> list[ast.expr]:
    """The arguments of a call that are keys."""
    if name == "FactError":
        return [*call.args[1:2], *(word.value for word in call.keywords if word.arg in PARTS[name])]
    if name == "StoryError":  # its second argument is a `Message` of its own
        return []
    return call.args[:1]


def literals(node: ast.expr) -> list[str]:
    """The texts that an expression can be; none if it is computed."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    return [*literals(node.body), *literals(node.orelse)] if isinstance(node, ast.IfExp) else []


def full(name: str, key: str) -> str:
    return f"error.kind.{key}" if name == "UnknownName" else f"error.{key}"


def fields(text: str) -> set[str]:
    return set(message.names(text))


def test_there_are_errors_to_look_at(code: Code) -> None:
    assert {"BadParameter", "StoryError", "QueryRefused", "HandoutFailed", "Busy", "FileRefused"} <= code.classes
    assert len([name for _, name, _ in code.calls if name in code.classes]) > 200


def faults(place: str, name: str, call: ast.Call) -> Iterator[str]:
    """Faults of a call that makes an error: an unknown key, a text instead of a key, or fields that do not match."""
    found = [(node, literals(node)) for node in keys(name, call)]
    if any(isinstance(node, ast.JoinedStr | ast.BinOp) for node, _ in found):
        yield f"{place}: a sentence of its own: move it to errors.toml and name its key"
    named = [full(name, text) for _, texts in found for text in texts]
    if lacking := [key for key in named if key not in words(SOURCE)]:
        yield f"{place}: there is no {', '.join(lacking)} in errors.toml"
        return
    filled = {word.arg for word in call.keywords}
    if None in filled or not found or not all(texts for _, texts in found):
        return  # computed keys and fields are checked where they are written
    expected = {field for key in named for field in fields(words(SOURCE)[key])}
    if filled - OWN.get(name, set()) != expected:
        yield f"{place}: the sentence has the fields {sorted(expected)}"


def test_every_error_names_a_sentence_and_all_its_fields(code: Code) -> None:
    assert [fault for call in code.calls for fault in faults(*call)] == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("BadParameter(f'no {name}')", "a sentence of its own"),
        ("BadParameter('no.such_key')", "there is no error.no.such_key"),
        ("BadParameter('store.memory_size')", "has the fields ['given']"),
        ("BadParameter('store.memory_size', given=1)", ""),
        ("BadParameter('store.memory_size' if one else 'no.such_key', given=1)", "there is no error.no.such_key"),
    ],
)
def test_a_call_that_is_wrong_is_seen(source: str, fault: str) -> None:
    (call,) = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    seen = list(faults("here", "BadParameter", call))
    assert bool(seen) == bool(fault)
    assert all(fault in one for one in seen)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_every_sentence_with_the_same_fields(lang: str) -> None:
    for key, text in words(SOURCE).items():
        if key.startswith("error."):
            assert key in words(lang), f"{lang} lacks {key}"
            assert fields(words(lang)[key]) == fields(text), key
            assert not re.search(r"\w\.$", text) or words(lang)[key].endswith((".", "。")), (
                f"{lang}: {key} is a sentence"
            )


def unclear_names() -> set[str]:
    """Keys of the reasons why the table of names calls a name ambiguous."""
    return set(tomllib.loads((PROJECT / "trade/sources/aliases.toml").read_text(encoding="utf-8"))["unclear"].values())


def test_every_unclear_name_has_a_reason_in_words() -> None:
    assert unclear_names()
    assert {f"error.{key}" for key in unclear_names()} <= set(words(SOURCE))


def test_every_sentence_is_used(code: Code) -> None:
    named = {key.removeprefix("error.").removeprefix("kind.") for key in words(SOURCE) if key.startswith("error.")}
    texts = code.texts | unclear_names()
    assert sorted(named - texts - {key for key in named if f"error.{key}" in texts}) == []


class TestMessages:
    def test_a_text_that_is_no_key_is_the_same_in_every_language(self) -> None:
        error = BadParameter("A sentence {with} braces.")
        assert str(error) == error.text("zh") == "A sentence {with} braces."

    def test_messages_within_messages_and_lists_are_translated(self) -> None:
        inner = Message("story.use", names=["a", "b"])
        error = TradeError("story.sentence", place=Message("story.step", file="x.toml", step=2), problem=inner)
        assert str(error) == "x.toml, step 2: use a, b."
        assert error.text("zh") == "x.toml第2步：可用a、b。"

    def test_an_error_within_an_error_is_translated(self) -> None:
        error = TradeError("measure.not_toml", file="x.sql", reason=BadParameter("api.no_body"))
        assert error.text("zh").endswith("：请求不能带有正文：请将参数写在地址之后，如?key=value。。")

    def test_values_may_have_any_name(self) -> None:
        assert str(BadParameter("parameter.twice", name="key", key="x", self="y", lang="z")).startswith(
            "The parameter key"
        )

    def test_an_error_can_be_copied(self) -> None:
        error = NoRows("none_from", title="T", first="2030")
        assert copy.copy(error).text("zh") == error.text("zh") == "T：2030以来没有数字。"

    def test_several_names(self) -> None:
        made = every(["a", "b"])
        assert callable(made)
        assert (made("en"), made("zh")) == ("a and b", "a和b")


def _raised(work: object) -> TradeError:
    assert callable(work)
    with pytest.raises(TradeError) as caught:
        work()
    return caught.value


STORY = 'title.en = "T"\n[[step]]\npage = "growth"\nchart = "levels"\n'
PLACES = Places({"growth": ["levels", "rates"]}, lambda _: ())
SAMPLES = {
    "an unknown measure": (
        lambda: find_measure("grwth"),
        "There is no measure 'grwth': use growth, ",
        "没有指标'grwth'：可用growth",
    ),
    "a fact file": (
        lambda: _throw(
            FactError("a.csv", "fact.key_twice", row=3, value="x", remedy="fact.delete_one", key="k", first=2)
        ),
        "a.csv, line 3: the key (k) appears twice, first on line 2 (found 'x'); delete one of the two rows.",
        "a.csv第3行：主键（k）出现两次，首次在第2行（实际为'x'）；请删除两行中的一行。",
    ),
    "a type": (
        lambda: _throw(FactError("a.csv", "fact.misfit", row=3, value="x", expected="fact.number", column="value")),
        "a.csv, line 3: column value has an invalid value (found 'x'); expected a number; restore the file or"
        " correct it and its entry in source.toml.",
        "a.csv第3行：列value的值不符合要求（实际为'x'），应为数字；请恢复该文件，或更正该文件及其在source.toml中的条目。",
    ),
    "a query that changes": (
        lambda: run_sql("", rows=1),
        "There is no query: write one that begins with SELECT, WITH, FROM, VALUES, PIVOT, DESCRIBE, SUMMARIZE, SHOW"
        " TABLES or EXPLAIN.",
        "没有查询语句：请以SELECT, WITH, FROM, VALUES, PIVOT, DESCRIBE, SUMMARIZE, SHOW TABLES or EXPLAIN开头编写。",
    ),
    "too many rows": (
        lambda: run_sql("SELECT 1", rows=0),
        "The number of rows must be between 1 and 500,000, not 0.",
        "行数须在1与500,000之间，而不是0。",
    ),
    "a story's chart": (
        lambda: stories.read(STORY.replace("levels", "levles"), "x.toml", PLACES),
        "x.toml, step 1: the page growth has no chart 'levles'; use levels.",
        "x.toml第1步：页面growth没有图表'levles'；可用levels。",
    ),
    "a story of brackets": (
        lambda: stories.read(f"a = {'[' * 5000}", "x.toml", PLACES),
        "x.toml: is not valid TOML (maximum recursion depth exceeded",
        "x.toml",
    ),
    "a story's field": (
        lambda: stories.read(STORY.replace('"levels"', "3"), "x.toml", PLACES),
        "x.toml, step 1: the field chart is not valid (found '3'); name a chart of the page, such as chart ="
        ' "levels".',
        "x.toml第1步：字段chart写法有误（实际为'3'）；请指定该页面的图表，例如chart = \"levels\"。",
    ),
    "a link that was cut": (
        lambda: stories.find("~abcd", PLACES),
        "this link's story: the link is incomplete or was altered; get it again.",
        "此链接中的故事：链接在传递中被截断或更改；请重新索取。",
    ),
    "a chart's choice": (
        lambda: chart_export.check("growth/levels", {"flow": "exprt"}),
        "flow cannot be 'exprt': use export, import, total.",
        "flow不能为'exprt'：可用export、import、total。",
    ),
}


def _throw(error: TradeError) -> None:
    raise error


@pytest.mark.parametrize("sample", SAMPLES)
def test_samples(sample: str) -> None:
    work, english, chinese = SAMPLES[sample]
    error = _raised(work)
    assert str(error).startswith(english)
    assert error.text("zh").startswith(chinese)


def test_no_store(tmp_path: Path) -> None:
    error = _raised(lambda: open_store(tmp_path))
    assert str(error) == f"There is no store in {tmp_path}: run `trade build`, or open the dashboard, which builds it."
    assert error.text("zh") == f"{tmp_path}中没有数据库：请运行`trade build`，或打开看板自动构建。"


def test_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADE_HOSTS", "a b")
    error = _raised(settings.check)
    assert str(error).startswith("TRADE_HOSTS contains 'a b', which is not a host name such as trade.example.org, ")
    assert error.text("zh").startswith("TRADE_HOSTS含有'a b'，它不是主机名（如trade.example.org、")


def test_a_name_that_is_too_long_is_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADE_OPERATOR", "x" * 200)
    assert settings.operator() == "x" * 200
    monkeypatch.setenv("TRADE_OPERATOR", "x" * 201)
    error = _raised(settings.check)
    assert str(error).endswith("which is not a name of at most 200 letters: correct it and restart.")
    assert error.text("zh").endswith("它不是不超过200个字符的名称：请更正后重新启动。")


def test_a_query_in_the_sandbox(tiny: Store) -> None:
    error = _raised(lambda: run_sql("DROP TABLE total_trade", store=tiny))
    assert str(error).startswith("DROP is refused: the store is read-only; a query begins with SELECT, ")
    assert error.text("zh").startswith("不接受DROP：数据库为只读；查询须以SELECT, ")
    error = _raised(lambda: run_sql("SELECT nothing FROM nowhere", store=tiny))
    assert str(error).startswith("The query could not be run: ")
    assert error.text("zh").startswith("查询无法执行：")


def test_parameters_of_a_measure(tiny: Store) -> None:
    growth = measures()["growth"]
    error = _raised(lambda: bind(tiny, growth, {"flaw": "x"}))
    assert str(error) == "There is no parameter of growth 'flaw': use flow, last, among others."
    assert error.text("zh") == "没有growth的参数'flaw'：可用flow、last等。"
    error = _raised(lambda: bind(tiny, growth, {"flow": "x"}))
    assert error.text("zh") == "没有flow的取值'x'：可用export、import、total。"


class TestLanguage:
    """The language of error messages."""

    @pytest.mark.parametrize(
        ("lang", "environment", "sentence"),
        [
            ([], {}, "Name the files to write"),
            (["--lang", "zh"], {}, "请指定要写的文件"),
            (["--lang", "en"], {"LANG": "zh_CN.UTF-8"}, "Name the files to write"),
            ([], {"LANG": "zh_CN.UTF-8"}, "请指定要写的文件"),
            ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "Name the files to write"),
            (["--lang", "xx"], {"LANG": "zh"}, "没有语言'xx'：可用en或zh。"),
            (["--lang", "xx"], {}, "There is no language 'xx': use en or zh."),
        ],
    )
    def test_on_the_command_line(
        self, lang: list[str], environment: dict[str, str], sentence: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
            monkeypatch.delenv(name, raising=False)
        result = runner.invoke(app, ["handout", "2025", *lang], env=environment)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith(sentence)

    @pytest.mark.parametrize(
        ("query", "header", "lang"),
        [
            ("", "", "en"),
            ("", "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
            ("", "en-US,en;q=0.9,zh;q=0.8", "en"),
            ("", "fr,zh;q=0.5,en;q=0.4", "zh"),
            ("", "zh;q=0,en", "en"),
            ("", "zh;q=nan, de;q=x", "en"),
            ("lang=zh&", "en", "zh"),
            ("lang=xx&", "zh", "zh"),
        ],
    )
    def test_of_the_api(self, query: str, header: str, lang: str) -> None:
        made = Service("overview")
        with TestClient(Starlette(routes=list(made.routes), middleware=made.middleware), "http://localhost") as client:
            answer = client.get(f"/api/charts?{query}first", headers={"accept-language": header})
            unknown = client.get("/api/nothing", headers={"accept-language": header}, params={"lang": lang})
            posted = client.post(f"/api/charts?{query}", headers={"accept-language": header})
        sentence = {
            "en": "A parameter must be written key=value, not 'first'.",
            "zh": "参数须写成key=value，而不是'first'。",
        }[lang]
        assert answer.json() == {"error": sentence, "status": 400}
        assert answer.headers["content-language"] == lang
        assert "Accept-Language" in answer.headers["vary"]
        assert unknown.json()["error"].startswith("There is no address" if lang == "en" else "没有地址")
        assert posted.json()["error"].startswith("This address supports" if lang == "en" else "此地址只接受GET")
