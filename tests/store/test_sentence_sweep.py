"""Sentences over all measures and parameters: a sample of the sweep, and the property that parameters are named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.sentence_sweep import (
    Case,
    Sweep,
    ambiguous_pairs,
    faults,
    parse_number,
    sentences_by_language,
    sweep,
)
from trade.measures import catalog, run
from trade.measures.sentences import LANGUAGES, sentence
from trade.store import Store, open_store
from trade.text.message import Text

MOST_VALUES = 3
"""Values tried of each parameter; the sweep by hand tries all."""


@pytest.fixture(scope="module")
def sweep_of(real_home: Path) -> Sweep:
    return Sweep(open_store(real_home))


@pytest.mark.parametrize("name", sorted(catalog()))
def test_a_parameter_that_changes_a_number_changes_the_words(real: Store, sweep_of: Sweep, name: str) -> None:
    """Each parameter alone, from the defaults: no two answers differ in their numbers only."""
    measure = catalog()[name]
    start = sweep_of.answer(name, {})
    by_default = sentences_by_language(real, start) if start else {}
    pairs = {lang: [] for lang in LANGUAGES}  # type: ignore[var-annotated]
    for generated in by_default.values():
        assert faults(generated, start) == [], generated.text
    for parameter, declared in measure.parameters.items():
        for lang, generated in by_default.items():
            pairs[lang].append((Case(name, (), parameter), generated))
        values = [value for value in sweep_of.values(measure, parameter, start) if value != declared.default]
        for value in values[:MOST_VALUES]:
            result = sweep_of.answer(name, {parameter: value})
            for lang, generated in (sentences_by_language(real, result) if result else {}).items():
                assert faults(generated, result) == [], generated.text
                pairs[lang].append((Case(name, ((parameter, value),), parameter), generated))
    for lang in LANGUAGES:
        silent = [
            (one.params, other.params, generated.text) for one, other, generated, _ in ambiguous_pairs(pairs[lang])
        ]
        assert silent == [], lang


def test_a_sample_of_the_sweep_has_no_fault(sweep_of: Sweep) -> None:
    """Sentences for random parameters and for several periods of each answer."""
    measures = [name for name in catalog() if not name.startswith("hs_")]
    report = sweep(sweep_of, measures, drawn=4, chosen=2, only_drawn=True)
    assert report.sentences > 600
    assert report.faults == {}


class TestChecks:
    """The checks find what they are for."""

    @pytest.mark.parametrize(
        ("text", "value", "half"),
        [
            ("45.47 trillion yuan", 45.47e12, 0.005e12),
            ("$1,234.5 million", 1234.5e6, 0.05e6),
            ("−0.3%", -0.3, 0.05),
            ("26.99万亿元", 26.99e12, 0.005e12),
            ("1,190.9亿美元", 1190.9e8, 0.05e8),
            ("9", 9.0, 0.5),
        ],
    )
    def test_numbers_are_read(self, text: str, value: float, half: float) -> None:
        assert parse_number(text) == pytest.approx((value, half))

    def test_a_wrong_number_is_found(self, real: Store) -> None:
        result = run(real, "growth", first="2025", last="2025")
        generated = sentence(real, result)
        result.frame["value"] = 1.0
        assert any("is no value of value" in fault for fault in faults(generated, result))

    @pytest.mark.parametrize(
        ("lang", "words"), [("en", ("rose by 8.5%", "fell by 8.5%")), ("zh", ("数量增长8.5%", "数量下降8.5%"))]
    )
    def test_a_wrong_direction_is_found_by_its_own_number(self, real: Store, lang: str, words: tuple[str, str]) -> None:
        """The volume of 2025 rose and its unit value fell, whatever the sign of the remainder."""
        result = run(real, "volume_and_unit_value", last="2025")
        right = sentence(real, result, lang)
        assert words[0] in right.text
        wrong = Text(right.text.replace(*words), links=right.links)
        assert [fault for fault in faults(right, result) if "says" in fault] == []
        assert faults(replace(right, text=wrong), result) == ["says fell of volume_growth_pct, which rose"]

    def test_an_unnamed_parameter_is_found(self, real: Store) -> None:
        cases = [
            (Case("growth", (("flow", flow),), "flow"), sentence(real, run(real, "growth", flow=flow)))
            for flow in ("export", "import")
        ]
        assert list(ambiguous_pairs(cases)) == []
        same_words = [(case, generated) for case, generated in cases]
        same_words[1] = (
            same_words[1][0],
            sentence(real, run(real, "growth", flow="export", last="2025", first="2025")),
        )
        assert list(ambiguous_pairs(same_words)) == []
