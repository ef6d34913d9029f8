"""Clients that ask for tables and curves, and hold each answer against the judge's reading of the file."""
import asyncio
import random
import time

from client import address, get
import views

KINDS = {"metrics_step": 30, "metrics": 15, "since": 12, "cursor": 15, "downsample": 12, "series": 11, "progress": 5}


class Reader:
    """A client with an address of its own, which asks for one thing after the other."""

    def __init__(self, number, tally, seed):
        self.source, self.tally, self.random = address(number), tally, random.Random(seed * 7919 + number)
        self.cursors = {}

    async def read(self, server, runs, interval):
        await asyncio.sleep(self.random.random() * interval)
        while True:
            run = self.random.choice(runs)
            kind = self.random.choices(list(KINDS), KINDS.values())[0]
            await self.ask(server, run, kind)
            await asyncio.sleep(interval * (0.6 + 0.8 * self.random.random()))

    async def ask(self, server, run, kind):
        """Asks once; tells whether the answer was right."""
        question = views.QUESTIONS[kind](self, run)
        since, before = time.time(), run.events.moment()
        answer = await get(server.port, f"/api/{question.path}", self.source)
        states = list(run.events.states(before, run.events.moment()))
        if answer.status != 200:
            self.tally.failed(kind, answer, since, question.path)
            return False
        try:
            problem = question.judge(answer, states)
        except (ValueError, KeyError, TypeError, IndexError) as odd:
            problem = f"not of the form that was asked for: {odd!r}"
        if problem:
            self.tally.wrongly(kind, f"{question.path} of {run.events.path.name}, versions and lines "
                               f"{states[0]} to {states[-1]}: {problem}", since)
            return False
        self.tally.count(kind)
        return True
