"""Decide what a number measures: a level, a change, a share, points of growth, a count, a multiple."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from trade.measures.claims.claim_types import WORLD, Claim, Subject
from trade.measures.claims.parsing.clauses import (
    GOODS_OF_CHINA,
    PLACES,
    RATE_NOUNS,
    Clause,
    Context,
    flow_name,
    rate_moved,
)
from trade.measures.claims.parsing.lexicon import Token
from trade.measures.claims.parsing.number_phrases import (
    COUNTED_GOODS,
    as_printed,
    direction_of,
    follows_to,
    is_money_change,
    is_negated,
    leads_to_level,
    limits_of,
    unit_of,
)
from trade.measures.claims.parsing.numbers import Quantity
from trade.measures.claims.parsing.periods import Period, month_before, year_before


def claims_of_number(clause: Clause, context: Context, frame: Claim, token: Token) -> list[Claim]:
    quantity = token.quantity
    if quantity is None or quantity.kind == "rank":
        return (
            [dataclasses.replace(frame, frame="value", unsure=(*frame.unsure, "number"), printed=token.text)]
            if quantity
            else []
        )
    common: dict[str, Any] = {
        "value": quantity.value,
        "step": quantity.step,
        "printed": as_printed(clause, token),
        **limits_of(clause, token, quantity),
        "rough": quantity.rough,
        "negated": is_negated(clause),
    }
    placed = _own_period(clause, frame, token)
    own = placed is not frame and (quantity.kind == "number" or rate_moved(clause) is not None)
    former = _is_former(clause, token)
    earlier = former and (not own or _led_by_period(clause, token) is not None)
    frame = _of_the_time_before(clause, frame, token) if earlier else placed
    if not (quantity.kind == "percent" and _is_share(clause, token)):
        frame = of_one_subject(clause, frame)
        if each_flow_by_itself(clause):
            frame = dataclasses.replace(frame, unsure=(*frame.unsure, "flows"))
        if rate_moved(clause) is not None and not former and not leads_to_level(clause, token):
            # `growth fell by 2 points`, `growth eased 5%`: the movement of a rate
            frame = dataclasses.replace(frame, unsure=(*frame.unsure, "direction"))
    if quantity.kind == "percent":
        return [_percent(clause, context, dataclasses.replace(frame, unit="percent", **common), token)]
    if quantity.kind == "times":
        return [_multiple(clause, context, dataclasses.replace(frame, unit="percent", **common), token)]
    if quantity.kind == "points":
        return [_points(clause, context, dataclasses.replace(frame, unit="points", **common), token)]
    return [_plain(clause, context, dataclasses.replace(frame, **common), token, quantity)]


_GROWN = ("增长", "增加", "增", "增长了", "增加了", "上升", "上涨", "猛增", "激增", "大增", "扩大", "飙升", "多")
_GROWN_BY = ("", "约", "近", "超", "超过", "逾", "了", "将近", "接近", "达", "大约")


def _multiple(clause: Clause, context: Context, claim: Claim, token: Token) -> Claim:
    """A multiple as a change: `1.5 times what they were in 2019`, 是2009年的3倍, 增长2.5倍 are 50%, 200%, 250%."""
    words = clause.tokens[: clause.tokens.index(token)]
    size = next((word for word in reversed(words) if word.text not in _GROWN_BY), None)
    grown = size is not None and size.text in _GROWN and "倍" in token.text
    moved = bool(clause.of("up", "down", "pace")) and not grown and not token.text.endswith("fold")
    period, base = context.period, context.base
    if not grown and not token.text.endswith("fold"):
        if base is not None and base.role == "now" and period is not None and base.code > period.code:
            period, base = base, period
        if base is None and period is not None and period.freq == "A" and period.start > token.start:
            # `are 1.5 times what they were in 2019`
            period, base = None, period
        if base is None or base.freq != "A" or (period is not None and period.freq != "A"):
            return dataclasses.replace(claim, unit="", unsure=(*claim.unsure, "number"))
        claim = dataclasses.replace(
            claim, base=base.code, period=period.code if period else "", freq=period.freq if period else "",
            unsure=tuple(code for code in claim.unsure if code != "period"),
        )  # fmt: skip
    less = 0.0 if grown else 1.0
    value = claim.value or 0.0
    return dataclasses.replace(
        claim,
        frame="change",
        value=100.0 * (value - less),
        top=None if claim.top is None else 100.0 * (claim.top - less),
        step=100.0 * claim.step,
        sign=1,
        unsure=(*claim.unsure, "number") if moved or value < less else claim.unsure,
    )


def _is_former(clause: Clause, token: Token) -> bool:
    """Whether a number is that of an earlier time: `down from 7.1%`."""
    before = [other for other in clause.before(token, 3) if other.category not in ("neutral", "bound", "currency")]
    plain = bool(before) and before[-1].category == "from" and before[-1].text.lower() in ("from", "从")
    return plain or _of_last_year(clause, token) or _led_by_period(clause, token) is not None


def _led_by_period(clause: Clause, token: Token) -> Period | None:
    """The period that belongs to a number after `from`: 由2024年的7.1%放缓至6.1%."""
    before = [other for other in clause.before(token, 4) if other.category not in ("neutral", "bound", "currency")]
    led = len(before) > 1 and before[-1].text not in ("上年", "去年") and before[-2].text in ("由", "从")
    return before[-1].period if led else None


def _of_last_year(clause: Clause, token: Token) -> bool:
    """Whether a number is that of the previous year: 由上年的14.7%降至11.1%."""
    before = [other for other in clause.before(token, 5) if other.category not in ("neutral", "bound", "currency")]
    last = before[-1] if before else None
    return (
        last is not None
        and (last.text in ("上年", "去年") or last.category == "yoy")
        and not last.text.isascii()
        and (before[-2:-1] != [] and before[-2].text in ("由", "从", "自"))
    )


def _of_the_time_before(clause: Clause, frame: Claim, token: Token) -> Claim:
    """The claim for the previous period, or the one that is named: `down from 14.7%`, `from 14.7% a year earlier`."""
    leading = _led_by_period(clause, token)
    periods = [leading] if leading else [other.period for other in clause.after(token, 3) if other.period is not None]
    if periods and periods[0].role == "now":
        return dataclasses.replace(frame, period=periods[0].code, freq=periods[0].freq, base="")
    if not frame.period or frame.freq == "S":
        return dataclasses.replace(frame, unsure=(*frame.unsure, "former", "period"))
    monthly = frame.freq == "M" and (rate_moved(clause) is not None or frame.against == "mom")
    period = frame.base or (month_before(frame.period) if monthly else year_before(frame.period))
    year_earlier = any(other.category == "yoy" for other in clause.after(token, 3)) and not monthly
    year_earlier = year_earlier or _of_last_year(clause, token)
    period = year_before(frame.period) if _of_last_year(clause, token) else period
    return dataclasses.replace(
        frame, period=period, base="", unsure=frame.unsure if year_earlier else (*frame.unsure, "former")
    )


def _period_before(clause: Clause, token: Token, periods: list[Token]) -> list[Period | None]:
    """The period of a number, if periods come before numbers: 从2024年的3.73万亿元降至3.01万亿元."""

    def leads(period: Token, number: Token) -> bool:
        between = [other for other in clause.tokens if period.start < other.start < number.start]
        return period.start < number.start and all(other.category in ("neutral", "bound") for other in between)

    numbers = [other for other in clause.of("number") if other.meaning != "rank"]
    number_after = {id(period): number for period in periods for number in numbers if leads(period, number)}
    own = [period.period for period in periods if number_after.get(id(period)) is token]
    unassigned = [period.period for period in periods if id(period) not in number_after]
    return own or (unassigned if len(numbers) == len(periods) == 2 else [])


def _own_period(clause: Clause, frame: Claim, token: Token) -> Claim:
    """The claim with the number's own period, which follows it: `from $524 bn in 2024 to $420 bn in 2025`."""
    periods = [other for other in clause.of("period") if other.period is not None and other.period.role == "now"]
    if len({(other.period.freq, other.period.code) for other in periods if other.period}) < 2:
        return frame
    numbers = [other.start for other in clause.of("number") if other.meaning != "rank"]
    following = min((start for start in numbers if start > token.start), default=10**6)
    own = [other.period for other in periods if token.start < other.start < following]
    if len(numbers) < 2:
        return frame
    if not own and any(not other.text.isascii() for other in periods):
        own = _period_before(clause, token, periods)
    if not own and len(numbers) == len(periods) == 2 and periods[0].start < numbers[0] < numbers[1] < periods[1].start:
        own = [periods[0].period]  # `Aug exports +25% vs +23.9% in July`
    if len(own) != 1 or own[0] is None:
        return dataclasses.replace(frame, unsure=(*frame.unsure, "period"))
    against = frame.against if clause.has("mom") else "yoy"
    return dataclasses.replace(frame, period=own[0].code, freq=own[0].freq, base="", against=against)


def _percent(clause: Clause, context: Context, claim: Claim, token: Token) -> Claim:
    sign = direction_of(clause, token)
    if sign is None and not clause.of("up", "down", "flat"):
        sign = context.direction
    if _than_the_other_flow(clause, token):
        claim = dataclasses.replace(claim, unsure=(*claim.unsure, "flows"))
    if _part_of_growth(clause, token):
        claim = dataclasses.replace(claim, unsure=(*claim.unsure, "points"))
    if _is_share(clause, token) or (context.share and _is_former(clause, token)):
        return _share(clause, context, claim, token)
    if context.flow == "balance":
        unsure = claim.unsure if sign is not None else (*claim.unsure, "direction")
        return dataclasses.replace(claim, frame="change", side=claim.sign, sign=sign or 1, unsure=unsure)
    if sign is None:
        negative = (claim.value or 0.0) < 0
        signed = token.text.lstrip().startswith(("+", "-"))
        unsure = claim.unsure if signed else (*claim.unsure, "direction")
        return dataclasses.replace(
            claim, frame="change", value=abs(claim.value or 0.0), sign=-1 if negative else 1, unsure=unsure
        )
    if (claim.value or 0.0) < 0:
        if sign == 1:
            claim = dataclasses.replace(claim, unsure=(*claim.unsure, "direction"))  # `rose -6.1%`
        claim = dataclasses.replace(claim, value=abs(claim.value or 0.0))
    return dataclasses.replace(claim, frame="change", sign=sign)


_COMPARATIVES = ("higher", "lower", "more", "less", "larger", "smaller", "bigger", "greater", "above", "below")


def _than_the_other_flow(clause: Clause, token: Token) -> bool:
    """Whether a number compares two flows and is no growth: `exports were 46% higher than imports`."""
    at = clause.tokens.index(token)
    beside = [other for other in clause.tokens[at + 1 :] if other.category not in ("neutral", "currency")]
    compared = bool(beside) and beside[0].text.lower().removesuffix(" than") in _COMPARATIVES
    return compared and _both_flows(clause) and any(other.category in ("flow", "deal") for other in beside[1:])


def _part_of_growth(clause: Clause, token: Token) -> bool:
    """Whether a number is a part of growth: `45.4% of the growth of imports and exports`."""
    rest = [other for other in clause.after(token, 5) if other.category != "china"]
    of = bool(rest) and rest[0].text.lower() == "of"
    return of and any(other.category == "up" for other in rest[1:4])


def _is_share(clause: Clause, token: Token) -> bool:
    """Whether a number is a share: `11% of exports`, `accounted for 11%`, 占11%; not `rose 11%, a share ...`."""
    at = clause.tokens.index(token)
    following = clause.tokens[at + 1 : at + 6]
    if following and following[0].category == "neutral" and following[0].text.lower() == "of":
        rest = [other for other in following[1:] if other.category not in ("neutral", "china", "currency", "those")]
        if rest and rest[0].category == "flow":
            return True
    for other in reversed(clause.tokens[:at]):
        if other.category == "share":
            return True
        if other.category in ("up", "down", "times"):
            # `its share fell to 11%`, `from 19%`: a share; `the share fell 11%` is not read as one
            passed = any(word.text.lower() in ("below", "above", "under") for word in clause.before(token))
            return (passed or leads_to_level(clause, token)) and clause.has("share", "of")
    if following and following[0].category == "share" and following[0].text.lower() in _SHARE_VERBS:
        # `of China's exports, 17.6% went to ASEAN`
        return clause.has("flow") and clause.of("flow")[0].start < token.start
    return any(other.category == "share" and other.meaning == "of" for other in following[:3]) and not clause.of(
        "up", "down"
    )


_SHARE_VERBS = (
    "went to",
    "go to",
    "goes to",
    "came from",
    "come from",
    "comes from",
    "gone to",
    "headed to",
    "流向",
    "来自",
)


def _share(clause: Clause, context: Context, claim: Claim, token: Token) -> Claim:
    """A share; the flow of the whole is the one after `of`, or the only one."""
    flows = [other for other in clause.of("flow") if other.meaning != "balance"]
    after_number = [other for other in flows if other.start > token.start]
    whole = (after_number or flows)[-1].meaning if flows else ""
    part = context.places + context.goods
    unsure = claim.unsure
    if not part and context.lent is not None:
        # `exports to the US fell 19%, 11% of all exports`
        part, unsure = [context.lent], tuple(code for code in unsure if code != "subject")
    other_flow = flows[0].meaning if not part and len(flows) > 1 and whole == "total" else ""
    if len(part) != 1 and other_flow not in ("export", "import"):
        unsure = (*unsure, "part")
    flow = whole or _share_flow(clause)
    missing = tuple(code for code in claim.missing if code not in ("product_partner",))
    if _whole_of_another(clause, (after_number or flows)[-1] if flows else None):
        missing = (*missing, "third_country")
    return dataclasses.replace(
        claim,
        frame="share",
        subject=part[0] if part else WORLD,
        other_flow=other_flow,
        flow=flow,
        unsure=unsure,
        missing=missing,
        mirrored=False,
    )


def _whole_of_another(clause: Clause, whole: Token | None) -> bool:
    """Whether the whole is another country's trade: `17% of ASEAN's imports`."""
    if whole is None:
        return False
    owner = [other for other in clause.before(whole, 3) if other.category in (*PLACES, "china")]
    led = bool(owner) and owner[-1].category in PLACES and not owner[-1].text.isascii()
    return bool(owner) and owner[-1].category in PLACES and not led


def _share_flow(clause: Clause) -> str:
    texts = {token.text.lower() for token in clause.of("share")}
    if texts & {"go to", "goes to", "went to"}:
        return "export"
    return "import" if texts & {"came from", "come from", "comes from"} else ""


def _points(clause: Clause, context: Context, claim: Claim, token: Token) -> Claim:
    contributes = clause.has("contribution") or _adds_to_growth(clause, token)
    if claim.mirrored and (contributes or context.share):
        # ASEAN contributes to China's exports, or has a share in them: the flow is the one that is named
        claim = dataclasses.replace(claim, flow={"export": "import", "import": "export"}[claim.flow], mirrored=False)
    if contributes:
        less = clause.has("contribution", "less") or direction_of(clause, token) == -1
        return dataclasses.replace(claim, frame="contribution", sign=-1 if less else 1)
    sign = direction_of(clause, token)
    if context.share:
        return dataclasses.replace(claim, frame="share_change", sign=-1 if sign == -1 else 1)
    return dataclasses.replace(claim, frame="contribution", unsure=(*claim.unsure, "points"))


def _adds_to_growth(clause: Clause, token: Token) -> bool:
    """Whether points are a contribution: `added 2.3 points to China's export growth`."""
    rest = [other for other in clause.after(token, 6) if other.category not in ("neutral", "china")]
    return [other.category for other in rest[:3]] == ["to", "flow", "up"] and rest[2].text.lower() in RATE_NOUNS


_COUNTED_AS = {"computers-and-parts": Subject("product", "computers")}
"""Customs counts computers, not their parts."""


def _plain(clause: Clause, context: Context, claim: Claim, token: Token, quantity: Quantity) -> Claim:
    """A number without a per cent sign: money, a quantity of goods, a count of partners, or not understood."""
    following = [
        other
        for other in clause.after(token, 4)
        if other.category != "neutral" or other.text.lower() not in ("of", "worth")
    ]
    if following and following[0].text.lower() in _SPANS_OF_TIME:  # `for the first time in seven years`
        return dataclasses.replace(claim, unit="", unsure=(*claim.unsure, "number"))
    unit = unit_of(following)
    currency = quantity.currency or next((other.meaning for other in following[:2] if other.category == "currency"), "")
    if not currency and following and following[0].text == "人民币":
        currency = "CNY"
    if not unit and not currency and not claim.currency and context.goods:
        unit = _counted_without_unit(context.goods[0].code, quantity)
    if unit and not currency:
        goods = context.goods or (
            [Subject("product", following[0].meaning)] if following and following[0].category == "product" else []
        )
        subject = _COUNTED_AS.get(goods[0].code, goods[0]) if goods else claim.subject
        claim = dataclasses.replace(claim, subject=subject, basis="volume", unit=unit)
        if not goods:
            claim = dataclasses.replace(claim, unsure=(*claim.unsure, "goods"))
        return _level_or_change(clause, claim, token)
    if following and following[0].category == "count":
        return dataclasses.replace(claim, frame="count", unit="count")
    counted = bool(following) and following[0].category == "product"
    shipped = bool(clause.of("deal")) and not clause.of("flow", "balance")  # `shipped 4.7 billion`: money, or goods?
    of_goods = bool(context.goods) or claim.subject.kind == "product"
    open_goods = of_goods and not claim.currency and quantity.value < _LEAST_MONEY
    if not currency and (counted or shipped or open_goods or not quantity.scaled):
        return dataclasses.replace(claim, unit="", unsure=(*claim.unsure, "number"))
    claim = dataclasses.replace(claim, unit=currency or "money", currency=currency or claim.currency, basis="value")
    if context.spanned and not clause.of("up", "down"):
        claim = dataclasses.replace(claim, unsure=(*claim.unsure, "period"))
    return _level_or_change(clause, claim, token)


def _counted_without_unit(code: str, quantity: Quantity) -> str:
    """The unit of a number without one: pieces in `exports of vehicles reached 8.32 million`; a trillion is money."""
    return COUNTED_GOODS.get(code, "") if quantity.scaled and quantity.value < _MOST_PIECES else ""


_MOST_PIECES, _LEAST_MONEY = 1e9, 1e12
_SPANS_OF_TIME = (
    "year", "years", "month", "months", "quarter", "quarters", "decade", "decades", "week", "weeks", "day", "days",
    "年", "个月",
)  # fmt: skip


def _level_or_change(clause: Clause, claim: Claim, token: Token) -> Claim:
    if claim.flow == "balance":
        if is_money_change(clause, token):
            sign = -1 if direction_of(clause, token) == -1 else 1
            return dataclasses.replace(claim, frame="amount", side=claim.sign, sign=sign)
        return claim
    if _both_flows(clause):
        alone = len([number for number in clause.of("number") if number.meaning != "rank"]) == 1
        if alone and _sets_apart(clause):
            return _difference(clause, claim)
        return dataclasses.replace(claim, unsure=(*claim.unsure, "flows"))
    if is_money_change(clause, token):
        direction = direction_of(clause, token)
        return dataclasses.replace(claim, frame="amount", sign=-1 if direction == -1 else 1)
    if clause.has("rather"):
        return dataclasses.replace(claim, unsure=(*claim.unsure, "rather"))
    return claim


def _both_flows(clause: Clause) -> bool:
    """Whether the clause names both flows, so that a number may be their difference."""
    words = [token for token in clause.of("flow", "deal") if token.text.lower() not in GOODS_OF_CHINA]
    return {"export", "import"} <= {flow_name(token) for token in words}


def _sets_apart(clause: Clause) -> bool:
    """Whether a word says that one is more than the other."""
    return bool(clause.of("compare", "than")) or any(
        token.category == "bound"
        and token.meaning in ("over", "under")
        and any(other.category in ("flow", "deal") for other in clause.after(token, 2))
        for token in clause.tokens
    )


def _difference(clause: Clause, claim: Claim) -> Claim:
    """The difference of two flows as a balance: `sold $116 bn more to India than it bought`."""
    first = next(token for token in clause.tokens if token.category in ("deal", "flow"))
    sells = (flow_name(first) == "export") != claim.mirrored
    less = any(
        token.text.lower() in ("less", "smaller", "fewer", "少", "lower")
        or (token.category, token.meaning) in (("compare", "less"), ("bound", "under"))
        for token in clause.tokens
    )
    return dataclasses.replace(claim, flow="balance", sign=1 if sells != less else -1, bound="equal")


def of_one_subject(clause: Clause, frame: Claim) -> Claim:
    """The claim, with a doubt if it is about several places or goods at once."""
    unsure = frame.unsure
    if len({(token.category, token.meaning) for token in clause.of(*PLACES)}) > 1:
        unsure = (*unsure, "places")
    if len(_goods_named(clause)) > 1:
        unsure = (*unsure, "several_goods")
    return dataclasses.replace(frame, unsure=unsure)


def _goods_named(clause: Clause) -> set[str]:
    """The goods of a clause, without units right after a number: `2 million vehicles`."""
    counting = {id(other) for token in clause.of("number") for other in clause.after(token)}
    return {token.meaning for token in clause.of("product") if id(token) not in counting}


def each_flow_by_itself(clause: Clause) -> bool:
    """Whether the claim is about each flow by itself: `both exports and imports`, `neither ... nor`, 进出口双双."""
    words = [token.text.lower() for token in clause.tokens]
    both = any("both" in words[max(0, clause.tokens.index(flow) - 2) :] for flow in clause.of("flow"))
    in_pairs = "双双" in "".join(words) and clause.has("flow", "total")
    return in_pairs or (both and bool({"exports and imports", "imports and exports"} & set(words)))


def direction_of_level(clause: Clause, claims: list[Claim], token: Token) -> Iterator[Claim]:
    """The separate claim of a fall or rise to a level: `fell to $420 bn`, `rose to 11%`."""
    if any(claim.frame in ("change", "amount", "share_change") for claim in claims):
        return
    words = clause.tokens[: clause.tokens.index(token)]
    change = next((word for word in reversed(words) if word.category in ("up", "down", "flat", "times")), None)
    level = next((claim for claim in claims if claim.printed == as_printed(clause, token)), None)
    if (
        change is None
        or change.category not in ("up", "down")
        or level is None
        or level.frame not in ("value", "share")
    ):
        return
    after_change = [word for word in words if word.start > change.start]
    if not follows_to(clause, token) or any(word.category == "from" for word in after_change):
        return
    share = level.frame == "share"
    yield dataclasses.replace(
        level,
        frame="share_direction" if share else "direction",
        side=level.sign if level.flow == "balance" else 0,
        sign=1 if change.category == "up" else -1,
        value=None,
        unit="",
        bound="equal",
        rough=False,
        printed=change.text,
    )


def claims_of_times(clause: Clause, frame: Claim, token: Token) -> Iterator[Claim]:
    """A change by a factor: `doubled` is 100%, `halved` -50%."""
    factor = float(token.meaning)
    before = clause.before(token, 3)
    if any(other.category == "number" for other in clause.after(token, 2)):
        # `more than double the 6.1% of 2025`
        frame = dataclasses.replace(frame, unsure=(*frame.unsure, "number"))
    if clause.has("share", "of"):
        frame = dataclasses.replace(frame, unsure=(*frame.unsure, "points"))  # a share that halved, not the amount
    bound = next((other.meaning for other in reversed(before) if other.category == "bound"), "equal")
    if any(other.text in ("多", "以上") for other in clause.after(token)):
        bound = "over"  # 翻了一番多
    change = 100.0 * (factor - 1.0)
    yield dataclasses.replace(
        frame,
        frame="change",
        value=abs(change),
        step=1.0,
        sign=1 if change > 0 else -1,
        unit="percent",
        rough=True,
        printed=token.text,
        bound=bound,
        negated=is_negated(clause),
        basis=frame.basis,
    )
