"""The store keeps what it is given, over restarts, in SQLite and in PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import ConfigError
from bot.model.call import Ending, ModelReply, ModelRequest
from bot.model.edition import Usage
from bot.model.issue import Issue, Paper, Record, Week
from bot.model.memory import MemoryKey, Remembered
from bot.model.publication import Publication, PublicationState
from bot.model.translation import Origin
from bot.planning.budget import Account, Spent
from bot.store.database import Database, open_database
from bot.store.editions import Replies
from bot.store.executors import Executors
from bot.store.issues import Issues, KeptRecords
from bot.store.ledger import StoredLedger
from bot.store.memory import StoredMemory
from bot.store.migrations import STEPS, migrate
from bot.store.notes import Notes
from bot.store.publications import StoredPublications
from bot.store.tables import executors, spend

NOW = datetime(2026, 6, 29, 15, 0, tzinfo=UTC)


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Database]:
    """Both databases, each empty."""
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_server").new_database()
    else:
        url = f"sqlite:///{tmp_path / 'state.sqlite'}"
    database = open_database(url, clock)
    yield database
    database.close()


def an_issue(key: str, *, title: str = "Top AI Papers of the Week") -> Issue:
    first = date.fromisoformat(key)
    week = Week(first, first + timedelta(days=6))
    return Issue(key, week, title, (Paper(1, "OLMo", "An open model."),))


def test_the_newest_form_of_an_issue_is_kept(database: Database) -> None:
    store = Issues(database)
    store.put(an_issue("2026-06-15"))
    store.put(an_issue("2026-06-22"))
    store.put(an_issue("2026-06-15", title="corrected"))
    assert [(issue.key, issue.title) for issue in store.all("dair")] == [
        ("2026-06-22", "Top AI Papers of the Week"),
        ("2026-06-15", "corrected"),
    ]
    assert store.find("dair", "2026-06-15") == an_issue("2026-06-15", title="corrected")
    assert store.find("other", "2026-06-15") is None


def test_records_are_kept_for_a_week(database: Database, clock: Clock) -> None:
    store = KeptRecords(database)
    record = Record("2402.00838", "OLMo", "We …")
    store.put([record])
    assert store.find(["2402.00838", "1706.03762"]) == {"2402.00838": record}
    clock.now += timedelta(days=8)
    assert store.find(["2402.00838"]) == {}


def test_a_reply_belongs_to_exactly_its_request(database: Database) -> None:
    request = ModelRequest("rules", "text", "translation", {"type": "object"}, model="m")
    reply = ModelReply('{"a": 1}', Ending.COMPLETE, "m", 10, 5)
    store = Replies(database)
    store.put(request, reply)
    assert store.find(request) == reply
    assert store.find(ModelRequest("rules", "text", "translation", {}, model="m")) is None


def test_notes_of_different_kinds_do_not_meet(database: Database) -> None:
    Notes(database, "validator").put("a", {"etag": '"1"'})
    Notes(database, "capability").put("a", "json")
    Notes(database, "validator").put("a", {"etag": '"2"'})
    assert Notes(database, "validator").all() == {"a": {"etag": '"2"'}}
    Notes(database, "validator").remove("a")
    assert Notes(database, "validator").get("a") is None
    assert Notes(database, "capability").get("a") == "json"


def test_a_process_is_dead_when_it_is_gone_or_silent(database: Database, clock: Clock) -> None:
    store = Executors(database)
    store.beat("mine")
    database.put(executors, id="gone", host=store._host, pid=2**22 - 1, seen_at=NOW)
    database.put(executors, id="before me", host=store._host, pid=os.getpid(), seen_at=NOW)
    database.put(executors, id="elsewhere", host="other.example.org", pid=1, seen_at=NOW)
    assert sorted(store.find_dead("mine")) == ["before me", "gone"]
    clock.now += timedelta(minutes=2)
    store.beat("mine")
    assert sorted(store.find_dead("mine")) == ["before me", "elsewhere", "gone"]


def test_a_database_of_a_newer_version_is_not_touched(database: Database) -> None:
    migrate(database.engine, (*STEPS, lambda _connection: None))
    with pytest.raises(ValueError, match="newer jubo"):
        migrate(database.engine)


def test_a_failed_step_leaves_the_schema_as_it_was(database: Database) -> None:
    def fail(connection: sa.Connection) -> None:
        connection.execute(sa.text("CREATE TABLE jubo_half (a INTEGER)"))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        migrate(database.engine, (*STEPS, fail))
    assert not sa.inspect(database.engine).has_table("jubo_half")


def test_a_database_that_cannot_be_opened_is_named_without_its_password() -> None:
    url = "postgresql+psycopg://jubo:secret@127.0.0.1:1/jubo?connect_timeout=2"
    with pytest.raises(ConfigError) as caught:
        open_database(url, lambda: NOW)
    assert "127.0.0.1:1/jubo" in str(caught.value)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_ledger_sums_what_is_settled_and_what_is_reserved(database: Database) -> None:
    ledger = StoredLedger(database)
    request = ModelRequest("rules", "text", "translation", {}, model="m", purpose="translate")
    january, february = Account("jubo-a", "2026-01"), Account("jubo-a", "2026-02")
    one = ledger.reserve("one", january, request, Decimal("0.50"))
    two = ledger.reserve("two", february, request, Decimal("0.25"))
    assert ledger.spent(february) == Spent(Decimal("0.75"), Decimal("0.25"))
    ledger.settle(one, Usage(1, 100, 50, 10, Decimal("0.000123")))
    ledger.settle(two, Usage())
    assert ledger.spent(january) == Spent(Decimal("0.000123"), Decimal("0.000123"))
    assert ledger.usage("jubo-a") == Usage(1, 100, 50, 10, Decimal("0.000123"))
    assert ledger.month("2026-02").usage.cost_usd == 0


def test_asking_once_more_takes_no_earlier_call_off_the_ledger(database: Database) -> None:
    """A row that a lost answer or a killed process left may have been billed."""
    request = ModelRequest("rules", "text", "translation", {}, model="m", purpose="translate")
    account = Account("jubo-a", "2026-01")
    made = {
        StoredLedger(database).reserve(about, account, request, Decimal("0.50"))
        for about in ("one", "one", "one", "on_")
    }
    assert len(made) == 4
    assert StoredLedger(database).spent(account) == Spent(Decimal(2), Decimal(2))


def test_a_number_that_another_process_took_is_not_replaced(database: Database) -> None:
    """Between two processes the count is no proof; the insert is."""
    request = ModelRequest("rules", "text", "translation", {}, model="m", purpose="translate")
    account = Account("jubo-a", "2026-01")
    ledger = StoredLedger(database)
    for _ in range(2):
        ledger.reserve("one", account, request, Decimal("0.50"))
    database.execute(sa.delete(spend).where(spend.c.id == "one/1"))
    assert ledger.reserve("one", account, request, Decimal("0.50")) == "one/3"


def test_a_person_s_correction_holds_whatever_a_model_says(database: Database) -> None:
    memory = StoredMemory(database)
    key = MemoryKey("An open model.", "ko", "rules", "terms", "m")
    other_rules = MemoryKey("An open model.", "ko", "new rules", "terms", "m2")
    memory.put({key: Remembered("모델의 말입니다.", Origin.MODEL, "m")})
    assert memory.find([key, other_rules]) == [
        Remembered("모델의 말입니다.", Origin.MODEL, "m"),
        None,
    ]
    memory.put({key: Remembered("사람의 말입니다.", Origin.HUMAN)})
    memory.put({key: Remembered("모델의 새 말입니다.", Origin.MODEL, "m")})
    found = memory.find([key, other_rules])
    assert [one and one.target for one in found] == ["사람의 말입니다."] * 2


def test_every_version_of_a_publication_is_kept_by_outlet(database: Database) -> None:
    store = StoredPublications(database, "kr")
    first = Publication("jubo-dair-2026-06-21-ko", "kr", "2026-06-21", "ko")
    second = replace(first, topic_id=7, state=PublicationState.PUBLISHED)
    store.put(first)
    store.put(second)
    assert store.get(first.external_id) == second
    assert store.history(first.external_id) == (first, second)
    assert store.all() == (second,)
    assert StoredPublications(database, "jp").get(first.external_id) is None
