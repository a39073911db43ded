"""The statements of a clause: its numbers by what they measure, ranks, comparisons, records, runs and directions."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from trade.measures.claims.claim_types import WORLD, Claim, Subject
from trade.measures.claims.clauses import (
    GOODS_OF_CHINA,
    PLACES,
    RATE_NOUNS,
    Clause,
    Context,
    flow_name,
    moved_rate,
    rate_moved,
    subject_of,
)
from trade.measures.claims.lexicon import Token
from trade.measures.claims.numbers import Quantity
from trade.measures.claims.periods import Period, month_before, year_before


def claims_of(clause: Clause, context: Context) -> Iterator[Claim]:
    frame = _with_gaps(clause, context, _base_claim(context))
    if context.flow is None and not clause.of(*PLACES, "product", "rank", "missing", "flow"):
        return
    compared = _comparison(clause, context, frame)
    if compared is None and clause.has("degree"):
        frame = dataclasses.replace(frame, unsure=(*frame.unsure, "direction"))
    made = [compared] if compared is not None else []
    made += _ranks_runs_and_numbers(clause, context, frame, compared is not None)
    made += [claim for token in clause.of("times") for claim in _of_times(clause, frame, token)]
    made += [claim for token in clause.of("number") for claim in _way_to(clause, made, token)]
    made = list(_with_pace(clause, frame, made))
    made += _records(clause, frame, made)
    if not made:
        made += _direction(clause, frame)
    if not made and clause.of("balance") and frame.flow == "balance":
        # `ran a deficit with Brazil`: that there is one; `was smaller than in 2024` says more
        if clause.of("compare", "bound", "than", "degree"):
            frame = dataclasses.replace(frame, unsure=(*frame.unsure, "direction"))
        made.append(dataclasses.replace(frame, value=0.0, unit="money", bound="over", negated=_negated(clause)))
    if not made and context.flow:
        made.append(dataclasses.replace(frame, frame="none"))
    yield from made


def _ranks_runs_and_numbers(clause: Clause, context: Context, frame: Claim, compared: bool) -> Iterator[Claim]:
    """A place, a number of years in a row, and what each other number measures, if it is not that of a comparison."""
    ranked = _rank(clause, context, frame)
    run = _run(clause, frame)
    if ranked is not None and not compared:
        yield ranked
    if run is not None:
        yield run[0]
    for token in clause.of("number"):
        read = (ranked is not None and token.meaning == "rank") or (run is not None and token is run[1])
        if not (read or compared or token.quantity is None or _counts_members(clause, token)):
            yield from _of_number(clause, context, frame, token)


def _with_pace(clause: Clause, frame: Claim, made: list[Claim]) -> Iterator[Claim]:
    """`Export growth slowed to 6.1%`, 增速回落1个百分点: beside the rate, that it moved, and by how much."""
    moved = moved_rate(clause)
    alone = len(made) <= 1 and all(claim.frame in ("change", "contribution") for claim in made)
    if moved is None or moved[1].category == "flat" or not alone or clause.has("compare") or clause.has("than"):
        yield from made
        return
    pace = dataclasses.replace(
        frame,
        frame="pace",
        of="rate",
        relation="more" if moved[1].category in ("up", "faster") else "less",
        sign=-1 if moved[0].category == "down" else 1,
        printed=moved[1].text,
        negated=_negated(clause),
        unsure=tuple(code for code in frame.unsure if code != "direction"),
    )
    points = next((claim for claim in made if claim.unit == "points" and "points" in claim.unsure), None)
    level = next((claim for claim in made if claim.frame == "change" and "direction" not in claim.unsure), None)
    if points is not None:
        yield dataclasses.replace(
            pace, value=points.value, step=points.step, top=points.top, bound=points.bound, unit="points",
            printed=points.printed,
        )  # fmt: skip
    elif level is not None or not made:
        yield from made
        yield pace
    else:
        yield from made


def _counts_members(clause: Clause, token: Token) -> bool:
    """`the 27 EU members`, `ten ASEAN countries`, 欧盟27国: how many they are, no statement."""
    quantity = token.quantity
    if quantity is None or quantity.kind != "number" or quantity.scaled or quantity.currency or quantity.value > 99:
        return False
    beside = [*clause.before(token), *clause.after(token, 2)]
    words = set(" ".join(other.text.lower() for other in clause.after(token, 3)).split())
    of_members = bool(words & {"members", "member", "countries", "nations", "states", "economies", "国", "成员国"})
    return of_members and any(other.category in ("group", "list") for other in beside)


_SPANS = {"day": "", "week": "", "month": "M", "quarter": "Q", "year": "A"}
"""`$35 bn a month`: over which span a figure is spread, and the frequency at which that is the figure itself."""


def _with_gaps(clause: Clause, context: Context, frame: Claim) -> Claim:
    """What the clause says of the whole statement and the store cannot answer, or the words do not settle."""
    spans = [_SPANS[token.meaning] for token in clause.of("each")]
    averaged = any(not freq or freq != (frame.freq or "A") or frame.base for freq in spans)
    somewhere = context.somewhere and frame.subject == WORLD
    if rate_moved(clause) is not None and not clause.has("mom"):
        frame = dataclasses.replace(frame, base="", against="yoy")  # `from 26.9% in June`: a rate of June, no base
    paced = bool(clause.of("faster", "slower")) and rate_moved(clause) is None  # `exports slowed`: they may still grow
    doubts = [code for code, holds in (("place", somewhere), ("direction", paced)) if holds]
    return dataclasses.replace(
        frame,
        missing=(*frame.missing, "adjusted") if averaged else frame.missing,
        unsure=(*frame.unsure, *doubts),
    )


def _base_of(context: Context) -> tuple[str, str, tuple[str, ...]]:
    """The base year of a change if it is not the year before, what it is against (yoy, mom), and doubts."""
    period, base = context.period, context.base
    usual = context.against or "yoy"
    if base is None:
        return "", usual, ()
    if base.freq == "A" and (period is None or period.freq == "A"):
        return ("" if period is not None and base.code == year_before(period.code) else base.code), usual, ()
    # a month against the year before, or against the same month of it
    if period is not None and base.code in (year_before(period.code), year_before(period.code)[:4]):
        return "", "yoy", ()
    if period is not None and period.freq == base.freq == "M" and base.code == month_before(period.code):
        return "", "mom", ()
    return "", usual, ("period",)


def _base_claim(context: Context) -> Claim:
    period = context.period
    changed, against, unsure = _base_of(context)
    flow = context.flow or ""
    return Claim(
        "value",
        context.subject or WORLD,
        flow,
        period.code if period else "",
        period.freq if period else "",
        changed,
        currency=context.currency,
        basis=context.basis,
        against=against,
        sign=context.sign,
        seller=context.seller,
        buyer=context.buyer,
        mirrored=context.mirrored,
        missing=context.missing,
        lent=context.lent,
        unsure=(*context.unsure, *unsure),
        open=tuple(
            name
            for name, is_open in (
                ("flow", not flow),
                ("period", period is None),
                ("currency", not context.currency),
                ("year", bool(period and period.assumed == "year")),
                ("now", bool(period and period.assumed == "now")),
            )
            if is_open
        ),
    )


def _bound(clause: Clause, token: Token) -> str:
    """`more than 20%`, `20% or more`, 超过, 以上: what stands right before or after the number."""
    at = clause.tokens.index(token)
    for other in reversed(clause.tokens[max(0, at - 4) : at]):
        if other.category == "bound":
            return other.meaning
        if other.category == "compare" and other.meaning in ("more", "less"):
            return "equal"
        if other.category not in ("neutral", "by", "to", "currency", "flow", "up", "down", "share", "those", "product"):
            break
        if other.category in ("up", "down") and other is not clause.tokens[at - 1]:
            break
    for other in clause.tokens[at + 1 : at + 4]:
        if other.category == "bound" and other.text in ("以上", "左右", "上下", "or so"):
            return other.meaning
        if other.category not in ("currency", "unit", "neutral", "product"):
            break
    return "equal"


def _direction_of(clause: Clause, token: Token) -> int | None:
    """The sign of the change that a number measures: the nearest word of change, before it if there is one."""
    at = clause.tokens.index(token)
    rate = rate_moved(clause)
    if rate is not None and rate.start < token.start:
        return 1 if rate.category == "up" else -1
    for other in reversed(clause.tokens[:at]):
        if other.category in ("up", "down", "flat", "times"):
            return {"up": 1, "down": -1, "flat": 0}.get(other.category, 1)
    for other in clause.tokens[at + 1 :]:
        if other.category in ("up", "down"):
            return 1 if other.category == "up" else -1
        if other.category == "bound" and (other.text.lower().endswith("than") or other.text in ("above", "below")):
            return 1 if other.meaning == "over" else -1
        if other.category == "compare" or (
            other.category == "neutral" and other.text.lower() in ("more", "less", "fewer")
        ):
            return 1 if other.text.lower() in ("more", "larger", "bigger", "greater") else -1
    return None


_SIZES = frozenset(
    (
        *("more than", "over", "about", "around", "nearly", "almost", "roughly", "some", "at least", "just over"),
        *("超过", "约", "近", "逾"),
    )
)
"""Words that may stand between a rise and its size: `rose by more than $30 bn`."""


def _money_change(clause: Clause, token: Token) -> bool:
    """Whether an amount is the size of a change: `rose by $30 bn`, `$20 bn lower`; not `rose to $335 bn`."""
    at = clause.tokens.index(token)
    following = [other for other in clause.tokens[at + 1 : at + 4] if other.category not in ("currency", "neutral")]
    if following and following[0].text.lower().startswith(("higher", "lower", "up", "down")):
        return True
    more = any(other.text.lower() in ("more", "less", "fewer") for other in clause.tokens[at + 1 : at + 4])
    if more and (clause.has("yoy") or clause.has("period", "base")):
        return True
    for other in reversed(clause.tokens[:at]):
        if other.category in ("up", "down"):
            return other.text.lower() not in ("higher", "lower")
        if other.category == "by":
            continue
        if other.category == "neutral" and other.text.lower() in ("a", "an", "of", "了", "the"):
            continue
        if other.category == "bound" and other.text.lower() in _SIZES:
            continue
        return False
    return False


def _negated(clause: Clause) -> bool:
    """`Neither exports nor imports fell` denies once."""
    words = [token.text.lower() for token in clause.of("not")]
    return sum(word != "nor" or "neither" not in words for word in words) % 2 == 1


def _of_number(clause: Clause, context: Context, frame: Claim, token: Token) -> list[Claim]:
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
        "printed": _printed(clause, token),
        **_limits(clause, token, quantity),
        "rough": quantity.rough,
        "negated": _negated(clause),
    }
    placed = _own_period(clause, frame, token)
    own = placed is not frame and (quantity.kind == "number" or rate_moved(clause) is not None)
    former = _is_former(clause, token)
    earlier = former and (not own or _led_by_period(clause, token) is not None)
    frame = _of_the_time_before(clause, frame, token) if earlier else placed
    if not (quantity.kind == "percent" and _is_share(clause, token)):
        frame = _of_one_subject(clause, frame)
        if _each_flow(clause):
            frame = dataclasses.replace(frame, unsure=(*frame.unsure, "flows"))
        if rate_moved(clause) is not None and not former and not _leads_to_level(clause, token):
            # `growth fell by 2 points`, `growth eased 5%`: how far a rate moved
            frame = dataclasses.replace(frame, unsure=(*frame.unsure, "direction"))
    if quantity.kind == "percent":
        return [_percent(clause, context, dataclasses.replace(frame, unit="percent", **common), token)]
    if quantity.kind == "times":
        return [_multiple(clause, context, dataclasses.replace(frame, unit="percent", **common), token)]
    if quantity.kind == "points":
        return [_points(clause, context, dataclasses.replace(frame, unit="points", **common), token)]
    return [_plain(clause, context, dataclasses.replace(frame, **common), token, quantity)]


def _limits(clause: Clause, token: Token, quantity: Quantity) -> dict[str, Any]:
    """The bound of a number, and the end of a range."""
    if quantity.top is not None:
        return {"bound": "between", "top": quantity.top}
    return {"bound": _bound(clause, token)}


_GROWN = ("增长", "增加", "增", "增长了", "增加了", "上升", "上涨", "猛增", "激增", "大增", "扩大", "飙升", "多")
_GROWN_BY = ("", "约", "近", "超", "超过", "逾", "了", "将近", "接近", "达", "大约")


def _multiple(clause: Clause, context: Context, claim: Claim, token: Token) -> Claim:
    """`1.5 times what they were in 2019`, 是2009年的3倍, 增长2.5倍: a change of 50%, of 200%, of 250%."""
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
    """`down from 7.1%`: the number is that of another time, which is not said."""
    before = [other for other in clause.before(token, 3) if other.category not in ("neutral", "bound", "currency")]
    plain = bool(before) and before[-1].category == "from" and before[-1].text.lower() in ("from", "从")
    return plain or _of_last_year(clause, token) or _led_by_period(clause, token) is not None


def _led_by_period(clause: Clause, token: Token) -> Period | None:
    """由2024年的7.1%放缓至6.1%."""
    before = [other for other in clause.before(token, 4) if other.category not in ("neutral", "bound", "currency")]
    led = len(before) > 1 and before[-1].text not in ("上年", "去年") and before[-2].text in ("由", "从")
    return before[-1].period if led else None


def _of_last_year(clause: Clause, token: Token) -> bool:
    """由上年的14.7%降至11.1%: the year before the one that the sentence is about."""
    before = [other for other in clause.before(token, 5) if other.category not in ("neutral", "bound", "currency")]
    last = before[-1] if before else None
    return (
        last is not None
        and (last.text in ("上年", "去年") or last.category == "yoy")
        and not last.text.isascii()
        and (before[-2:-1] != [] and before[-2].text in ("由", "从", "自"))
    )


def _of_the_time_before(clause: Clause, frame: Claim, token: Token) -> Claim:
    """`down from 14.7%`, `from 14.7% a year earlier`: the period before is meant, unless another is named."""
    led = _led_by_period(clause, token)
    named = [led] if led else [other.period for other in clause.after(token, 3) if other.period is not None]
    if named and named[0].role == "now":
        return dataclasses.replace(frame, period=named[0].code, freq=named[0].freq, base="")
    if not frame.period or frame.freq == "S":
        return dataclasses.replace(frame, unsure=(*frame.unsure, "former", "period"))
    monthly = frame.freq == "M" and (rate_moved(clause) is not None or frame.against == "mom")
    period = frame.base or (month_before(frame.period) if monthly else year_before(frame.period))
    said = any(other.category == "yoy" for other in clause.after(token, 3)) and not monthly
    said = said or _of_last_year(clause, token)
    period = year_before(frame.period) if _of_last_year(clause, token) else period
    return dataclasses.replace(
        frame, period=period, base="", unsure=frame.unsure if said else (*frame.unsure, "former")
    )


def _period_before(clause: Clause, token: Token, named: list[Token]) -> list[Period | None]:
    """从2024年的3.73万亿元降至3.01万亿元: the period right before a number, the other one for the other number."""

    def leads(period: Token, number: Token) -> bool:
        between = [other for other in clause.tokens if period.start < other.start < number.start]
        return period.start < number.start and all(other.category in ("neutral", "bound") for other in between)

    numbers = [other for other in clause.of("number") if other.meaning != "rank"]
    taken = {id(period): number for period in named for number in numbers if leads(period, number)}
    own = [period.period for period in named if taken.get(id(period)) is token]
    free = [period.period for period in named if id(period) not in taken]
    return own or (free if len(numbers) == len(named) == 2 else [])


def _own_period(clause: Clause, frame: Claim, token: Token) -> Claim:
    """`from $524 bn in 2024 to $420 bn in 2025`: each number has the period that follows it before the next number."""
    named = [other for other in clause.of("period") if other.period is not None and other.period.role == "now"]
    if len({(other.period.freq, other.period.code) for other in named if other.period}) < 2:
        return frame
    numbers = [other.start for other in clause.of("number") if other.meaning != "rank"]
    following = min((start for start in numbers if start > token.start), default=10**6)
    own = [other.period for other in named if token.start < other.start < following]
    if len(numbers) < 2:
        return frame
    if not own and any(not other.text.isascii() for other in named):
        own = _period_before(clause, token, named)
    if not own and len(numbers) == len(named) == 2 and named[0].start < numbers[0] < numbers[1] < named[1].start:
        own = [named[0].period]  # `Aug exports +25% vs +23.9% in July`
    if len(own) != 1 or own[0] is None:
        return dataclasses.replace(frame, unsure=(*frame.unsure, "period"))
    against = frame.against if clause.has("mom") else "yoy"
    return dataclasses.replace(frame, period=own[0].code, freq=own[0].freq, base="", against=against)


def _printed(clause: Clause, token: Token) -> str:
    """The number with its currency or unit, as written."""
    parts = [token.text]
    for other in clause.after(token, 1):
        if other.category in ("unit", "currency") or (other.category == "product" and other.meaning in _COUNTED):
            parts.append(other.text)
    joiner = "" if not token.text.isascii() or any(not part.isascii() for part in parts) else " "
    return joiner.join(parts)


def _percent(clause: Clause, context: Context, claim: Claim, token: Token) -> Claim:
    sign = _direction_of(clause, token)
    if sign is None and not clause.of("up", "down", "flat"):
        sign = context.direction
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
        claim = dataclasses.replace(claim, value=abs(claim.value or 0.0))
    return dataclasses.replace(claim, frame="change", sign=sign)


def _part_of_growth(clause: Clause, token: Token) -> bool:
    """`45.4% of the growth of imports and exports`."""
    rest = [other for other in clause.after(token, 5) if other.category != "china"]
    of = bool(rest) and rest[0].text.lower() == "of"
    return of and any(other.category == "up" for other in rest[1:4])


def _is_share(clause: Clause, token: Token) -> bool:
    """`11% of exports`, `accounted for 11%`, 占11%; not `rose 11%, a share ...`."""
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
            return (passed or _leads_to_level(clause, token)) and clause.has("share", "of")
    if following and following[0].category == "share" and following[0].text.lower() in _GOES:
        # `of China's exports, 17.6% went to ASEAN`
        return clause.has("flow") and clause.of("flow")[0].start < token.start
    return any(other.category == "share" and other.meaning == "of" for other in following[:3]) and not clause.of(
        "up", "down"
    )


_GOES = ("went to", "go to", "goes to", "came from", "come from", "comes from", "gone to", "headed to", "流向", "来自")


def _leads_to_level(clause: Clause, token: Token) -> bool:
    """Whether `to` or `from` stands before a number: where a change ends or begins, not its size."""
    words = [word for word in clause.tokens[: clause.tokens.index(token)] if word.category not in ("neutral", "bound")]
    return bool(words) and words[-1].category in ("to", "from")


def _share(clause: Clause, context: Context, claim: Claim, token: Token) -> Claim:
    """The part of a whole; the whole's flow stands after `of`, or is the only flow."""
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
    """`17% of ASEAN's imports`: the whole is another country's trade."""
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
        # ASEAN adds to China's exports, and has a share of them: the flow is the one that is named
        claim = dataclasses.replace(claim, flow={"export": "import", "import": "export"}[claim.flow], mirrored=False)
    if contributes:
        less = clause.has("contribution", "less") or _direction_of(clause, token) == -1
        return dataclasses.replace(claim, frame="contribution", sign=-1 if less else 1)
    sign = _direction_of(clause, token)
    if context.share:
        return dataclasses.replace(claim, frame="share_change", sign=-1 if sign == -1 else 1)
    return dataclasses.replace(claim, frame="contribution", unsure=(*claim.unsure, "points"))


def _adds_to_growth(clause: Clause, token: Token) -> bool:
    """`added 2.3 points to China's export growth`."""
    rest = [other for other in clause.after(token, 6) if other.category not in ("neutral", "china")]
    return [other.category for other in rest[:3]] == ["to", "flow", "up"] and rest[2].text.lower() in RATE_NOUNS


_PIECES = (
    "motor-vehicles", "electric-vehicles", "passenger-cars", "ships", "integrated-circuits", "unmanned-aircraft",
    "lithium-ion-batteries", "solar-cells", "bicycles", "electric-passenger-vehicles", "plug-in-hybrid-passenger-cars",
    "buses", "trucks", "aircraft", "motorcycles",
)  # fmt: skip
_SETS = (
    "mobile-phones", "industrial-robots", "computers", "computers-and-parts", "laptop-computers", "tablet-computers",
    "household-appliances", "air-conditioners", "refrigerators", "washing-machines", "television-sets",
    "lcd-television-sets",
)  # fmt: skip
_COUNTED = dict.fromkeys(_PIECES, "units") | dict.fromkeys(_SETS, "sets") | {"footwear": "pairs"}
"""Goods that are counted where a number stands before their name: `60 million air conditioners`."""
_COUNTED_AS = {"computers-and-parts": Subject("product", "computers")}
"""Customs counts computers, not their parts."""


def _plain(clause: Clause, context: Context, claim: Claim, token: Token, quantity: Quantity) -> Claim:
    """A number without a per cent sign: money, a quantity of goods, a count of partners, or not understood."""
    following = [
        other
        for other in clause.after(token, 4)
        if other.category != "neutral" or other.text.lower() not in ("of", "worth")
    ]
    unit = _unit(following)
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
    open_goods = bool(context.goods) and not claim.currency and quantity.value < _LEAST_MONEY
    if not currency and (counted or shipped or open_goods or not quantity.scaled):
        return dataclasses.replace(claim, unit="", unsure=(*claim.unsure, "number"))
    claim = dataclasses.replace(claim, unit=currency or "money", currency=currency or claim.currency, basis="value")
    if context.spanned and not clause.of("up", "down"):
        claim = dataclasses.replace(claim, unsure=(*claim.unsure, "period"))
    return _level_or_change(clause, claim, token)


def _counted_without_unit(code: str, quantity: Quantity) -> str:
    """`exports of vehicles reached 8.32 million`: pieces of what is counted so; a trillion is money."""
    return _COUNTED.get(code, "") if quantity.scaled and quantity.value < _MOST_PIECES else ""


_MOST_PIECES, _LEAST_MONEY = 1e9, 1e12


def _unit(following: list[Token]) -> str:
    for other in following[:2]:
        if other.category == "unit":
            return other.meaning
        if other.category == "product":
            return _COUNTED.get(other.meaning, "")
        if other.category != "neutral":
            break
    return ""


def _level_or_change(clause: Clause, claim: Claim, token: Token) -> Claim:
    if claim.flow == "balance":
        if _money_change(clause, token):
            sign = -1 if _direction_of(clause, token) == -1 else 1
            return dataclasses.replace(claim, frame="amount", side=claim.sign, sign=sign)
        return claim
    if _both_flows(clause):
        alone = len([number for number in clause.of("number") if number.meaning != "rank"]) == 1
        if alone and _sets_apart(clause):
            return _difference(clause, claim)
        return dataclasses.replace(claim, unsure=(*claim.unsure, "flows"))
    if _money_change(clause, token):
        direction = _direction_of(clause, token)
        return dataclasses.replace(claim, frame="amount", sign=-1 if direction == -1 else 1)
    if clause.has("rather"):
        return dataclasses.replace(claim, unsure=(*claim.unsure, "rather"))
    return claim


def _both_flows(clause: Clause) -> bool:
    """Whether sales and purchases are both named: then a number may be their difference."""
    words = [token for token in clause.of("flow", "deal") if token.text.lower() not in GOODS_OF_CHINA]
    return {"export", "import"} <= {flow_name(token) for token in words}


def _sets_apart(clause: Clause) -> bool:
    """A word that says one is more than the other."""
    return bool(clause.of("compare", "than")) or any(
        token.category == "bound"
        and token.meaning in ("over", "under")
        and any(other.category in ("flow", "deal") for other in clause.after(token, 2))
        for token in clause.tokens
    )


def _difference(clause: Clause, claim: Claim) -> Claim:
    """`sold $116 bn more to India than it bought`, `exports exceeded imports by $1 trn`: a balance."""
    first = next(token for token in clause.tokens if token.category in ("deal", "flow"))
    sells = (flow_name(first) == "export") != claim.mirrored
    less = any(
        token.text.lower() in ("less", "smaller", "fewer", "少", "lower")
        or (token.category, token.meaning) in (("compare", "less"), ("bound", "under"))
        for token in clause.tokens
    )
    return dataclasses.replace(claim, flow="balance", sign=1 if sells != less else -1, bound="equal")


def _of_one_subject(clause: Clause, frame: Claim) -> Claim:
    """The claim, with a doubt where one statement is made of several places or goods."""
    unsure = frame.unsure
    if len({(token.category, token.meaning) for token in clause.of(*PLACES)}) > 1:
        unsure = (*unsure, "places")
    if len(_goods_meant(clause)) > 1:
        unsure = (*unsure, "several_goods")
    return dataclasses.replace(frame, unsure=unsure)


def _goods_meant(clause: Clause) -> set[str]:
    """The goods of a clause; a word right after a number only counts them: `2 million vehicles`."""
    counting = {id(other) for token in clause.of("number") for other in clause.after(token)}
    return {token.meaning for token in clause.of("product") if id(token) not in counting}


def _each_flow(clause: Clause) -> bool:
    """`Both exports and imports`, `neither exports nor imports`, 进出口双双: of each flow by itself."""
    words = [token.text.lower() for token in clause.tokens]
    both = any("both" in words[max(0, clause.tokens.index(flow) - 2) :] for flow in clause.of("flow"))
    in_pairs = "双双" in "".join(words) and clause.has("flow", "total")
    return in_pairs or (both and bool({"exports and imports", "imports and exports"} & set(words)))


def _way_to(clause: Clause, made: list[Claim], token: Token) -> Iterator[Claim]:
    """`fell to $420 bn`, `rose to 11%`: that it fell or rose is a claim of its own beside the level."""
    if any(claim.frame in ("change", "amount", "share_change") for claim in made):
        return
    words = clause.tokens[: clause.tokens.index(token)]
    change = next((word for word in reversed(words) if word.category in ("up", "down", "flat", "times")), None)
    level = next((claim for claim in made if claim.printed == _printed(clause, token)), None)
    if (
        change is None
        or change.category not in ("up", "down")
        or level is None
        or level.frame not in ("value", "share")
    ):
        return
    if not _goes_to(clause, token) or any(word.category == "from" for word in words if word.start > change.start):
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


def _goes_to(clause: Clause, token: Token) -> bool:
    """Whether `to` stands right before a number, or is a part of the word of change: 升至, 降到."""
    words = [word for word in clause.tokens[: clause.tokens.index(token)] if word.category not in ("neutral", "bound")]
    return bool(words) and words[-1].category == "to"


def _of_times(clause: Clause, frame: Claim, token: Token) -> Iterator[Claim]:
    """`doubled`, `halved`: a change of 100%, of -50%."""
    factor = float(token.meaning)
    before = clause.before(token, 3)
    if any(other.category == "number" for other in clause.after(token, 2)):
        # `more than double the 6.1% of 2025`
        frame = dataclasses.replace(frame, unsure=(*frame.unsure, "number"))
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
        negated=_negated(clause),
        basis=frame.basis,
    )


def _rank(clause: Clause, context: Context, frame: Claim) -> Claim | None:
    """A place among markets, suppliers or partners."""
    nouns = clause.of("rank")
    noun = next((token for token in nouns if token.meaning == "noun"), None)
    largest = next((token for token in nouns if token.meaning == "largest"), None)
    ordinal = next((token for token in clause.of("number") if token.meaning == "rank"), None)
    verb = next((token for token in nouns if token.meaning == "verb"), None)
    if (
        clause.has("run")
        or (noun is None and largest is None)
        or (largest is None and (ordinal is None or (verb is None and noun is None)))
    ):
        return None
    if noun is None and not clause.of("flow", "deal"):
        return None
    if any(token.meaning in ("percent", "points") for token in clause.of("number")) and largest is None:
        return None
    flow, scope = _rank_flow(clause, noun, frame)
    missing = frame.missing + _rank_owner(clause, largest or noun)
    value = ordinal.quantity.value if ordinal is not None and ordinal.quantity is not None else 1.0
    places = context.places
    if not places and frame.subject.kind in ("economy", "group", "list"):
        places = [frame.subject]
    within = _within(clause, largest or noun)
    places = [place for place in places if place != within] if within is not None else places
    unsure = frame.unsure if len(places) == 1 or context.goods else (*frame.unsure, "places")
    if context.goods:
        missing = (*missing, "product_rank") if places else missing
    printed = " ".join(token.text for token in (ordinal, largest, noun) if token is not None)
    return dataclasses.replace(
        frame,
        frame="rank",
        flow=flow,
        subject=places[0] if places else frame.subject,
        value=value,
        step=1.0,
        unit="rank",
        printed=printed,
        negated=_negated(clause),
        scope=scope,
        within=within.code if within is not None else "",
        missing=missing,
        unsure=unsure,
        mirrored=False,
        open=tuple(name for name in frame.open if name not in ("currency", *(("flow",) if flow else ()))),
    )


def _within(clause: Clause, noun: Token | None) -> Subject | None:
    """The group of which a rank is one: `largest market in Africa`, `largest European partner`, 非洲第一大出口市场."""
    groups = clause.of("group", "list")
    economies = clause.of("place")
    if len(groups) != 1 or not economies or noun is None:
        return None
    group = groups[0]
    lead = [
        token.text.lower() for token in clause.before(group, 2) if token.text.lower() not in ("the", "china", "china's")
    ]
    inside = bool(lead) and lead[-1] in ("in", "within", "among", "amongst", "inside", "across", "在")
    following = clause.after(group, 4)
    adjective = any(token is noun or token.category == "rank" for token in following) and not any(
        token.category not in ("rank", "neutral", "number", "flow") for token in following[:2]
    )
    return subject_of(group) if inside or adjective else None


def _rank_flow(clause: Clause, noun: Token | None, frame: Claim) -> tuple[str, str]:
    text = noun.text.lower() if noun is not None else ""
    words = " ".join(token.text.lower() for token in clause.tokens)
    country = any(word in words for word in ("country", "countries", "single", "nation", "单一")) or "国" in text
    scope = "country" if country else "partner" if "partner" in text or "伙伴" in text else ""
    if "partner" in text or "伙伴" in text:
        return "total", scope
    if any(word in text for word in ("suppl", "source", "origin", "provider", "seller", "来源", "供应", "import")):
        return "import", scope
    if text:
        return "export", scope
    return frame.flow, scope


def _rank_owner(clause: Clause, noun: Token | None) -> tuple[str, ...]:
    """`China is Vietnam's largest partner`: a rank in another country's trade."""
    if noun is None:
        return ()
    owners = [token for token in clause.of(*PLACES) if token.owner and token.start < noun.start]
    china = clause.of("china")
    if owners and china and not any(token.owner for token in china):
        return ("third_country",)
    after = [token for token in clause.of(*PLACES) if token.start > noun.start and not token.owner]
    if after and china and china[0].start < noun.start and not any(token.owner for token in china):
        lead = [token.text.lower() for token in clause.before(after[0], 2)]
        if "of" in lead or "for" in lead or "to" in lead:
            return ("third_country",)
    chinese = [token for token in china if not token.text.isascii()]
    place = clause.of(*PLACES)
    if (
        chinese
        and place
        and chinese[0].start < place[0].start
        and any(
            token.category == "neutral"
            and token.text in ("是", "为", "成为")
            and chinese[0].start < token.start < place[0].start
            for token in clause.tokens
        )
    ):
        return ("third_country",)
    return ()


_MORE_OR_LESS = ("more", "less", "fewer", "more than", "less than", "fewer than")
_RATES = ("增幅", "增速", "增长率", "降幅")
_OVERTOOK = ("overtook", "overtake", "overtakes", "overtaken", "超越", "赶超", "反超")
_DEGREES = dict.fromkeys(("高", "多", "大", "快", "高出", "多出"), "more") | dict.fromkeys(
    ("低", "少", "小", "慢", "低出", "少出"), "less"
)
_MORE = ("higher", "more", "larger", "bigger", "greater", "faster", "above", "higher than", "more than", "larger than")
_LESS = (
    "lower",
    "less",
    "smaller",
    "fewer",
    "slower",
    "below",
    "lower than",
    "less than",
    "smaller than",
    "fewer than",
)
_BY_SO_MUCH = dict.fromkeys(_MORE, "more") | dict.fromkeys(_LESS, "less")


def _comparison(clause: Clause, context: Context, frame: Claim) -> Claim | None:
    """Two places, goods, flows or years against each other: more than, overtook, twice as much, by how much."""
    numbers = [token for token in clause.of("number") if token.meaning != "rank"]
    size = numbers[0] if len(numbers) == 1 else None
    if numbers and (size is None or size.quantity is None):
        return None
    word = _comparing_word(clause, size)
    times = size is not None and size.meaning == "times"
    if word is None and size is not None and _is_part_of_another(clause, size):
        times = True
    elif word is None and not (times and size is not None and _is_ratio(clause, size)):
        return None
    text, relation = (word[0].text, word[1]) if word is not None else ("", "more")
    if text.lower() in _OVERTOOK:
        relation = "overtook"
    doubts, rates = _what_is_compared(clause, frame, word[0] if word is not None else None, size)
    common: dict[str, Any] = {
        "frame": "comparison",
        "relation": relation,
        "negated": _negated(clause),
        "printed": text,
        "mirrored": False,
        "open": tuple(name for name in frame.open if name != "currency"),
        "unsure": doubts,
        "unit": "",
        **rates,
        **(
            _by_how_much(clause, size, size.quantity, beyond=times and word is not None)
            if size is not None and size.quantity is not None
            else {}
        ),
    }
    if size is not None and common.get("unit") == "":
        return None
    if common.get("unit") in ("CNY", "USD") and not frame.currency:
        common["currency"] = common["unit"]
    return _of_two_sides(clause, context, frame, common)


def _of_two_sides(clause: Clause, context: Context, frame: Claim, common: dict[str, Any]) -> Claim | None:
    sides, doubts = _sides(clause), common["unsure"]
    flows = [token for token in clause.of("flow", "deal") if token.text.lower() not in GOODS_OF_CHINA]
    named = list(dict.fromkeys(flow_name(token) for token in flows))
    if len(sides) == 2:
        flow = _rank_noun_flow(clause) or (context.flow or (named[0] if named else ""))
        unsure = tuple(code for code in doubts if code != "places") if len(named) <= 1 else (*doubts, "flows")
        missing = _two_sides_missing(frame, sides)
        return dataclasses.replace(
            frame,
            **common | {"subject": sides[0], "other": sides[1], "flow": flow, "unsure": unsure, "missing": missing},
        )
    if common["unit"] in ("CNY", "USD", "money", "percent"):
        return None  # the difference of two flows is a balance
    if {"export", "import"} <= set(named) and len(sides) <= 1:
        # what another country sells is China's import
        named = named[::-1] if frame.mirrored and set(named) == {"export", "import"} else named
        return dataclasses.replace(
            frame, **common | {"flow": named[0], "other_flow": named[1], "subject": sides[0] if sides else WORLD}
        )
    period, base = context.period, context.base
    over_time = base is not None and (base.role == "now" or common["of"] == "rate")
    if over_time and period is not None and base is not None and base.freq == period.freq and len(named) <= 1:
        unsure = tuple(code for code in doubts if code != "period")
        return dataclasses.replace(frame, **common | {"other_period": base.code, "base": "", "unsure": unsure})
    return None


def _comparing_word(clause: Clause, size: Token | None) -> tuple[Token, str] | None:
    """The word that says which of two is more, and whether it says more or less."""
    if size is not None:
        return _word_beside(clause, size)
    for token in clause.of("compare", "bound"):
        if _compares(clause, token):
            return token, "less" if (token.meaning in ("less", "under")) != _slows(clause, token) else "more"
    for token in clause.of("faster", "slower"):
        after = clause.tokens[clause.tokens.index(token) + 1 :]
        if any(other.category == "than" or _starts_with_than(other) for other in after):
            return token, "more" if token.category == "faster" else "less"
    return _after_than(clause)


def _starts_with_than(token: Token) -> bool:
    return token.category == "period" and token.text.lower().startswith("than ")


def _after_than(clause: Clause) -> tuple[Token, str] | None:
    """A比B高, 比B少."""
    than = next((token for token in clause.of("than") if token.text == "比"), None)
    if than is None:
        return None
    after = clause.tokens[clause.tokens.index(than) + 1 :]
    degrees = [token for token in after if token.text in _DEGREES]
    return (degrees[-1], _DEGREES[degrees[-1].text]) if degrees else None


def _word_beside(clause: Clause, size: Token) -> tuple[Token, str] | None:
    """`5 points higher than`, 比...高5个百分点, 高于...5个百分点."""
    than = clause.of("than")
    if size.meaning == "times":
        # 比...高出一倍
        near = next(iter(clause.before(size)), None)
        more = near is not None and _DEGREES.get(near.text) == "more" and any(token.text == "比" for token in than)
        return (near, "more") if near is not None and more else None
    following = [other for other in clause.after(size, 3) if other.category not in ("currency", "unit")]
    for token in following[:1]:
        word = token.text.lower()
        if word in _BY_SO_MUCH and (than or " than" in word or word in ("above", "below")):
            return token, _BY_SO_MUCH[word]
    before = [
        other for other in clause.before(size, 3) if other.category not in ("bound",) and other.text not in ("了", "出")
    ]
    if before and before[-1].text in _DEGREES and any(token.text == "比" for token in than):
        return before[-1], _DEGREES[before[-1].text]
    for token in clause.of("compare"):
        if token.text in ("高于", "低于", "多于", "少于") and token.start < size.start:
            return token, "more" if token.meaning == "more" else "less"
    if before and before[-1].category == "by":
        # `exceeded exports to the US by $140 bn`
        for token in clause.of("compare", "bound"):
            if token.meaning in ("more", "over") and token.text.lower() in _PASSES and token.start < before[-1].start:
                return token, "more"
    return None


_PASSES = ("exceed", "exceeds", "exceeded", "exceeding", "outstripped", "outstrip", "outpaced", "topped", "surpassed")


def _is_part_of_another(clause: Clause, size: Token) -> bool:
    """`imports from the US were a third of exports to it`, 进口是出口的一半: a part, of another flow or partner."""
    if size.meaning != "percent" or clause.of("up", "down", "share"):
        return False
    of = clause.after(size)
    english = bool(of) and of[0].text.lower() == "of"
    chinese = (
        clause.before(size)[-1:]
        and clause.before(size)[-1].text == "的"
        and any(token.text in ("是", "为", "相当于") for token in clause.tokens)
    )
    sides = (
        [token for token in clause.tokens if token.start < size.start],
        [token for token in clause.tokens if token.start > size.start],
    )
    if chinese:
        verb = next(token for token in clause.tokens if token.text in ("是", "为", "相当于"))
        sides = (
            [token for token in clause.tokens if token.start < verb.start],
            [token for token in clause.tokens if verb.start < token.start < size.start],
        )
    if not (english or chinese):
        return False
    flows = [{token.meaning for token in side if token.category == "flow"} for side in sides]
    places = [{subject_of(token) for token in side if token.category in PLACES} for side in sides]
    two_flows = (
        len(flows[0]) == len(flows[1]) == 1 and flows[0] != flows[1] and flows[0] | flows[1] == {"export", "import"}
    )
    two_places = len(places[0]) == len(places[1]) == 1 and places[0] != places[1]
    return (two_flows and places[1] <= places[0]) or (two_places and bool(flows[0]) and flows[1] <= flows[0])


def _is_ratio(clause: Clause, size: Token) -> bool:
    """`twice as much to Asia as to Europe`, `four times those to Japan`, 是...的三倍; not `rose three times`."""
    named = {flow_name(token) for token in clause.of("flow", "deal") if token.text.lower() not in GOODS_OF_CHINA}
    two = len(_sides(clause)) == 2 or {"export", "import"} <= named
    before = [other for other in clause.before(size, 2) if other.category not in ("bound", "neutral")]
    moves = clause.of("up", "down") and not clause.has("pace")
    return two and not moves and not (before and before[-1].category == "number")


def _what_is_compared(
    clause: Clause, frame: Claim, word: Token | None, size: Token | None
) -> tuple[tuple[str, ...], dict[str, Any]]:
    """What makes a comparison doubtful, and whether it is of levels, of rates or of shares."""
    changes = [token for token in clause.of("up", "down") if token is not word]
    directions = {token.category for token in changes}
    points = size is not None and size.meaning == "points"
    share = points and clause.has("share")
    paced = clause.has("pace") or (
        word is not None and (word.category in ("faster", "slower") or word.text in ("快", "慢"))
    )
    # `rose to exceed imports` compares levels, `rose more than imports` and 增幅高于 rates
    said = word is not None and word.text.lower() in _MORE_OR_LESS
    nouns = bool(changes) and all(token.text.lower() in RATE_NOUNS for token in changes)
    of_rates = paced or (points and not share) or said or nouns
    doubts = frame.unsure
    if share or not changes:
        doubts = (*doubts, "points") if points and not share and not paced else doubts
    elif not of_rates or len(directions) != 1:
        doubts = (*doubts, "direction")
    if paced:
        doubts = tuple(code for code in doubts if code != "direction")
    doubts = (*doubts, "points") if clause.has("contribution") else doubts
    of = "share" if share else "rate" if changes or paced else ""
    return doubts, {"of": of, "sign": -1 if directions == {"down"} else 1 if of else frame.sign}


def _by_how_much(clause: Clause, token: Token, quantity: Quantity, *, beyond: bool) -> dict[str, Any]:
    """The number of a comparison: a multiple (`beyond`: 高出一倍 is twice as much), points, per cent, or money."""
    following = [other for other in clause.after(token, 2) if other.category != "neutral"]
    currency = quantity.currency or next((other.meaning for other in following if other.category == "currency"), "")
    unit = {"times": "times", "points": "points", "percent": "percent"}.get(quantity.kind, "")
    if unit == "percent" and _is_part_of_another(clause, token):
        limits = _limits(clause, token, quantity)
        limits |= {"top": quantity.top / 100} if quantity.top is not None else {}
        common = {"value": quantity.value / 100, "step": quantity.step / 100, "printed": _printed(clause, token)}
        return common | {"rough": quantity.rough, "unit": "times"} | limits
    if quantity.kind == "number" and (currency or quantity.scaled) and not _unit(following):
        unit = currency or "money"
    return {
        "value": quantity.value,
        "step": quantity.step,
        "printed": _printed(clause, token),
        "rough": quantity.rough,
        "unit": unit,
        **_limits(clause, token, quantity),
        **({"value": quantity.value + 1, "top": quantity.top and quantity.top + 1} if beyond else {}),
    }


_SLOW = frozenset(("slowly", "modestly", "moderately", "gradually", "mildly", "slightly", "marginally", "weakly"))


def _slows(clause: Clause, word: Token) -> bool:
    """`grew more slowly than`: the more of it, the less growth."""
    return any(token.text.lower() in _SLOW for token in clause.after(word))


def _two_sides_missing(frame: Claim, sides: list[Subject]) -> tuple[str, ...]:
    missing = tuple(code for code in frame.missing if code != "product_partner")
    return (
        missing
        if sides[0].kind == sides[1].kind or "product" not in (sides[0].kind, sides[1].kind)
        else (*missing, "product_partner")
    )


def _rank_noun_flow(clause: Clause) -> str:
    noun = next((token for token in clause.of("rank") if token.meaning == "noun"), None)
    return _rank_flow(clause, noun, Claim("rank"))[0] if noun is not None else ""


def _sides(clause: Clause) -> list[Subject]:
    places = [subject_of(token) for token in clause.of(*PLACES)]
    goods = [subject_of(token) for token in clause.of("product")]
    return list(dict.fromkeys(places)) or list(dict.fromkeys(goods))


def _compares(clause: Clause, token: Token) -> bool:
    """A word of comparison with no number to bound: `exceeded those to the EU`, `more to Vietnam than to Japan`."""
    after = clause.tokens[clause.tokens.index(token) + 1 :]
    near = [other for other in after[:3] if other.category not in ("neutral",)]
    if any(other.category == "number" and other.quantity and other.quantity.kind != "rank" for other in near[:2]):
        return False
    if token.category == "compare":
        strong = token.text.lower() not in (
            "more",
            "less",
            "fewer",
            "larger",
            "bigger",
            "greater",
            "smaller",
            "higher value",
            "a larger",
        )
        return strong or any(other.category == "than" for other in after)
    next_to = [other for other in after if other.category not in ("neutral", "than")]
    if next_to and next_to[0].category == "period":
        return token.meaning in ("over", "under")  # `higher than in Q3 2025`
    return token.meaning in ("over", "under") and any(
        other.category in (*PLACES, "flow", "product", "deal", "those") for other in after
    )


def _run(clause: Clause, frame: Claim) -> tuple[Claim, Token] | None:
    """`the ninth straight year`, `for nine years in a row`, 连续第九年."""
    if not clause.has("run"):
        return None
    mark = clause.of("run")[0]
    numbers = [
        token
        for token in clause.of("number")
        if token.meaning in ("rank", "number") and token.quantity and not token.quantity.scaled
    ]
    if not numbers:
        return None
    token = min(numbers, key=lambda number: abs(number.start - mark.start))
    words = " ".join(other.text.lower() for other in clause.tokens)
    unit = (
        "months"
        if "month" in words or "月" in words
        else "quarters"
        if "quarter" in words or "季" in words
        else "years"
    )
    falls = clause.has("down") and not clause.has("up")
    quantity = token.quantity
    return dataclasses.replace(
        frame,
        frame="run",
        value=quantity.value if quantity else None,
        step=1.0,
        unit=unit,
        sign=-1 if falls else 1,
        printed=f"{token.text} {mark.text}",
        negated=_negated(clause),
        bound=_bound(clause, token),
        unsure=frame.unsure if unit in ("years", "months") else (*frame.unsure, "run"),
    ), token


def _records(clause: Clause, frame: Claim, made: list[Claim]) -> Iterator[Claim]:
    """A record, or a line passed for the first time: beside the number that goes with it."""
    if clause.has("first time"):
        over = [claim for claim in made if claim.frame == "value" and claim.value is not None]
        for claim in over:
            yield dataclasses.replace(claim, frame="first_time", bound="over")
        if not over:
            yield dataclasses.replace(frame, frame="first_time", unsure=(*frame.unsure, "first_time"))
    if clause.has("record"):
        yield dataclasses.replace(
            frame, frame="record", sign=frame.sign, printed=clause.of("record")[0].text, negated=_negated(clause)
        )


def _direction(clause: Clause, frame: Claim) -> Iterator[Claim]:
    """A change without a number: `exports to Japan fell`, `China sold less to the US in 2025 than in 2024`."""
    for flow in _flows_by_themselves(clause, frame):
        for one, subject in _subjects_by_themselves(clause, frame):
            yield from _direction_in(one, dataclasses.replace(frame, flow=flow, subject=subject))


def _flows_by_themselves(clause: Clause, frame: Claim) -> tuple[str, ...]:
    """Of `exports and imports rose` and `neither exports nor imports fell` each flow; else what the clause is about."""
    words = {token.text.lower() for token in clause.tokens}
    named = [token.meaning for token in clause.of("flow")]
    neither = {"neither", "nor"} <= words and {"export", "import"} <= set(named)
    if neither or _each_flow(clause) or {"exports and imports", "imports and exports"} & words:
        return "export", "import"
    return (frame.flow,)


def _subjects_by_themselves(clause: Clause, frame: Claim) -> list[tuple[Clause, Subject]]:
    """Of `exports of cars and toys rose` each good by itself, each place likewise; else what the clause is about.

    Two names without a word between are one: `soybean oil`.
    """
    named = clause.of("product") or clause.of(*PLACES)
    listed = all(second.start - first.end > first.text.isascii() for first, second in pairwise(named))
    if len({token.meaning for token in named}) < 2 or not listed or (clause.of("product") and clause.of(*PLACES)):
        return [(clause, frame.subject)]
    return [
        (Clause([other for other in clause.tokens if other is token or other not in named]), subject_of(token))
        for token in named
    ]


def _degrees_over_time(clause: Clause) -> list[Token]:
    """出口比2024年多."""
    base = next((token for token in clause.of("period") if token.text.startswith(("比", "较"))), None)
    after = [token for token in clause.tokens if base is not None and token.start > base.start]
    return [token for token in after if token.text in _DEGREES][-1:]


def _direction_in(clause: Clause, frame: Claim) -> Iterator[Claim]:
    words = clause.of("up", "down", "flat")
    signs = {"up": 1, "down": -1, "flat": 0}
    directions = {signs[word.category] for word in words}
    if not words:
        more, less = ("more", "higher than", "more than", "larger than"), ("less", "fewer", "lower than", "less than")
        words = [token for token in clause.tokens if token.text.lower() in more + less]
        directions = {1 if word.text.lower() in more else -1 for word in words}
    if not words:
        words = _degrees_over_time(clause)
        directions = {1 if _DEGREES[word.text] == "more" else -1 for word in words}
    if not words:
        return
    of_rates = rate_moved(clause) is not None or (
        # 低于出口整体增速: lower than that rate
        clause.of("compare", "bound") and all(word.text in _RATES for word in words)
    )
    unsure = frame.unsure if len(directions) == 1 and not of_rates else (*frame.unsure, "direction")
    yield dataclasses.replace(
        _of_one_subject(clause, dataclasses.replace(frame, unsure=unsure)),
        frame="direction",
        side=frame.sign if frame.flow == "balance" else 0,
        sign=directions.pop(),
        printed=words[0].text,
        negated=_negated(clause),
    )
