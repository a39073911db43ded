"""Simulated users, one or many: each changes a control, waits for the page, pauses, and changes it again."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from benchmarks.client import Failed, Reader, Run
from benchmarks.page_scenarios import Visit
from benchmarks.servers import Server

THINKING = 5.0
"""Seconds from one click of a user to the next."""
ROUNDTRIP_PAUSE = 0.1
"""Seconds between the clicks of a single user, so that work after one run does not slow the next."""
AT_ONCE = 4
"""Number of users without pauses who measure the throughput of a server."""


@dataclass
class Seen:
    """The runs of the users of one page. A run that showed an error is counted in `errors` only."""

    runs: list[Run] = field(default_factory=list)
    opened: list[Run] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def note(self, run: Run, where: list[Run]) -> None:
        """Add the run to `where`, or its first error to `errors`."""
        if run.errors:
            self.errors.append(run.errors[0])
        else:
            where.append(run)


class Turn:
    """A user who chooses the options of one control in turn."""

    def __init__(self, server: Server, visit: Visit, start: int = 0) -> None:
        self.visit, self.reader, self._at = visit, Reader(server.base, visit.page, visit.query), start

    @property
    def options(self) -> tuple[int, ...]:
        """Indices of the options to choose in turn."""
        return self.visit.options or tuple(range(len(self.reader.control(self.visit.control).options)))

    async def change(self, seen: Seen) -> None:
        """Choose the next option; note the run if its option is timed or it failed."""
        self._at += 1
        option = self.options[self._at % len(self.options)]
        run = await self.reader.choose(self.visit.control, option)
        if run.errors or option in (self.visit.timed or self.options):
            seen.note(run, seen.runs)


async def single_readers(places: Sequence[tuple[Server, Visit]], rounds: int, least: int, seconds: float) -> list[Seen]:
    """One user per server; they take turns, so that any disturbance of the machine affects all servers alike.

    The first change to each option comes first in `runs`. After `least` rounds no round starts once `seconds` are over:
    a busy machine makes fewer rounds.
    """
    seen = [Seen() for _ in places]
    async with AsyncExitStack() as visits:
        turns = [Turn(server, visit) for server, visit in places]
        for turn, record in zip(turns, seen, strict=True):
            reader = await visits.enter_async_context(turn.reader)
            record.note(reader.opened, record.opened)
        end = time.monotonic() + seconds
        for number in range(rounds):
            if number >= least and time.monotonic() > end:
                break
            for turn, record in zip(turns, seen, strict=True):
                await asyncio.sleep(ROUNDTRIP_PAUSE)
                await turn.change(record)
    return seen


class Explorer:
    """A user who changes any control to any option, but never returns to a state seen before."""

    def __init__(self, server: Server, visit: Visit, seed: int) -> None:
        self.reader = Reader(server.base, visit.page, visit.query)
        self._chance = random.Random(seed)  # noqa: S311 - the same changes in every run
        self._known: set[frozenset[tuple[str, str]]] = set()

    async def change(self, seen: Seen) -> bool:
        """Make one change that leads to a state not seen before; False if the page has none left."""
        changes = self.reader.changes()
        self._chance.shuffle(changes)
        for widget, option in changes:
            state = self.reader.state_after(widget, option)
            if state not in self._known:
                self._known.add(state)
                seen.note(await self.reader.change(widget, option), seen.runs)
                return True
        return False


async def exploring(places: Sequence[tuple[Server, Visit]], counts: Sequence[int], seed: int) -> list[Seen]:
    """One `Explorer` per server; they take turns, and each makes its number of `counts` changes."""
    seen = [Seen() for _ in places]
    async with AsyncExitStack() as visits:
        explorers = [Explorer(server, visit, seed) for server, visit in places]
        for explorer, record in zip(explorers, seen, strict=True):
            reader = await visits.enter_async_context(explorer.reader)
            record.note(reader.opened, record.opened)
        for number in range(max(counts)):
            for explorer, record, count in zip(explorers, seen, counts, strict=True):
                if number < count:
                    await asyncio.sleep(ROUNDTRIP_PAUSE)
                    await explorer.change(record)
    return seen


async def options_of(server: Server, visit: Visit) -> int:
    """How many options of the control are chosen in turn."""
    turn = Turn(server, visit)
    async with turn.reader:
        return len(turn.options)


async def concurrent_readers(
    server: Server, visits: Sequence[Visit], count: int, seconds: float, seen: dict[str, Seen]
) -> None:
    """`count` users spread over the pages, who pause before each click, for `seconds` after all have started."""
    end = time.monotonic() + THINKING + seconds
    chance = random.Random(count)  # noqa: S311 - the same moments in every run
    async with asyncio.TaskGroup() as group:
        for number in range(count):
            visit = visits[number % len(visits)]
            record = seen.setdefault(visit.page, Seen())
            group.create_task(_thinking(server, visit, number, chance.uniform(0, THINKING), end, record))


async def _thinking(server: Server, visit: Visit, number: int, wait: float, end: float, seen: Seen) -> None:
    """A user who clicks at fixed intervals, and who reconnects after a failure.

    If pauses were counted from each answer, users who once waited together would click together from then on.
    """
    await asyncio.sleep(wait)
    while time.monotonic() < end:
        turn = Explorer(server, visit, number) if visit.page else Turn(server, visit, number)
        try:
            async with turn.reader as reader:
                seen.note(reader.opened, seen.opened)
                click = time.monotonic() + THINKING
                while click < end:
                    await asyncio.sleep(max(0.0, click - time.monotonic()))
                    await turn.change(seen)
                    click = max(click, time.monotonic() - THINKING) + THINKING
                await asyncio.sleep(max(0.0, end - time.monotonic()))
        except Failed as error:
            seen.errors.append(str(error))
            await asyncio.sleep(1)


async def throughput(server: Server, visit: Visit, seconds: float) -> float:
    """Changes per second with `AT_ONCE` users who do not pause."""
    async with AsyncExitStack() as visits:
        turns = [Turn(server, visit, number) for number in range(AT_ONCE)]
        for turn in turns:
            await visits.enter_async_context(turn.reader)
        started = time.monotonic()
        clicks = await asyncio.gather(*(_clicking(turn, started + seconds) for turn in turns))
        return sum(clicks) / (time.monotonic() - started)


async def _clicking(turn: Turn, end: float) -> int:
    clicks = 0
    while time.monotonic() < end:
        await turn.change(Seen())
        clicks += 1
    return clicks
