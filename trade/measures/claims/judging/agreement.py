"""How near a figure is to a claimed number: equal within rounding, close, or not."""

from __future__ import annotations

from trade.measures.claims.claim_types import Claim

MATCH, CLOSE, FAR = "match", "close", "far"
_EPSILON = 1e-9
NEARLY, ABOUT, ROUGH = 0.05, 0.05, 0.06
"""Tolerances as parts of x: the most below `nearly x` (twice as much is close) and above `slightly over x`, on both
sides for `about x`, and for `a fifth` and `doubled`."""
_MONEY = ("CNY", "USD", "money")
_COUNTS = ("rank", "years", "months", "quarters", "count")


def agreement(claim: Claim, value: float, slack: float) -> str:
    """Whether a figure, with its sign in the claimed direction, agrees with the claim: MATCH, CLOSE or FAR.

    `slack` is the uncertainty of the figure from its own rounding, in its unit.
    """
    claimed = claim.value or 0.0
    if claim.frame == "change" and claim.rough and is_multiple_in_words(claim.printed):
        # `doubled`: compare the factors, 2.0 with 1 + 98/100
        sign = claim.sign or 1
        return _sized(claim, 1 + sign * claimed / 100, 1 + sign * value / 100, slack / 100, falls=sign < 0)
    return _sized(claim, claimed, value, slack, falls=False)


def is_multiple_in_words(printed: str) -> bool:
    """Whether the words are `doubled`, `halved`, 翻番."""
    lower = printed.lower()
    return any(
        part in lower
        for part in (
            "doubl",
            "tripl",
            "trebl",
            "quadrupl",
            "quintupl",
            "fold",
            "times",
            "twice",
            "halv",
            "番",
            "倍",
            "减半",
            "腰斩",
            "一半",
        )
    )


def _sized(claim: Claim, claimed: float, value: float, slack: float, *, falls: bool) -> str:
    bound = claim.bound
    if bound == "between":
        top = claim.top if claim.top is not None else claimed
        dust = _EPSILON * max(1.0, abs(top))
        return _within(value, claimed - dust, top + dust, max(slack, min(claim.step / 2, 0.02 * abs(claimed))))
    if falls and bound in ("over", "at least", "under", "at most", "nearly", "slightly over"):
        # `more than halved`: the factor is below a half
        bound = {
            "over": "under",
            "at least": "at most",
            "under": "over",
            "at most": "at least",
            "nearly": "slightly over",
            "slightly over": "nearly",
        }[bound]
    half = 0.0 if claim.unit in _COUNTS else claim.step / 2
    if is_multiple_in_words(claim.printed) and claim.rough:
        half = 0.0
    dust = _EPSILON * max(1.0, abs(claimed))
    tolerance = _close(claim, claimed, slack)
    if bound in ("over", "at least", "under", "at most") or (bound == "nearly" and not claim.rough):
        # a threshold is passed or not: only a figure within its own uncertainty is close
        tolerance = max(slack, 0.002 * abs(claimed) if claim.unit in _MONEY else 0.0)
    if bound == "nearly":
        # not the rounding of the last digit, which for `nearly $4 trillion` begins at 3.5
        most = abs(claimed) if claim.rough else _last_digit(claimed, claim.step)
        near, close = (min(parts * NEARLY * abs(claimed), most) for parts in ((2, 3) if claim.rough else (1, 2)))
        if value < claimed - near - dust:
            return CLOSE if value >= claimed - max(close, near + tolerance) - dust else FAR
        return _within(value, claimed - near - dust, claimed + half + dust, tolerance)
    return _bounded(bound, claim.rough, claimed, value, half + dust, tolerance)


def _last_digit(number: float, step: float) -> float:
    """One unit of the last digit that is not zero: 10 of `nearly 60`, 1 of `nearly 28`, which 26.99 is not."""
    whole = round(abs(number) / step) if step else 0
    while whole and whole % 10 == 0:
        whole, step = whole // 10, 10 * step
    return step


def _close(claim: Claim, claimed: float, slack: float) -> float:
    """The largest distance that counts as close: about one unit of the last digit, or the figure's uncertainty."""
    if claim.unit in _COUNTS:
        return 0.0
    if claim.unit in _MONEY or (claim.basis == "volume" and claim.unit != "percent"):
        return max(slack, min(claim.step, 0.03 * abs(claimed)), 0.005 * abs(claimed))
    if claim.rough and is_multiple_in_words(claim.printed):
        return max(slack, 0.04 * abs(claimed))
    return max(slack, min(claim.step, 0.1 * abs(claimed)), min(0.1, 0.25 * abs(claimed)))


def _bounded(bound: str, rough: bool, claimed: float, value: float, half: float, tolerance: float) -> str:
    low, high, size = value - claimed, value + tolerance >= claimed, abs(claimed)
    if bound == "over":
        return MATCH if low > 0 else CLOSE if high else FAR
    if bound == "at least":
        return MATCH if low >= -half * 0.01 else CLOSE if high else FAR
    if bound == "under":
        return MATCH if value < claimed else CLOSE if value - tolerance <= claimed else FAR
    if bound == "at most":
        return MATCH if value <= claimed + half * 0.01 else CLOSE if value - tolerance <= claimed else FAR
    if bound == "slightly over":
        return _within(value, claimed - half, claimed + max(NEARLY * size, 2 * half), max(tolerance, 0.05 * size))
    if bound == "about":
        return _within(
            value, claimed - max(ABOUT * size, half), claimed + max(ABOUT * size, half), max(tolerance, ABOUT * size)
        )
    wide = max(half, ROUGH * size) if rough else half
    return _within(value, claimed - wide, claimed + wide, tolerance if not rough else max(tolerance, ROUGH * size))


def _within(value: float, low: float, high: float, tolerance: float) -> str:
    if low <= value <= high:
        return MATCH
    return CLOSE if low - tolerance <= value <= high + tolerance else FAR
