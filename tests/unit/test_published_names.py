"""Names of published code lists, each list in full: known as the right economy, or listed here with the reason."""

from __future__ import annotations

import csv
from importlib.util import find_spec
from pathlib import Path

import pycountry
import pytest
from babel import Locale

from tests.support.paths import FIXTURES
from trade.errors import Message
from trade.paths import PROJECT
from trade.sources.economy_names import CUSTOMS, Names, read_names

DATA = PROJECT / "data"
LISTS = FIXTURES / "name_lists" / "published_names.csv"


def listed() -> list[dict[str, str]]:
    with LISTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def names() -> Names:
    return read_names(DATA)


@pytest.mark.parametrize("which", sorted({row["list"] for row in listed()}))
def test_a_published_list_is_known_in_full(names: Names, which: str) -> None:
    rows = [row for row in listed() if row["list"] == which]
    wrong = []
    for row in rows:
        found = names.of_publisher(row["publisher"], DATA).find(row["name"])
        if (found or "") != row["code"]:
            wrong.append((row["name"], found, row["code"]))
    assert not wrong
    unknown = [row for row in rows if not row["code"]]
    assert all(row["reason"] for row in unknown), "every unknown name has its reason"
    assert len(unknown) <= 0.03 * len(rows)


def test_the_numbers_of_comtrade_mean_what_its_names_mean(names: Names) -> None:
    comtrade = names.of_publisher("comtrade", DATA)
    pairs = [(row["number"], row["name"]) for row in listed() if row["list"] == "comtrade" and row["code"]]
    known = [(number, name) for number, name in pairs if comtrade.find(number)]
    assert len(known) > 240
    assert [pair for pair in known if comtrade.find(pair[0]) != comtrade.find(pair[1])] == []


def test_the_names_of_iso_3166_are_known(names: Names) -> None:
    wrong = [
        (name, country.alpha_3)
        for country in pycountry.countries
        for kind in ("name", "common_name", "official_name")
        if (name := getattr(country, kind, None)) and names.find(name) != country.alpha_3
    ]
    assert wrong == []


COCO_UNKNOWN = {
    "Channel Islands": "two economies", "Tanganjika": "a part of Tanzania", "Republic of Tanganyika": "a part of Tanzania",
    "Zanzibar": "a part of Tanzania", "Soviet Union (former)": "a name with an addition", "Guiana": "Guyana or French Guiana",
    "Union of Soviet Socialist Republics (former)": "a name with an addition", "Republic of China": "Taiwan or China: asked for",
    "Territory of the Cocos (Keeling) Islands": "a form that no table uses", "Co-operative Republic of Guyana": "a form that no table uses",
    "Territory of the French Southern and Antarctic Lands": "a form that no table uses", "British Antarctic Territories": "ATB here, BA1 there",
    "Territory of Heard Island and McDonald Islands": "a form that no table uses", "Territorial collectivity of Saint-Barthélemy": "a form that no table uses",
}  # fmt: skip


def test_the_names_of_country_converter_are_known(names: Names) -> None:
    place = find_spec("country_converter")
    assert place is not None
    assert place.origin is not None
    with Path(place.origin).with_name("country_data.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert len(rows) > 240
    wrong = {
        row[column]: names.find(row[column])
        for row in rows
        for column in ("name_short", "name_official")
        if names.find(row[column]) != row["ISO3"]
    }
    assert set(wrong) <= set(COCO_UNKNOWN), wrong


@pytest.mark.parametrize(
    "language",
    ["en", "zh", "zh_Hant", "zh_Hant_HK", "fr", "es", "pt", "de", "it", "nl", "ru", "ja", "ko", "vi", "id", "tr"],
)
def test_the_names_of_cldr_are_known(names: Names, language: str) -> None:
    with (DATA / "reference" / "economies.csv").open(encoding="utf-8", newline="") as file:
        iso2 = {row["iso2"]: row["economy"] for row in csv.DictReader(file) if row["iso2"]}
    territories = Locale.parse(language).territories
    wrong = {
        name: names.find(name) for code, name in territories.items() if code in iso2 and names.find(name) != iso2[code]
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("United States (US)", "USA"), ("R. O. Korea", "KOR"), ("United Kingdom (UK)", "GBR"), ("Türkiye, Rep of", "TUR"),
        ("CN: China", "CHN"), ("JP - Japan", "JPN"), ("DEU: Germany", "DEU"), ("Jointly build the countries along Belt and Road Routes", "belt-and-road"), ("of which: Germany", "DEU"),
        ("共建「一帶一路」國家", "belt-and-road"), ("東南亞國家聯盟", "asean"), ("歐洲聯盟", "eu"), ("韓國", "KOR"), ("中國臺灣", "TWN"),
        ("其中：德國", "DEU"), ("印度尼西亞", "IDN"), ("沙特阿拉伯", "SAU"), ("Korea, Rep.", "KOR"), ("Taiwan province, China", "TWN"),
        ("阿富汗伊斯兰共和国", "AFG"), ("安哥拉共和国", "AGO"), ("巴西联邦共和国", "BRA"), ("比利时王国", "BEL"), ("不丹王国", "BTN"),
    ],
)  # fmt: skip
def test_the_labels_of_customs_pages(names: Names, printed: str, code: str) -> None:
    assert names.of_publisher(CUSTOMS, DATA).find(printed) == code


@pytest.mark.parametrize("printed", ["中华民国", "朝鲜共和国", "中国联邦", "德国联盟", "也门人民民主共和国2"])
def test_a_state_s_form_is_not_taken_from_a_name_that_several_share(names: Names, printed: str) -> None:
    assert names.find(printed) is None


def test_traditional_script_says_what_simplified_says(names: Names) -> None:
    import opencc

    convert = opencc.OpenCC("s2t").convert
    with (DATA / "reference" / "economies.csv").open(encoding="utf-8", newline="") as file:
        printed = [(row["customs_name_zh"], row["economy"]) for row in csv.DictReader(file) if row["customs_name_zh"]]
    assert len(printed) > 200
    assert [name for name, code in printed if names.of_publisher(CUSTOMS, DATA).find(convert(name)) != code] == []


def test_other_asia_is_taiwan_where_the_source_means_it_and_asked_about_elsewhere(names: Names) -> None:
    assert names.of_publisher("comtrade", DATA).find("Other Asia, nes") == "TWN"
    assert names.of_publisher("comtrade", DATA).find("S19") == "TWN"
    assert names.of_publisher("comtrade", DATA).find("490") == "TWN"
    assert names.of_publisher("wits", DATA).find("Other Asia, nes") == "TWN"
    assert names.of_publisher(CUSTOMS, DATA).find("Other Asia, nes") == "XAS"
    assert names.find("Other Asia, nes") is None
    assert "Taiwan" in Message(names.unclear("Other Asia, nes")).text()
    assert names.with_extra({"Other Asia, nes": "TWN"}).find("Other Asia, nes") == "TWN"


@pytest.mark.parametrize(
    "group",
    ["Africa", "World", "European Union", "OECD members", "South Asia", "Latin America & Caribbean", "BRICS", "Euro area", "中东", "Sub-Saharan Africa", "Advanced Economies"],
)  # fmt: skip
def test_groups_and_regions_are_never_partners(names: Names, group: str) -> None:
    found = names.find(group)
    assert found is not None
    assert found.islower()


@pytest.mark.parametrize(
    "name",
    [
        "Republic of China",
        "Virgin Islands",
        "Congo (XYZ)",
        "Atlantis",
        "Other countries",
        "Rest of Asia",
        "Germany and France",
        "Former Korea",
        "CN: Japan",
        "US-Japan",
    ],
)
def test_what_is_not_clear_stays_unknown(names: Names, name: str) -> None:
    assert names.find(name) is None
