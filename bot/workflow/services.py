"""What the durable steps work with; set once per process by bot.app, before DBOS launches.

DBOS starts a workflow from its stored arguments, also in another process: steps can only be given
names and keys. They find everything else here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.config import Settings
from bot.model.issue import Issue
from bot.model.progress import Progress, Stage
from bot.planning.budget import Purse
from bot.source.read import SourceRead
from bot.source.validators import Validators
from bot.store.database import Database
from bot.store.editions import Editions, Replies
from bot.store.issues import Issues, KeptRecords
from bot.store.ledger import StoredLedger
from bot.store.memory import StoredMemory
from bot.store.notes import Notes
from bot.store.publications import StoredPublications
from bot.texts.collection import Texts
from bot.workflow.ports import Forum, LanguageModel, Records


@dataclass(frozen=True)
class Services:
    """One process's connections to everything outside, and its clock.

    ``read_sources`` looks at pages and feed, ``open_forum`` gives the Forum of an outlet by name.
    ``sleep`` waits so many seconds.
    ``report`` shows people how far a run is; it must not raise. ``calls`` bounds the model calls
    in flight, ``purse`` what they cost.
    """

    settings: Settings
    database: Database
    clock: Callable[[], datetime]
    sleep: Callable[[float], None]
    model: LanguageModel
    records: Records
    texts: Texts
    read_sources: Callable[[Validators, Sequence[Issue]], SourceRead]
    open_forum: Callable[[str], Forum]
    report: Callable[[Progress], None]
    calls: threading.BoundedSemaphore
    purse: Purse

    @property
    def issues(self) -> Issues:
        """Issues and what is known of them."""
        return Issues(self.database)

    @property
    def kept_records(self) -> KeptRecords:
        """arXiv's answers so far."""
        return KeptRecords(self.database)

    @property
    def editions(self) -> Editions:
        """Finished Editions."""
        return Editions(self.database)

    @property
    def replies(self) -> Replies:
        """Model replies that were paid for."""
        return Replies(self.database)

    @property
    def memory(self) -> StoredMemory:
        """The translation memory."""
        return StoredMemory(self.database)

    @property
    def ledger(self) -> StoredLedger:
        """What was spent."""
        return StoredLedger(self.database)

    def notes(self, kind: str) -> Notes:
        """Small things worth remembering, by kind."""
        return Notes(self.database, kind)

    def publications(self, outlet: str) -> StoredPublications:
        """What stands on an outlet's forum."""
        return StoredPublications(self.database, outlet)

    def tell(self, stage: Stage, text: str, done: int = 0, total: int = 0) -> None:
        """Report progress."""
        self.report(Progress(stage, text, done, total))


_current: list[Services] = []


@contextmanager
def use(services: Services) -> Iterator[None]:
    """Let the steps of this process find ``services``."""
    _current.append(services)
    try:
        yield
    finally:
        _current.remove(services)


def current() -> Services:
    """The services of this process."""
    return _current[-1]
