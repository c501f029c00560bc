"""The adapter: what it sends, and what it makes of answers that are not success."""

from __future__ import annotations

import json
import socket
import traceback
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs

import pytest
from starlette.responses import Response

from bot.errors import Rejected, ServiceError, Unavailable
from bot.forum.discourse import Discourse
from bot.model.topic import ForumPost
from bot.planning.answers import Outcome
from bot.sandbox.forum import EmbeddedForum, Fault, FaultKind, ManualClock, open_forum, serve_forum
from tests.digests import EXTERNAL_ID, TITLE, a_digest
from tests.forum.scripted import Scripted, a_reply, open_scripted

RAW = a_digest().posts[0].raw


@pytest.fixture
def scripted() -> Iterator[tuple[Scripted, Discourse]]:
    with open_scripted() as pair:
        yield pair


def create(forum: Discourse, **changes: Any) -> Any:
    values = {"title": TITLE, "raw": RAW, "category": 2, "tags": ["paper"]}
    return forum.create_topic(**{**values, "external_id": EXTERNAL_ID, **changes})


def refused_with(scripted: tuple[Scripted, Discourse], reply: Response) -> ServiceError:
    script, forum = scripted
    script.answers = {
        "/posts.json": reply,
        "/site.json": a_reply(200, {"top_tags": []}),
    }
    with pytest.raises(ServiceError) as caught:
        create(forum)
    assert caught.value.service == "discourse"
    assert "\n" not in str(caught.value)
    assert EXTERNAL_ID in str(caught.value)
    assert "the-key" not in "".join(traceback.format_exception(caught.value))
    return caught.value


def shape_d(*errors: str) -> Response:
    return a_reply(422, {"action": "create_post", "errors": list(errors)})


REFUSALS = [
    (shape_d("Title is too short (minimum is 15 characters)"), Outcome.TITLE_REFUSED, ("title",)),
    (shape_d("Title has already been used"), Outcome.TITLE_TAKEN, ("title",)),
    (
        shape_d("Title has already been used", "External has already been taken"),
        Outcome.EXTERNAL_ID_TAKEN,
        ("external_id", "title"),
    ),
    (shape_d("External 은(는) 이미 쓰이고 있습니다"), Outcome.EXTERNAL_ID_TAKEN, ("external_id",)),
    (shape_d("제목은 이미 쓰이고 있습니다"), Outcome.TITLE_TAKEN, ("title",)),
    (
        shape_d("Body is limited to 32000 characters; you entered 32001."),
        Outcome.BODY_REFUSED,
        ("body",),
    ),
    (shape_d("Body is too similar to what you recently posted"), Outcome.TOO_SIMILAR, ("body",)),
    (shape_d("Category can't be blank"), Outcome.CATEGORY_REFUSED, ("category",)),
    (
        shape_d("None of the chosen tags can be used in this category."),
        Outcome.TAGS_REFUSED,
        ("tags",),
    ),
    (
        shape_d("Something has gone wrong. Perhaps this topic was closed or deleted while you…"),
        Outcome.TOPIC_CLOSED,
        ("topic",),
    ),
    (shape_d("Sorry, you can only mention 10 users in a post."), Outcome.BODY_REFUSED, ("body",)),
    (shape_d("Beware of the leopard."), Outcome.REFUSED, ()),
    (a_reply(422, {"failed": "FAILED", "message": "No."}), Outcome.REFUSED, ()),
    (a_reply(400, {"errors": ["invalid parameters: category"]}), Outcome.BAD_REQUEST, ()),
    (a_reply(403, {"error_type": "invalid_access", "errors": ["No."]}), Outcome.FORBIDDEN, ()),
    (a_reply(413, b"<html>413</html>", kind="text/html"), Outcome.TOO_LARGE, ()),
    (a_reply(200, {"action": "enqueued", "errors": ["Title is bad"]}), Outcome.NOT_JSON, ()),
]


@pytest.mark.parametrize(("reply", "code", "fields"), REFUSALS)
def test_a_refusal_names_its_kind_and_field(
    scripted: tuple[Scripted, Discourse], reply: Response, code: Outcome, fields: tuple[str, ...]
) -> None:
    error = refused_with(scripted, reply)
    assert (error.code, error.fields) == (code, fields)


def test_a_refusal_reads_as_one_line_with_the_next_step(
    scripted: tuple[Scripted, Discourse],
) -> None:
    error = refused_with(scripted, shape_d("Title is too\nshort (minimum is 15 characters)."))
    assert str(error) == (
        "discourse: 422 for jubo-dair-2024-01-29-ko: Title is too short (minimum is 15"
        " characters); change the language's title pattern"
    )


LIMITED = {"errors": ["Slow down."], "error_type": "rate_limit", "extras": {"wait_seconds": 12}}
OUTAGES: list[tuple[Response, Outcome, bool, float | None]] = [
    (a_reply(429, LIMITED, retry_after="13"), Outcome.RATE_LIMIT, False, 13),
    (a_reply(429, LIMITED), Outcome.RATE_LIMIT, False, 12),
    (a_reply(429, {"errors": ["Slow down."]}), Outcome.RATE_LIMIT, False, None),
    (a_reply(429, {"extras": {"wait_seconds": "soon"}}), Outcome.RATE_LIMIT, False, None),
    (
        a_reply(429, b"Slow down.\n", kind="text/plain", retry_after="8"),
        Outcome.RATE_LIMIT,
        False,
        8,
    ),
    (a_reply(429, b"<html>", kind="text/html"), Outcome.RATE_LIMIT, False, None),
    (a_reply(503, {"error_type": "read_only"}), Outcome.READ_ONLY, False, None),
    (a_reply(503, b"high load", kind="text/plain"), Outcome.OVERLOAD, False, None),
    (a_reply(503, b"<html>", kind="text/html"), Outcome.SERVER_ERROR, True, None),
    (a_reply(502, b"<html>", kind="text/html"), Outcome.SERVER_ERROR, True, None),
    (a_reply(500, {"status": 500}), Outcome.SERVER_ERROR, True, None),
    (a_reply(200, b"<html>log in", kind="text/html"), Outcome.NOT_JSON, True, None),
    (a_reply(200, b"{", kind="application/json"), Outcome.NOT_JSON, True, None),
    (a_reply(200, b"[" * 100_000, kind="application/json"), Outcome.NOT_JSON, True, None),
    (a_reply(200, b""), Outcome.NOT_JSON, True, None),
    (a_reply(200, {"post": {"id": "one"}}), Outcome.NOT_JSON, True, None),
    (a_reply(302, b"", location="https://login.example.org"), Outcome.NOT_JSON, True, None),
    (a_reply(404, b"<html>nginx", kind="text/html"), Outcome.NOT_JSON, True, None),
]


@pytest.mark.parametrize(("reply", "code", "ambiguous", "wait"), OUTAGES)
def test_an_answer_that_is_none_says_whether_it_may_have_been_done(
    scripted: tuple[Scripted, Discourse],
    reply: Response,
    code: Outcome,
    ambiguous: bool,
    wait: float | None,
) -> None:
    error = refused_with(scripted, reply)
    assert isinstance(error, Unavailable)
    assert (error.code, error.ambiguous, error.retry_after) == (code, ambiguous, wait)


def test_a_proxys_404_is_no_deleted_topic(scripted: tuple[Scripted, Discourse]) -> None:
    """A maintenance page must not make jubo believe that somebody deleted the topic."""
    script, forum = scripted
    page = a_reply(404, b"<html>back soon</html>", kind="text/html")
    script.answers = {"/t/7.json": page, f"/t/external_id/{EXTERNAL_ID}.json": page}
    with pytest.raises(Unavailable) as reading:
        forum.fetch_topic(7)
    with pytest.raises(Unavailable) as looking:
        forum.find_topic_by_external_id(EXTERNAL_ID)
    assert not reading.value.ambiguous
    assert not looking.value.ambiguous


def test_the_look_up_reads_only_the_number_from_the_redirect(
    scripted: tuple[Scripted, Discourse],
) -> None:
    """Contract 4: scheme and host of Location are whatever a proxy made of them."""
    script, forum = scripted
    script.answers = {
        f"/t/external_id/{EXTERNAL_ID}.json": a_reply(
            301, b"", location="http://inside.example.org:3000/t/some-slug/31.json"
        ),
        "/t/31.json": a_reply(200, a_topic(31)),
    }
    topic = forum.find_topic_by_external_id(EXTERNAL_ID)
    assert topic is not None
    assert topic.topic_id == 31


def a_topic(number: int) -> dict[str, Any]:
    post = {
        "id": 5, "topic_id": number, "post_number": 1, "username": "jubo", "raw": RAW,
        "version": 1, "post_type": 1,
    }  # fmt: skip
    note = {"id": 6, "topic_id": number, "post_number": 2, "username": "system", "post_type": 3}
    return {
        "id": number,
        "title": TITLE,
        "tags": ["paper"],
        "post_stream": {"posts": [post, note], "stream": [5, 6]},
        "details": {"created_by": {"username": "jubo"}},
    }


def test_a_request_says_who_asks_and_what_form_it_wants(
    scripted: tuple[Scripted, Discourse],
) -> None:
    script, forum = scripted
    script.answers = {"/t/31.json": a_reply(200, a_topic(31))}
    forum.fetch_topic(31)
    _, _, headers, _ = script.asked[0]
    assert headers["api-key"] == "the-key"
    assert headers["api-username"] == "jubo"
    assert headers["accept"] == "application/json"


@pytest.mark.parametrize(
    ("known", "sent"),
    [(["paper"], ["paper"]), ([{"id": 4, "name": "paper"}], [{"name": "paper", "id": 4}])],
)
def test_tags_are_sent_as_the_forum_gives_them(
    scripted: tuple[Scripted, Discourse], known: list[Any], sent: list[Any]
) -> None:
    script, forum = scripted
    post = {"id": 5, "topic_id": 31, "post_number": 1, "username": "jubo", "raw": RAW}
    script.answers = {
        "/site.json": a_reply(200, {"top_tags": known}),
        "/posts.json": a_reply(200, {"action": "create_post", "success": True, "post": post}),
    }
    create(forum)
    body = json.loads(script.asked[-1][3])
    assert body["tags"] == sent
    assert (body["nested_post"], body["auto_track"]) == ("true", "false")


def test_switches_are_lower_case_words(scripted: tuple[Scripted, Discourse]) -> None:
    """Contract 0.3: Python's True, form-encoded, means the opposite."""
    script, forum = scripted
    post = {"id": 5, "topic_id": 31, "post_number": 1, "username": "jubo", "raw": RAW}
    script.answers = {
        "/posts/5.json": a_reply(200, {"post": post}),
        "/t/31/status.json": a_reply(200, {"success": "OK"}),
    }
    forum.edit_post(post_id=5, raw=RAW, original="old", reason="jubo: why", bypass_bump=True)
    forum.set_visible(topic_id=31, visible=True)
    edit, status = (parse_qs(body.decode()) for _, _, _, body in script.asked)
    assert edit["bypass_bump"] == ["true"]
    assert edit["post[original_text]"] == ["old"]
    assert status["enabled"] == ["true"]


def test_limits_have_safe_defaults_where_the_key_may_not_look(
    scripted: tuple[Scripted, Discourse],
) -> None:
    script, forum = scripted
    forbidden = a_reply(403, {"error_type": "invalid_access"})
    script.answers = dict.fromkeys(
        ("/site.json", "/site/settings.json", "/session/current.json"), forbidden
    )
    limits = forum.fetch_limits()
    assert (limits.max_post_length, limits.math, limits.staff) == (32_000, False, False)


def test_an_answer_without_end_is_given_up() -> None:
    with open_scripted(max_megabytes=0.1) as (script, forum):
        script.answers = {"/t/31.json": a_reply(200, b" " * 200_000)}
        with pytest.raises(Unavailable) as caught:
            forum.fetch_topic(31)
    assert caught.value.code == Outcome.LOST


def test_a_forum_that_is_not_there_did_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    forum = Discourse(f"http://127.0.0.1:{port}", "jubo", "the-key", pace=lambda: None)
    with pytest.raises(Unavailable) as caught:
        forum.create_reply(topic_id=1, raw=RAW)
    assert (caught.value.code, caught.value.ambiguous) == (Outcome.NOT_SENT, False)


@pytest.fixture
def embedded() -> Iterator[tuple[EmbeddedForum, str]]:
    forum = open_forum(clock=ManualClock())
    with serve_forum(forum) as url:
        yield forum, url
    forum.close()


def connect(forum: EmbeddedForum, url: str, **options: Any) -> Discourse:
    return Discourse(url, "jubo", forum.add_key(), pace=lambda: None, **options)


@pytest.mark.parametrize("kind", [FaultKind.DROP, FaultKind.STALL])
def test_a_lost_answer_to_a_creation_is_ambiguous(
    embedded: tuple[EmbeddedForum, str], kind: FaultKind
) -> None:
    hand, url = embedded
    hand.faults.add(Fault(kind, "POST", committed=True, seconds=0.5))
    with pytest.raises(Unavailable) as caught:
        create(connect(hand, url, timeout_seconds=0.25))
    assert (caught.value.code, caught.value.ambiguous) == (Outcome.LOST, True)
    assert len(hand.topics()) == 1


def test_a_long_topic_is_read_with_all_its_replies(embedded: tuple[EmbeddedForum, str]) -> None:
    """The forum shows 20 posts at once; ours may be behind readers' replies."""
    hand, url = embedded
    forum = connect(hand, url)
    topic_id = create(forum).topic_id
    for number in range(45):
        hand.write_reply(topic_id, f"{number}번째 댓글입니다. 잘 읽었습니다.")
    reply = forum.create_reply(topic_id=topic_id, raw=a_digest(2).posts[1].raw)
    topic = forum.fetch_topic(topic_id)
    assert topic is not None
    assert isinstance(reply, ForumPost)
    assert [post.number for post in topic.posts] == list(range(1, 48))
    assert topic.posts[-1].post_id == reply.post_id


@pytest.mark.parametrize("objects", [True, False])
def test_both_forms_of_tags_arrive(embedded: tuple[EmbeddedForum, str], objects: bool) -> None:
    hand, url = embedded
    hand.configure(tag_objects=objects)
    forum = connect(hand, url)
    assert forum.fetch_limits().tag_objects is objects
    create(forum, tags=["paper", "weekly"])
    assert set(hand.topics()[0].tags) == {"paper", "weekly"}


@pytest.mark.parametrize("external_id", ["", "Upper", "a.b", "a" * 51, "a\n"])
def test_an_id_that_the_forum_would_refuse_is_never_sent(
    scripted: tuple[Scripted, Discourse], external_id: str
) -> None:
    """So that whatever the forum says about the id, in any language, means it is taken."""
    script, forum = scripted
    with pytest.raises(ValueError, match="no external id"):
        create(forum, external_id=external_id)
    assert script.asked == []


def test_a_list_of_another_shape_is_no_answer(scripted: tuple[Scripted, Discourse]) -> None:
    script, forum = scripted
    script.answers = {"/latest.json": a_reply(200, {"topic_list": ["what"]})}
    with pytest.raises(Unavailable, match="not the forum's"):
        forum.find_category_topics(2, date(2024, 1, 26))


def test_limits_are_the_forums_own(embedded: tuple[EmbeddedForum, str]) -> None:
    hand, url = embedded
    hand.configure(max_post_length=50_000, math=True, max_tags_per_topic=3)
    hand.set_user("jubo", moderator=True)
    limits = connect(hand, url).fetch_limits()
    assert (limits.max_post_length, limits.max_tags) == (50_000, 3)
    assert (limits.math, limits.staff, limits.tagging) == (True, True, True)


def test_a_user_without_rights_is_refused_with_the_cure(
    embedded: tuple[EmbeddedForum, str],
) -> None:
    hand, url = embedded
    hand.set_user("jubo", silenced=True)
    with pytest.raises(Rejected, match="silence or suspension"):
        create(connect(hand, url))
