"""Readers of pages, one or many: each changes a control, waits for the page, thinks, and changes it again."""

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
"""Seconds from one click of a reader to the next."""
ROUNDTRIP_PAUSE = 0.1
"""Seconds between the clicks of a reader alone: what a server does after a run is not part of the next."""
AT_ONCE = 4
"""Readers who do not think, to see how much a server can do."""


@dataclass
class Seen:
    """What the readers of one page saw. A run that showed an error is an error."""

    runs: list[Run] = field(default_factory=list)
    opened: list[Run] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def note(self, run: Run, where: list[Run]) -> None:
        """Keep a run in one of the lists, or its error."""
        if run.errors:
            self.errors.append(run.errors[0])
        else:
            where.append(run)


class Turn:
    """One reader's clicks on one page: the options of the control, one after another."""

    def __init__(self, server: Server, visit: Visit, start: int = 0) -> None:
        self.visit, self.reader, self._at = visit, Reader(server.base, visit.page, visit.query), start

    @property
    def options(self) -> tuple[int, ...]:
        """The places of the options that are chosen in turn."""
        return self.visit.options or tuple(range(len(self.reader.control(self.visit.control).options)))

    async def change(self, seen: Seen) -> None:
        """Change the control once; the run is noted if it counts."""
        self._at += 1
        option = self.options[self._at % len(self.options)]
        run = await self.reader.choose(self.visit.control, option)
        if run.errors or option in (self.visit.timed or self.options):
            seen.note(run, seen.runs)


async def single_readers(places: Sequence[tuple[Server, Visit]], rounds: int, least: int, seconds: float) -> list[Seen]:
    """One reader per server, who take turns: what disturbs one disturbs the others as well.

    The first change to each option comes first in `runs`. On a machine that is busy with other things there are fewer
    rounds after `least`, so that they end within about so many seconds.
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
    """One reader who changes any control to any option, and never to what somebody has seen before."""

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
    """Readers who make so many changes each that nobody made before, in turns, one reader per server."""
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
    """`count` readers over the pages, each thinking before each click, for so many seconds after all have come."""
    end = time.monotonic() + THINKING + seconds
    chance = random.Random(count)  # noqa: S311 - the same moments in every run
    async with asyncio.TaskGroup() as group:
        for number in range(count):
            visit = visits[number % len(visits)]
            record = seen.setdefault(visit.page, Seen())
            group.create_task(_thinking(server, visit, number, chance.uniform(0, THINKING), end, record))


async def _thinking(server: Server, visit: Visit, number: int, wait: float, end: float, seen: Seen) -> None:
    """One reader, who clicks by a clock of their own; who is thrown out comes again.

    Were the time to think counted from each answer, readers who once waited together would click together ever after.
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
    """Changes per second that the page answers when nobody thinks."""
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
