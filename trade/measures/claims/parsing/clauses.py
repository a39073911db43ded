"""Split a sentence into clauses, and read flow, partner, goods, period and currency of each.

A clause that states nothing is joined with its neighbour. A clause takes what it leaves out from those around it. The
flow is always China's own: Germany's exports to China are China's imports.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from trade.measures.claims.claim_types import WORLD, Subject
from trade.measures.claims.parsing.lexicon import Token
from trade.measures.claims.parsing.periods import Period

PLACES = ("place", "group", "list")
_REPORTING_WORDS = frozenset(
    (
        *("said", "says", "saying", "according", "showed", "shows", "reported", "announced", "told"),
        *("spokesman", "spokesperson", "表示", "称", "介绍", "指出", "显示", "数据显示", "据"),
    )
)
_STATES = ("up", "down", "flat", "times", "rank", "record", "run", "first time", "compare")


@dataclass
class Clause:
    """The tokens between two breaks, with queries on them."""

    tokens: list[Token] = field(default_factory=list)

    def of(self, *categories: str) -> list[Token]:
        return [token for token in self.tokens if token.category in categories]

    def has(self, category: str, meaning: str = "") -> bool:
        return any(token.category == category and meaning in ("", token.meaning) for token in self.tokens)

    def before(self, token: Token, count: int = 1) -> list[Token]:
        at = self.tokens.index(token)
        return self.tokens[max(0, at - count) : at]

    def after(self, token: Token, count: int = 1) -> list[Token]:
        at = self.tokens.index(token)
        return self.tokens[at + 1 : at + 1 + count]

    @property
    def states(self) -> bool:
        """Whether it states something that can be true or false."""
        return any(token.category == "number" or token.category in _STATES for token in self.tokens)


@dataclass
class Context:
    """Flow, subject, period and form of a clause; None for what the clause leaves out."""

    flow: str | None = None
    sign: int = 1
    subject: Subject | None = None
    places: list[Subject] = field(default_factory=list)
    goods: list[Subject] = field(default_factory=list)
    period: Period | None = None
    base: Period | None = None
    currency: str = ""
    basis: str = ""
    against: str = ""
    mirrored: bool = False
    seller: str = ""
    buyer: str = ""
    missing: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    direction: int | None = None
    """1 or -1 if its words of change agree; a clause without any takes that of the previous clause."""
    spanned: bool = False
    """`from 2021 to 2025`: a level is the sum of these years, which the store does not compute."""
    share: bool = False
    """Whether a share is meant: `..., up 1.2 points` after one."""
    lent: Subject | None = None
    """The subject of the previous clause, if it is unclear whether it is meant."""
    somewhere: bool = False
    """Whether it refers to a place without its name: `to the bloc`, 对该国."""
    kinds: tuple[str, ...] = ()
    """Kinds of subject that `the country`, `the bloc` may refer to."""
    pronoun: bool = False
    """Whether it refers to the partner of the previous clause: `imports from it`, 自其进口."""
    elliptic: bool = False
    """`and to the EU 9%`: only partner and number; the rest is as in the previous clause."""


def without_general_words(tokens: list[Token]) -> list[Token]:
    """Neutralise `foreign trade` before a flow: `foreign trade exports`, 货物贸易出口 are just exports."""
    return [
        dataclasses.replace(token, category="neutral") if _is_general(token, following) else token
        for token, following in zip_longest(tokens, tokens[1:])
    ]


def _is_general(token: Token, following: Token | None) -> bool:
    if following is None or token.category != "flow" or following.category != "flow":
        return False
    return token.meaning == "total" and following.meaning in ("export", "import", "total")


def without_contrast(tokens: list[Token]) -> list[Token]:
    """Drop what did not happen: `rather than fell`, `far from falling`."""
    remaining, at = [], 0
    while at < len(tokens):
        following = tokens[at + 1 : at + 3]
        if tokens[at].category == "rather" and following and following[0].category in ("up", "down"):
            counted = len(following) > 1 and following[1].category in ("number", "by", "bound")
            at += 0 if counted else 2
            if not counted:
                continue
        remaining.append(tokens[at])
        at += 1
    return remaining


def cut_clauses(tokens: list[Token]) -> list[Clause]:
    """Split into clauses that state something; the others are joined with the next such clause, or the previous one."""
    raw = [Clause()]
    for token in tokens:
        if token.category == "break":
            raw.append(Clause())
        else:
            raw[-1].tokens.append(token)
    stating: list[Clause] = []
    waiting: list[Token] = []
    for clause in _without_speakers(raw):
        # `Imports and exports rose 5%`, `sold $5 bn more to India than it bought`: half a clause waits for its verb
        if clause.states and not _belongs_to_previous(stating, clause):
            stating.append(Clause([*waiting, *clause.tokens]))
            waiting = []
        elif stating and not waiting and not _leads(clause):
            stating[-1].tokens += clause.tokens
        else:
            waiting += clause.tokens
    if waiting and stating:
        stating[-1].tokens += waiting
        waiting = []
    return stating or [Clause(waiting)]


def _without_speakers(raw: list[Clause]) -> list[Clause]:
    """Remove clauses that only name the speaker, and adjacent clauses that are only names."""
    says = [_names_speaker(clause) for clause in raw]
    clauses = []
    for at, clause in enumerate(raw):
        beside_speaker = any(says[max(0, at - 1) : at + 2])
        only_names = all(token.category in ("unknown", "neutral") for token in clause.tokens)
        if clause.tokens and not says[at] and not (beside_speaker and only_names):
            clauses.append(clause)
    return clauses


def _names_speaker(clause: Clause) -> bool:
    """Whether a clause only names the speaker: `Lyu Daliang, a spokesman, said`."""
    speaks = any(token.category == "neutral" and token.text.lower() in _REPORTING_WORDS for token in clause.tokens)
    about = clause.of("flow", "balance", "deal", "product", "number", "period", "china", "share", *PLACES, *_STATES)
    return speaks and not about and not clause.has("not")


def _belongs_to_previous(former: list[Clause], clause: Clause) -> bool:
    """Whether a clause belongs to the previous one, as it states nothing except perhaps a rank number, or whence a rank
    came: `up from fourth in 2024`."""
    numbers, states = clause.of("number"), clause.of(*_STATES)
    moved = bool(numbers) and clause.has("from") and all(token.category in ("up", "down") for token in states)
    return bool(former) and (not states or moved) and all(token.meaning == "rank" for token in numbers)


def _leads(clause: Clause) -> bool:
    """Whether it names a subject for a later clause."""
    return any(token.category in ("flow", "balance", "deal", "product", *PLACES) for token in clause.tokens)


def share_context(contexts: list[Context]) -> None:
    """Fill what a clause leaves out from the clauses before it; period, currency and yoy or mom from any clause."""
    for at, context in enumerate(contexts):
        former = contexts[at - 1] if at else None
        if former is not None:
            _inherit(context, former)
    for name in ("period", "currency", "against"):
        values = [value for context in contexts if (value := getattr(context, name))]
        for context in contexts:
            if not getattr(context, name) and values:
                setattr(context, name, values[0])


def _inherit(context: Context, former: Context) -> None:
    own_flow = context.flow is not None
    context.share = context.share or (former.share and not own_flow and context.subject is None)
    alike = context.elliptic and (context.pronoun or context.flow in (None, former.flow))
    if context.direction is None and ((not own_flow and context.subject is None) or alike):
        context.direction = former.direction
    if context.flow is None and former.flow is not None:
        context.flow, context.sign = former.flow, former.sign
        context.mirrored, context.seller, context.buyer = former.mirrored, former.seller, former.buyer
    if context.subject is None and own_flow and former.lent is not None:
        # `trade with Africa rose, with exports up 26.5% and imports up 6%`
        context.unsure += ("subject",)
        context.subject, context.lent = WORLD, former.lent
    if context.subject is None and former.subject is not None:
        if own_flow and former.subject != WORLD:
            # `exports to Japan rose and imports fell`: from Japan, or all of them?
            if former.subject.kind == "product" or context.pronoun or former.subject.kind in context.kinds:
                context.somewhere = False
                context.subject = former.subject
                context.unsure += ("places",) if len(former.places) > 1 else ()
            else:
                context.unsure += ("subject",)
                context.subject, context.lent = WORLD, former.subject
        else:
            context.subject = former.subject
            if len(former.places) > 1 and not context.goods:
                context.unsure += ("places",)
        context.missing += former.missing
    for name in ("period", "currency", "basis", "against"):
        if not getattr(context, name):
            setattr(context, name, getattr(former, name))


def subject_of(token: Token) -> Subject:
    if token.category == "list":
        return Subject("list", token.meaning)
    return Subject({"place": "economy", "group": "group", "product": "product"}[token.category], token.meaning)


def read_context(clause: Clause) -> Context:
    context = Context()
    context.missing = tuple(dict.fromkeys(token.meaning for token in clause.of("missing")))
    _read_period(clause, context)
    currencies = [token.meaning for token in clause.of("currency")]
    currencies += [
        token.quantity.currency for token in clause.of("number") if token.quantity and token.quantity.currency
    ]
    if len(set(currencies)) == 1:
        context.currency = currencies[0]
    bases = {token.meaning for token in clause.of("basis")}
    bases |= {"volume" for token in clause.of("flow") if token.text.endswith("量")}
    bases |= {"value" for token in clause.tokens if _is_value(clause, token)}
    context.basis = next(iter(bases)) if len(bases) == 1 else ""
    context.against = "mom" if clause.has("mom") else "yoy" if clause.has("yoy") else ""
    places = clause.of(*PLACES)
    context.places = list(dict.fromkeys(subject_of(token) for token in places))
    # `vehicles` right after a number is both its unit and the goods
    context.goods = list(dict.fromkeys(subject_of(token) for token in clause.of("product")))
    _read_flow(clause, context, places)
    _read_subject(context)
    if any(_of_two_catalogues(token) for token in clause.of("product")):
        context.unsure += ("definition",)
    starts = [token.start for token in clause.of("period") if token.period is not None]
    context.spanned = len(set(starts)) < len(starts)
    context.share = clause.has("share") or any(_is_part(clause, token) for token in clause.of("number"))
    context.pronoun = not places and any(_refers_back(clause, token) for token in clause.tokens)
    context.elliptic = _is_elliptic(clause, context.pronoun)
    unnamed = [token for token in clause.of("somewhere") if not places and _is_partner(clause, token)]
    context.somewhere = bool(unnamed)
    context.kinds = _KINDS.get(unnamed[0].text.lower(), ()) if unnamed else ()
    directions = {token.category for token in clause.of("up", "down")}
    if len(directions) == 1:
        context.direction = 1 if directions == {"up"} else -1
    return context


_KINDS = (
    dict.fromkeys(("country", "nation", "该国"), ("economy",))
    | dict.fromkeys(("bloc", "region", "member states", "该地区", "该区域"), ("group", "list"))
    | dict.fromkeys(("island", "neighbour", "neighbor"), ("economy",))
)


def _is_part(clause: Clause, token: Token) -> bool:
    """Whether a number is a share: `11.1% of its exports`."""
    if token.meaning != "percent":
        return False
    after = [other for other in clause.after(token, 5) if other.category not in ("china", "those")]
    of = bool(after) and after[0].text.lower() == "of"
    return of and any(other.category == "flow" for other in after[1:3])


_PRONOUNS = ("it", "them", "其")


def _refers_back(clause: Clause, token: Token) -> bool:
    """Whether a pronoun refers to the previous partner: `from it`, `to them`, 自其."""
    return token.text.lower() in _PRONOUNS and any(
        other.category in ("to", "from", "with") for other in clause.before(token)
    )


def _is_elliptic(clause: Clause, pronoun: bool) -> bool:
    """Whether a clause is just a partner after `to`, 对 ..., or goods, and a rate: `to the EU 9%`."""
    rates = [token for token in clause.of("number") if token.meaning == "percent"]
    if len(rates) != 1 or len(clause.of("number")) != 1:
        return False
    if clause.of("deal", "balance", "share", "rank", "compare", "than", "contribution", *_STATES):
        return False
    heads = clause.of(*PLACES, "product")
    single_head = len(heads) == 1 and (heads[0].category == "product" or _follows_preposition(clause, heads[0]))
    return single_head or (pronoun and not heads)


def _of_two_catalogues(token: Token) -> bool:
    """Whether `high-tech` may mean customs' catalogue (高新技术产品) or a statistical classification (高技术产品)."""
    return token.meaning == "high-tech-products" and not token.text.startswith("高新")


def _is_value(clause: Clause, token: Token) -> bool:
    """Whether the value is meant, not the volume: `their value fell`."""
    return token.text.lower() == "value" and any(
        other.category in ("up", "down", "flat") for other in clause.after(token)
    )


def _read_period(clause: Clause, context: Context) -> None:
    for token in clause.of("period"):
        period = token.period
        if period is None:
            continue
        if period.role == "now":
            if context.period is None:
                context.period = period
            elif _completes(context.period, period):
                context.period = _completed(context.period, period)
            elif _completes(period, context.period):
                context.period = _completed(period, context.period)
            elif (period.freq, period.code) != (context.period.freq, context.period.code):
                # the previous year as the base: `in 2025 ... than in 2024`; two other periods are a comparison
                context.base = context.base or period
        else:
            context.base = dataclasses.replace(period, role="base")
    if context.period is None and context.base is not None and context.base.role == "now":
        context.period, context.base = context.base, None


def _completes(part: Period, year: Period) -> bool:
    """Whether `year` is the year of a month without one: `December exports rose ... in 2025`."""
    return part.assumed == "year" and year.freq in ("A", "YTD") and year.code[:4].isdigit() and year.assumed != "year"


def _completed(part: Period, year: Period) -> Period:
    return dataclasses.replace(part, code=year.code[:4] + part.code[4:], assumed=year.assumed)


def _read_subject(context: Context) -> None:
    if context.places and context.goods:
        context.missing += ("product_partner",)
        context.subject = context.goods[0]
    elif len(context.places) == 1:
        context.subject = context.places[0]
    elif len(context.goods) == 1:
        context.subject = context.goods[0]
    elif context.places or context.goods:
        context.subject = (context.places or context.goods)[0]


def _read_flow(clause: Clause, context: Context, places: list[Token]) -> None:
    """The flow as China's own: Germany's exports to China are China's imports."""
    balances = clause.of("balance")
    terms_of_trade = clause.of("flow", "deal")
    if balances:
        context.flow, context.sign = "balance", -1 if balances[0].meaning == "deficit" else 1
        actor = _actor(clause, balances[0], places)
        if actor is not None and actor.category in PLACES and clause.has("china"):
            context.missing += ("third_country",) if _owner_first(clause, actor) else ()
        elif actor is not None and actor.category in PLACES and not _follows_preposition(clause, actor):
            context.missing += ("third_country",)
        return
    if not terms_of_trade:
        # `to export growth`, 拉动出口增长
        growth = " ".join(token.text.lower() for token in clause.of("contribution"))
        flows = {"export": ("export", "出口"), "import": ("import", "进口")}
        context.flow = next((flow for flow, words in flows.items() if any(word in growth for word in words)), None)
        return
    verb = _main_trade_word(terms_of_trade)
    stated_flow = verb.meaning if verb.category == "flow" else {"sell": "export", "buy": "import"}[verb.meaning]
    context.flow = stated_flow
    actor = _actor(clause, verb, places)
    if actor is None or actor.category == "china":
        _read_parties(context, places, stated_flow)
        _check_source(clause, context, verb, places)
        return
    _read_foreign_actor(clause, context, actor, stated_flow, places)


GOODS_OF_CHINA = ("chinese goods", "goods from china", "chinese products", "goods abroad", "goods overseas")


def _main_trade_word(words: list[Token]) -> Token:
    """The main word of trade: a verb comes before the goods it is about, as in `bought Chinese goods`."""
    plain = [word for word in words if word.text.lower() not in GOODS_OF_CHINA]
    return plain[0] if plain else words[0]


def _actor(clause: Clause, verb: Token, places: list[Token]) -> Token | None:
    """Who sells, buys or trades: the last country before the verb that does not follow a preposition."""
    acting = next((token for token in places if _acts(clause, token)), None)
    if acting is not None:
        return acting
    nearest = _nearest_actor(clause, verb, places)
    return None if nearest is not None and _is_chinas(clause, nearest) else nearest


_GOODS = ("goods", "products", "merchandise", "商品", "产品", "货物")


def _acts(clause: Clause, place: Token) -> bool:
    """Whether a place after the verb sells or buys: `sold to China by the US`, `exports of US goods to China`."""
    led = [token for token in clause.before(place, 2) if token.text.lower() not in ("the", "of")]
    if led and led[-1].category == "by" and not clause.of("contribution"):
        return True
    of_goods = any(token.text.lower() in _GOODS for token in clause.after(place))
    return of_goods and any(_preposition(clause, china) == "to" for china in clause.of("china"))


def _is_chinas(clause: Clause, place: Token) -> bool:
    """`China's Dutch exports`: whether a place between China and the flow is the partner of China's trade."""
    owner, flow = clause.before(place), clause.after(place)
    return bool(owner and flow) and owner[0].category == "china" and owner[0].owner and flow[0].category == "flow"


def _nearest_actor(clause: Clause, verb: Token, places: list[Token]) -> Token | None:
    before = [token for token in [*places, *clause.of("china")] if token.start < verb.start]
    candidates = [token for token in before if not _follows_preposition(clause, token)]
    return max(candidates, key=lambda token: token.start) if candidates else None


def _follows_preposition(clause: Clause, token: Token) -> bool:
    """Whether a token follows `to`, `from`, `with`, 对, 自, perhaps with an article between, or contains it."""
    if token.text.startswith(("对", "自", "中", "两岸")) and len(token.text) > 1:
        return True
    at = clause.tokens.index(token)
    for other in reversed(clause.tokens[:at]):
        if other.category == "neutral" and other.text.lower() in ("the", "a", "an", "both", "all"):
            continue
        if other.category in PLACES:
            continue
        if other.category == "neutral" and other.text in (
            "对",
            "从",
            "自",
            "向",
            "与",
            "和",
            "in",
            "of",
            "for",
            "于",
            "into",
        ):
            return True
        return other.category in ("to", "from", "with", "between", "by") or other.text in ("来自", "流向")
    return False


def _is_partner(clause: Clause, token: Token) -> bool:
    """Whether a general word is the partner: `to the bloc`, 对该国; not `the country's exports`."""
    before = [other for other in clause.before(token, 3) if other.text.lower() not in ("the", "that", "this")]
    return (
        not token.owner
        and bool(before)
        and (before[-1].category in ("to", "from", "with") or before[-1].text in "对从自向")
    )


def _owner_first(clause: Clause, actor: Token) -> bool:
    china = clause.of("china")
    return bool(china) and actor.start < china[0].start


def _read_parties(context: Context, places: list[Token], stated_flow: str) -> None:
    partner = places[0].text if places else ""
    if stated_flow == "export":
        context.seller, context.buyer = "China", partner
    elif stated_flow == "import":
        context.seller, context.buyer = partner, "China"


def _check_source(clause: Clause, context: Context, verb: Token, places: list[Token]) -> None:
    """Mark trade of another country, `imports to the US`; with China in the clause it is China's opposite flow."""
    for place in places:
        lead = _preposition(clause, place)
        wrong_way = (context.flow == "export" and lead == "from") or (context.flow == "import" and lead == "to")
        if (
            not wrong_way
            or _of_another_flow(clause, verb, place)
            or (place.start < verb.start and place.text.isascii())
        ):
            continue
        if place.start < verb.start:
            # 从日本出口: from Japan, yet exports
            if context.flow == "export":
                context.unsure += ("flows",)
        elif clause.has("china"):
            context.flow = "import" if context.flow == "export" else "export"
            context.mirrored = True
        else:
            context.missing += ("third_country",)


def _of_another_flow(clause: Clause, verb: Token, place: Token) -> bool:
    """Whether a place belongs to a second flow: `exports to Japan ... imports from Japan`, 对美国出口...自美国进口."""
    ascii_name = place.text.isascii()
    flows = [token for token in clause.of("flow", "deal") if (token.start < place.start) == ascii_name]
    nearest = (flows[-1] if ascii_name else flows[0]) if flows else verb
    return flow_name(nearest) != flow_name(verb)


def _preposition(clause: Clause, token: Token) -> str:
    at = clause.tokens.index(token)
    for other in reversed(clause.tokens[max(0, at - 2) : at]):
        if other.category in ("to", "from"):
            return other.category
        if other.category != "neutral":
            break
    return ""


def _read_foreign_actor(clause: Clause, context: Context, actor: Token, stated_flow: str, places: list[Token]) -> None:
    """Read a clause in which another country acts: with China as the other side, it is China's opposite flow."""
    others = [token for token in places if token.meaning != actor.meaning and token.start > actor.start]
    china = clause.has("china") or any("chin" in token.text.lower() for token in clause.of("flow"))
    compared = clause.has("than") and clause.has("compare")
    if not china or (others and stated_flow != "total" and not compared):
        context.missing += ("third_country",)
        return
    if stated_flow in ("export", "import"):
        context.flow = "import" if stated_flow == "export" else "export"
        context.mirrored = True
        seller, buyer = (actor.text, "China") if stated_flow == "export" else ("China", actor.text)
        context.seller, context.buyer = seller, buyer


RATE_NOUNS = frozenset(
    (
        *("growth", "growth of", "growth rate", "growth rate of", "rate of growth", "year-on-year growth"),
        *("annual growth", "annual growth of", "expansion", "增速", "增幅", "增长率", "降幅"),
    )
)
_ALSO_VERBS = frozenset(("decline", "drop", "fall", "decrease", "rise", "increase", "contraction", "slump", "plunge"))


def rate_moved(clause: Clause) -> Token | None:
    """The rate that moved, if not trade itself did: `export growth fell to 5.5%`, 出口增速回落至6.1%; else None."""
    moved = moved_rate(clause)
    return moved[0] if moved else None


def moved_rate(clause: Clause) -> tuple[Token, Token] | None:
    """The rate and the word for how it moved."""
    moves = clause.of("up", "down", "flat", "faster", "slower")
    for noun, verb in pairwise(moves):
        text = noun.text.lower()
        article = any(token.text.lower() in ("the", "a", "this", "its") for token in clause.before(noun))
        if verb.text.lower() not in RATE_NOUNS and (text in RATE_NOUNS or (article and text in _ALSO_VERBS)):
            return noun, verb
    return None


def flow_name(token: Token) -> str:
    return token.meaning if token.category == "flow" else {"sell": "export", "buy": "import"}[token.meaning]
