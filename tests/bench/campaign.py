"""The fault campaign: whatever fails, one topic, every reply once, every text right.

``python -m tests.bench campaign`` runs it in full and prints what it injected and found;
tests/workflow/test_campaign.py runs a short one. The forum is the embedded one over real HTTP, the
adapter the real one. Forum and bot share a clock that only their sleeps move.

- faults: editions of 1 to 4 posts, every call in turn meets every fault of the switchboard, before
  and after the forum carried it out;
- stops: the run ends at every boundary (before and after each outside call and each record), and
  the next run has its database or an empty one;
- kills: a process with a real database gets SIGKILL at boundaries, or in the middle of a request,
  chosen by a seed; again with the database or without it.

The forum is made less helpful than Discourse: it knows neither a repeated request nor a repeated
text, so that nothing but the bot's own looking prevents a second post. Only stalled requests meet
a forum that knows them, since they may be carried out after any look.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from bot.errors import Unavailable
from bot.model.publication import PublicationState
from bot.planning.markers import find_marker
from bot.planning.normal import normalise_raw
from bot.planning.placeholders import fill
from bot.sandbox.forum import Fault, FaultKind, TopicView
from bot.store.database import open_database
from bot.store.publications import StoredPublications
from bot.workflow.desk import Desk
from bot.workflow.ports import Publications
from bot.workflow.publish import publish
from tests.bench.editions import a_job, a_picture, an_edition
from tests.bench.stage import Boundaries, Stage, Stop, open_client, open_stage
from tests.bench.victim import Order, Victims, open_victims
from tests.fakes import NOW, MemoryPublications, step_at_once

AFTER_COMMIT = (
    FaultKind.ERROR,
    FaultKind.DROP,
    FaultKind.STALL,
    FaultKind.BAD_GATEWAY,
    FaultKind.UNAVAILABLE_HTML,
    FaultKind.HTML,
)
_STALL_SECONDS, _SHORT_TIMEOUT, _PATIENT = 0.5, 0.3, 20.0
_MAX_RUNS = 12
# Beyond the forum's memo of requests (120 s) and of texts (5 minutes): no help from it.
_LATER = 600
_GOALS = ("duplicate topics", "missing replies", "repeated replies", "differing texts")


@dataclass
class Tally:
    """What was injected and what went wrong, by kind."""

    injected: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)
    trials: int = 0

    def note(self, trial: str, problems: Sequence[str]) -> None:
        """Count one trial's end."""
        self.trials += 1
        self.wrong.update(problem.split(":")[0] for problem in problems)
        self.examples += [f"{trial}: {problem}" for problem in problems]

    def render(self) -> str:
        """The figures, one a line, and the first things that went wrong."""
        kinds = [*_GOALS, *sorted(set(self.wrong) - set(_GOALS))]
        figures = [
            ("trials", self.trials),
            *((f"injected: {kind}", count) for kind, count in sorted(self.injected.items())),
            ("injected in all", self.injected.total()),
            *((kind, self.wrong[kind]) for kind in kinds),
        ]
        lines = [f"{name:<34} {count:>6}" for name, count in figures]
        return "\n".join([*lines, *self.examples[:20]])


@dataclass
class Trial:
    """One edition on one empty forum."""

    stage: Stage
    url: str
    posts: int
    publications: Publications = field(default_factory=MemoryPublications)
    timeout_seconds: float = _PATIENT

    def run(self, boundaries: Boundaries | None = None) -> PublicationState:
        """One run of the workflow; sleeping moves the forum's clock."""
        passed = boundaries or Boundaries()
        client = open_client(
            self.url, self.stage.key, timeout_seconds=self.timeout_seconds, boundaries=passed
        )
        desk = Desk(
            passed.around(client),
            passed.around(self.publications),
            NOW,
            step_at_once,
            self.stage.clock.advance,
        )
        return publish(desk, a_job(an_edition(self.posts))).publication.state

    def finish(self) -> None:
        """Run until all is published, as a schedule would, with moderators who approve."""
        for _ in range(_MAX_RUNS):
            try:
                state = self.run()
            except Unavailable as error:
                self.stage.clock.advance(max(_LATER, error.retry_after or 0))
                continue
            if state is PublicationState.PUBLISHED:
                return
            for pending in self.stage.forum.pending():
                self.stage.forum.approve(pending.pending_id)

    def find_problems(self) -> list[str]:
        """What is wrong on the forum; empty where all is as it should be."""
        self.stage.drain()
        self.stage.forum.faults.clear()
        topics = self.stage.forum.topics()
        own = [topic for topic in topics if topic.author == "jubo" and not topic.deleted]
        if not own:
            return ["missing topics: 1"]
        problems = [f"duplicate topics: {len(own) - 1}"] if len(own) > 1 else []
        if self.stage.forum.pending():
            problems.append("left in the queue: 1")
        return problems + list(self._compare(own[0]))

    def _compare(self, topic: TopicView) -> Iterator[str]:
        digest = an_edition(self.posts)
        own = [post for post in topic.posts if post.author == "jubo" and not post.deleted]
        markers = [find_marker(post.raw) for post in own]
        numbers = [marker.number if marker else 0 for marker in markers]
        if missing := set(range(1, self.posts + 1)) - set(numbers):
            yield f"missing replies: {sorted(missing)}"
        if len(set(numbers)) < len(numbers):
            yield f"repeated replies: {numbers}"
        found = dict(zip(numbers, own, strict=True))
        paths = {number: f"/t/-/{topic.topic_id}/{post.number}" for number, post in found.items()}
        picture = self._picture() if digest.picture else None
        for post in digest.posts:
            wanted = normalise_raw(fill(post.raw, paths, picture=picture))
            if post.number in found and found[post.number].raw != wanted:
                yield f"differing texts: post {post.number}"

    def _picture(self) -> str:
        """The picture's address: the same bytes have one (contract 9)."""
        client = open_client(
            self.url, self.stage.key, timeout_seconds=_PATIENT, boundaries=Boundaries()
        )
        return client.upload_image(filename="again.png", content=a_picture())


def run_faults(stage: Stage, url: str, tally: Tally, posts: int, kinds: Sequence[Fault]) -> None:
    """Every call of an edition in turn meets every one of the faults."""
    stage.renew()
    Trial(stage, url, posts).finish()
    calls = len(stage.forum.faults.calls)
    for nth, kind in product(range(1, calls + 1), kinds):
        stalls = kind.kind is FaultKind.STALL
        stage.renew(helpful=stalls)
        stage.forum.faults.add(
            Fault(kind.kind, nth=nth, committed=kind.committed, seconds=kind.seconds)
        )
        trial = Trial(stage, url, posts, timeout_seconds=_SHORT_TIMEOUT if stalls else _PATIENT)
        trial.finish()
        when = " after commit" if kind.committed else ""
        tally.injected[f"{kind.kind}{when}"] += 1
        tally.note(f"{posts} posts, call {nth}, {kind.kind}{when}", trial.find_problems())


def all_faults() -> list[Fault]:
    """Every fault of the switchboard, and after the commit those that can come then."""
    before = [Fault(kind, seconds=_seconds(kind)) for kind in FaultKind]
    return before + [Fault(kind, committed=True, seconds=_seconds(kind)) for kind in AFTER_COMMIT]


def _seconds(kind: FaultKind) -> float:
    return _STALL_SECONDS if kind is FaultKind.STALL else 30


def run_stops(stage: Stage, url: str, tally: Tally, posts: int, step: int = 1) -> None:
    """The run ends at every boundary (or every ``step``-th), with and without its database."""
    for at, forgetting in product(range(1, _count_boundaries(stage, url, posts) + 1, step), (0, 1)):
        stage.renew()
        trial = Trial(stage, url, posts)
        try:
            trial.run(Boundaries(at))
        except Stop:
            tally.injected["stop" + ", database deleted" * forgetting] += 1
        if forgetting:
            trial.publications = MemoryPublications()
        stage.clock.advance(_LATER)
        trial.finish()
        lost = ", database deleted" * forgetting
        tally.note(f"{posts} posts, stop {at}{lost}", trial.find_problems())


def _count_boundaries(stage: Stage, url: str, posts: int) -> int:
    stage.renew()
    boundaries = Boundaries()
    Trial(stage, url, posts).run(boundaries)
    return boundaries.count


@dataclass(frozen=True, slots=True)
class Kill:
    """Where a process is killed: at a boundary, or in a request before or after its commit."""

    posts: int
    place: str
    nth: int
    forgetting: bool


def choose_kills(
    stage: Stage, url: str, count: int, rng: random.Random, sizes: Sequence[int]
) -> list[Kill]:
    """So many different places over all editions, by chance."""
    places: list[Kill] = []
    for posts, forgetting in product(sizes, (False, True)):
        boundaries = _count_boundaries(stage, url, posts)
        places += [Kill(posts, "boundary", n, forgetting) for n in range(1, boundaries + 1)]
        requests = range(1, stage.requests + 1)
        places += [
            Kill(posts, place, n, forgetting) for place in ("before", "after") for n in requests
        ]
    return rng.sample(places, min(count, len(places)))


def run_kills(
    stage: Stage, url: str, tally: Tally, victims: Victims, kills: Sequence[Kill]
) -> None:
    """A process is killed; another one, with the same database or an empty one, takes over."""
    with tempfile.TemporaryDirectory() as folder:
        for number, kill in enumerate(kills):
            file = Path(folder) / f"{number}.sqlite"
            _kill(stage, url, victims, kill, f"sqlite:///{file}")
            tally.injected[f"SIGKILL, {kill.place}" + ", deleted" * kill.forgetting] += 1
            stage.clock.advance(_LATER)
            again = file.with_suffix(".empty") if kill.forgetting else file
            with closing(open_database(f"sqlite:///{again}", lambda: NOW)) as database:
                trial = Trial(stage, url, kill.posts, StoredPublications(database, "example"))
                trial.finish()
                tally.note(str(kill), trial.find_problems())


def _kill(stage: Stage, url: str, victims: Victims, kill: Kill, database: str) -> None:
    stage.renew()
    boundary = kill.nth if kill.place == "boundary" else None
    process = victims.start(Order(url, stage.key, database, kill.posts, boundary))
    if kill.place != "boundary":
        stage.kill = (kill.nth, kill.place, process)
    ended = victims.release()
    if ended != -9:
        raise AssertionError(f"{kill} did not kill: the process ended with {ended}")
    stage.kill = None


def main(arguments: Sequence[str] = ()) -> int:
    """Run the whole campaign; 0 where nothing went wrong and at least 1,000 failures came."""
    parser = argparse.ArgumentParser(prog="campaign")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--kills", type=int, default=120)
    options = parser.parse_args(arguments)
    print(f"seed {options.seed}", flush=True)
    tally, started = Tally(), time.monotonic()
    with open_stage() as (stage, url), open_victims() as victims:
        for posts in (1, 2, 3, 4):
            run_faults(stage, url, tally, posts, all_faults())
            run_stops(stage, url, tally, posts)
        rng = random.Random(options.seed)
        run_kills(
            stage, url, tally, victims, choose_kills(stage, url, options.kills, rng, (1, 2, 3, 4))
        )
    print(tally.render())
    print(f"seconds {time.monotonic() - started:.0f}")
    return 0 if not tally.wrong and tally.injected.total() >= 1000 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
