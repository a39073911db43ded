"""The store is built whole or not at all, and building twice gives the same."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from tests.support.facts import copy_facts, edit, set_rows
from tests.support.small_facts import facts_alone
from trade.errors import FactError, IdentityBroken, Message, StoreDamaged, StoreMissing, TradeError
from trade.store import BuildReport, build_store, expected_version, open_store
from trade.store.build import _reads, _run_all, mart_key
from trade.store.connect import Store
from trade.store.table_contracts import HERE, fact_contracts

HS_KEY = (mart_key((HERE / "hs" / "62_hs_product.sql").read_text(encoding="utf-8")) or "").split(", ")
PARTNERS = Path("gacc_partners/partner_2025_2026.csv")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return copy_facts(tmp_path / "data")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def customs_facts(tmp_path: Path) -> Path:
    """A copy of the facts that the tests below damage, and of those that they are checked against."""
    return copy_facts(tmp_path / "few", ("reference", "gacc_partners", "gacc_releases"))


@pytest.fixture
def in_service(small_real_home: Path, home: Path) -> Store:
    """The store that is in service in `home`, built from the facts that tests damage."""
    shutil.copytree(small_real_home / "home", home)
    return open_store(home)


@dataclass(frozen=True)
class Rebuilt:
    """A store folder in which the same facts were built twice.

    It has the version, tables and residuals of the first build, and the report and progress messages of the second.
    """

    home: Path
    version: str
    tables: dict[str, int]
    residuals: list[tuple[object, ...]]
    report: BuildReport
    steps: list[tuple[Message, float]]


@pytest.fixture(scope="module")
def rebuilt(small_real_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Rebuilt:
    folder, steps = tmp_path_factory.mktemp("rebuilt"), list[tuple[Message, float]]()
    shutil.copytree(small_real_home / "home", folder / "home")
    first = open_store(folder / "home")
    named = first.query("SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = current_database()")
    names = [f"{schema}.{table}" for schema, table in named.itertuples(index=False)]
    tables = {name.removeprefix("main."): len(first.query(f"SELECT 1 FROM {name}")) for name in names}
    residuals = list(first.query("FROM residual").itertuples(index=False, name=None))
    report = build_store(
        small_real_home / "data", folder / "home", progress=lambda step, done: steps.append((step, done))
    )
    return Rebuilt(folder / "home", first.version, tables, residuals, report, steps)


def test_building_twice_gives_the_same_version_and_rows(rebuilt: Rebuilt) -> None:
    second = rebuilt.report
    assert rebuilt.version == second.version
    assert rebuilt.tables == second.tables
    assert sorted(rebuilt.residuals) == sorted(
        (each.identity, each.title, each.rows, each.place, each.gap, each.tolerance) for each in second.residuals
    )
    assert [path.name for path in rebuilt.home.glob("trade-*")] == [f"trade-{second.version}.duckdb"]
    assert not list(rebuilt.home.glob(".draft*")), "no draft may stay behind"


def test_the_version_can_be_told_without_building(data: Path, in_service: Store) -> None:
    assert in_service.version == expected_version(data)


def test_another_fact_gives_another_version(data: Path, home: Path, in_service: Store) -> None:
    edit(data / "reference/groups.csv", lambda raw: raw.replace(b"World", b"The world", 1))
    with facts_alone():
        after = build_store(data, home)
    assert after.version != in_service.version
    assert open_store(home).version == after.version


def test_every_table_and_column_is_described_and_every_table_has_a_key(real: Store) -> None:
    tables = real.query(
        "SELECT schema_name, table_name, comment, has_primary_key FROM duckdb_tables() WHERE database_name = current_database()"
    )
    assert len(tables) > 20
    assert tables["comment"].fillna("").str.startswith("one row").all(), tables[["table_name", "comment"]]
    without = tables.loc[~tables["has_primary_key"], "table_name"].tolist()
    assert set(without) <= {"bilateral_export", "product_purchase", "product_trade", "hs_product"}, (
        "too long for an index"
    )
    for name in without:
        table, key = (f"fact.{name}", fact_contracts()[name].key) if name in fact_contracts() else (name, HS_KEY)
        twice = real.query(
            f"SELECT count(*) AS n FROM (FROM {table} SELECT 1 GROUP BY {', '.join(key)} HAVING count(*) > 1)"
        )
        assert key, name
        assert twice["n"].iloc[0] == 0, f"{name} is not unique by {key}"
    columns = real.query(
        "SELECT table_name, column_name, comment, data_type FROM duckdb_columns() WHERE NOT internal AND database_name = current_database()"
    )
    assert columns["comment"].fillna("").str.len().gt(5).all()
    assert columns["data_type"].isin(["VARCHAR", "DOUBLE", "INTEGER", "BIGINT", "BOOLEAN", "DATE"]).all(), columns


DAMAGES: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "missing column": (str(PARTNERS), lambda raw: raw.replace(b"value_cny_10k", b"amount", 1), "amount is not a column of"),
    "needed column missing": (str(PARTNERS), lambda raw: raw.replace(b"partner", b"area", 1), "column partner is missing"),
    "letter in a number": (str(PARTNERS), lambda raw: raw.replace(b",3094,", b",3O94,", 1), "'3O94'"),
    "infinite number": (str(PARTNERS), lambda raw: raw.replace(b",3094,", b",inf,", 1), "a number"),
    "duplicated key": (str(PARTNERS), lambda raw: raw.replace(b"M,2025-02,ABW,import", b"M,2025-02,ABW,export", 1), "appears twice"),
    "unknown flow": (str(PARTNERS), lambda raw: raw.replace(b"ABW,export", b"ABW,exports", 1), "'exports'"),
    "not UTF-8": (str(PARTNERS), lambda raw: raw.replace(b"ABW", b"AB\xff", 1), "not UTF-8"),
    "empty": (str(PARTNERS), lambda raw: b"", "the file is empty"),
    "header only": (str(PARTNERS), lambda raw: raw.split(b"\n")[0] + b"\n", "number of rows"),
    "ragged row": (str(PARTNERS), lambda raw: raw.replace(b"M,2025-02,ABW,export", b"M,2025-02,ABW,export,1", 1), "not a CSV table"),
    "whole number expected": (
        "gacc_releases/totals.csv",
        lambda raw: re.sub(rb",(\d+)\n", rb",\g<1>.5\n", raw, count=1),
        "a whole number",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_named_and_the_store_in_service_stays(
    name: str, customs_facts: Path, home: Path, in_service: Store
) -> None:
    file, change, message = DAMAGES[name]
    edit(customs_facts / file, change)
    error = refusal(customs_facts, home, in_service)
    assert message in str(error), error
    assert file.split("/")[0] in str(error), "the sentence names the source"
    if name == "letter in a number":
        lines = (customs_facts / file).read_text().splitlines()
        line = next(number for number, text in enumerate(lines, 1) if "3O94" in text)
        assert isinstance(error, FactError)
        assert (error.row, error.value, error.expected) == (line, "3O94", "a number")
        assert error.remedy


def refusal(data: Path, home: Path, in_service: Store) -> TradeError:
    """The error of a build that is refused; the store in service stays."""
    with pytest.raises(TradeError) as caught:
        build_store(data, home)
    assert "\n" not in str(caught.value)
    assert open_store(home).version == in_service.version
    assert len(open_store(home).query("SELECT * FROM total_trade")) > 1000
    assert not list(home.glob(".draft*"))
    return caught.value


def test_other_bytes_than_promised_are_refused(customs_facts: Path, home: Path) -> None:
    """Even a file that breaks no rule is refused if its sha256 is not the one in source.toml."""
    edit(customs_facts / "reference/groups.csv", lambda raw: raw.replace(b"World", b"Globe", 1), reseal=False)
    with facts_alone(), pytest.raises(FactError, match="sha256"):
        build_store(customs_facts, home)


def test_a_row_less_than_promised_is_refused(customs_facts: Path, home: Path) -> None:
    set_rows(customs_facts / PARTNERS, 5)
    with pytest.raises(FactError, match=r"number of rows.*expected 5"):
        build_store(customs_facts, home)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("producer = ", "not valid TOML"),
        ("producer = 'x'\n", "field title"),
        ("colour = 'blue'\n", "field"),
    ],
)
def test_a_wrong_manifest_is_refused(data: Path, home: Path, text: str, message: str) -> None:
    (data / "reference/source.toml").write_text(text)
    with pytest.raises(FactError, match=re.escape(message)):
        build_store(data, home)


def test_a_missing_manifest_is_named(data: Path, home: Path) -> None:
    (data / "new_source").mkdir()
    with pytest.raises(FactError, match=r"new_source/source\.toml: the file is missing"):
        build_store(data, home)


def test_an_unknown_warning_is_refused(data: Path, home: Path) -> None:
    manifest = data / "reference/source.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"boundaries"', '"looks_odd"'), encoding="utf-8")
    with pytest.raises(FactError, match="warnings"):
        build_store(data, home)


def test_an_identity_names_row_value_and_expectation(data: Path, home: Path, in_service: Store) -> None:
    edit(data / PARTNERS, lambda raw: re.sub(rb"(YTD,2025-12,USA,export,)\d+", rb"\g<1>1", raw))
    error = refusal(data, home, in_service)
    assert isinstance(error, IdentityBroken)
    assert "does not hold" in str(error)
    assert "gacc_partners" in str(error), "the sentence names the source"
    assert "YTD 2025-12 export" in str(error)
    assert "2698897641" in str(error), "the printed world is the expectation"


def test_no_store_yet_says_what_to_do(home: Path) -> None:
    with pytest.raises(StoreMissing, match="trade build"):
        open_store(home)


@pytest.mark.usefixtures("in_service")
def test_a_pointer_that_leads_nowhere_says_what_to_do(home: Path) -> None:
    for path in home.glob("trade-*.duckdb"):
        path.unlink()
    with pytest.raises(StoreMissing, match="does not exist"):
        open_store(home)


def test_a_cut_store_says_what_to_do(data: Path, home: Path, small_real_home: Path) -> None:
    shutil.copytree(small_real_home / "home", home)
    (path,) = home.glob("trade-*.duckdb")
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(StoreDamaged, match="trade build"):
        open_store(home)
    with facts_alone():
        version = build_store(data, home).version
    assert path.name == f"trade-{version}.duckdb"
    assert open_store(home).version == version


def test_a_home_that_cannot_be_made_says_what_to_do(data: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x")
    with pytest.raises(TradeError, match="TRADE_HOME"):
        build_store(data, blocked / "home")


def test_progress_rises_to_one(rebuilt: Rebuilt) -> None:
    fractions = [done for _, done in rebuilt.steps]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    assert all(step for step, _ in rebuilt.steps)
    words = {lang: [step.text(lang) for step, _ in rebuilt.steps] for lang in ("en", "zh")}
    assert words["en"][0] == "Reading the list of sources"
    assert words["zh"][0] == "正在读取来源清单"
    assert all(chinese != english for english, chinese in zip(words["en"], words["zh"], strict=True))


def test_the_store_is_read_only_and_locked(real: Store) -> None:
    for statement in (
        "CREATE TABLE x (a INTEGER)",
        "SET memory_limit = '9GB'",
        "SELECT * FROM read_text('/etc/hostname')",
    ):
        with pytest.raises(TradeError):
            real.query(statement)


def test_a_table_without_an_index_refuses_doubles_too(tmp_path: Path, home: Path) -> None:
    """The loader holds the keys of long tables: within a file, and against another file of the same table."""
    data = copy_facts(tmp_path / "data", ("reference", "baci_chapters_hs17"))
    row = b"CHN,2017,export,01,603425196\n"
    edit(data / "baci_chapters_hs17/chapters.csv", lambda raw: raw.replace(row, row + row, 1))
    set_rows(data / "baci_chapters_hs17/chapters.csv", 1537)
    with pytest.raises(FactError, match="appears twice") as inside:
        build_store(data, home)
    assert "line 3" in str(inside.value)
    edit(data / "baci_chapters_hs17/chapters.csv", lambda raw: raw.replace(row + row, row, 1))
    set_rows(data / "baci_chapters_hs17/chapters.csv", 1536)
    edit(
        data / "baci_chapters_hs17/taiwan.csv",
        lambda raw: raw.replace(b"TWN,2023,export,01,", b"CHN,2017,export,01,", 1),
    )
    with pytest.raises(FactError, match="is already in another file of product_trade"):
        build_store(data, home)


def test_rules_of_a_table_without_an_index_are_held(tmp_path: Path, home: Path) -> None:
    data = copy_facts(tmp_path / "data", ("reference", "baci_chapters_hs17"))
    edit(
        data / "baci_chapters_hs17/chapters.csv",
        lambda raw: raw.replace(b"CHN,2017,export,01,603425196", b"CHN,2017,export,1,603425196", 1),
    )
    with pytest.raises(FactError, match="column product has an invalid value"):
        build_store(data, home)


def test_after_a_file_that_fails_no_other_is_begun(tmp_path: Path) -> None:
    """Of six independent files the first fails at once, and each other one takes a moment."""
    (tmp_path / "00_wrong.sql").write_text("SELECT error('no such thing')")
    for number in range(1, 6):
        text = f"CREATE TABLE made_{number} AS SELECT sum(a.i * b.i) AS n FROM range(5000) AS a(i), range(5000) AS b(i)"
        (tmp_path / f"{number}0_slow_{number}.sql").write_text(text)
    with duckdb.connect() as con:
        with pytest.raises(duckdb.Error, match="no such thing"):
            _run_all(con, [("macros", path) for path in sorted(tmp_path.iterdir())], None, lambda *_: None)
        assert len(con.execute("FROM duckdb_tables()").fetchall()) < 5


def test_a_mart_waits_for_what_it_reads_and_not_for_a_word_in_its_comments_or_texts(tmp_path: Path) -> None:
    texts = {
        "10_market.sql": "SELECT 1",
        "20_partner.sql": "-- what every market's share is of\nSELECT 'the market', 'it''s a market' FROM fact.economy",
        "30_share.sql": "SELECT 'a' -- no market's\nFROM market",
    }
    files = [("marts", tmp_path / name) for name in texts]
    for _, path in files:
        path.write_text(texts[path.name])
    market, partner, share = files
    assert _reads(files) == {market: [], partner: [], share: [market]}
