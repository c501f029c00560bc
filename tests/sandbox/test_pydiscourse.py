"""The library that the publishing client stands on, against the embedded forum."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydiscourse import DiscourseClient
from pydiscourse.exceptions import DiscourseClientError, DiscourseError

from bot.sandbox.forum import EmbeddedForum, Fault, FaultKind
from tests.sandbox.forum_client import RAW, TITLE, png

OTHER = "본문도 조금 다르게 써서 같은 글로 보이지 않게 합니다."


@pytest.fixture
def discourse(forum: EmbeddedForum, url: str) -> DiscourseClient:
    return DiscourseClient(url, "jubo", forum.add_key("jubo"), timeout=10)


def test_13_1_a_topic_is_created_read_edited_and_found(
    discourse: DiscourseClient, forum: EmbeddedForum
) -> None:
    post = discourse.create_post(
        RAW, category_id=2, title=TITLE, tags=["weekly"], external_id="jubo-1"
    )
    topic = discourse.topic(post["topic_slug"], post["topic_id"])
    assert topic["title"] == TITLE
    reply = discourse.create_post(OTHER, topic_id=post["topic_id"])
    assert reply["post_number"] == 2
    edited = discourse.update_post(post["id"], RAW + " 고침", edit_reason="고침")
    assert edited["post"]["version"] == 2
    listed = discourse.topics_by("jubo")
    assert [one["id"] for one in listed] == [post["topic_id"]]
    assert forum.topics()[0].tags == ("weekly",)


def test_13_1_the_external_id_look_up_is_an_error_to_it(
    discourse: DiscourseClient,
) -> None:
    discourse.create_post(RAW, category_id=2, title=TITLE, external_id="jubo-1")
    with pytest.raises(DiscourseError):
        discourse._get("/t/external_id/jubo-1.json")


def test_13_1_a_queued_creation_is_a_plain_dictionary(
    discourse: DiscourseClient, forum: EmbeddedForum
) -> None:
    forum.configure(approve_topics=True)
    answer = discourse.create_post(RAW, category_id=2, title=TITLE)
    assert answer["action"] == "enqueued"
    assert "topic_id" not in answer


def test_13_1_a_refusal_carries_the_forums_words(discourse: DiscourseClient) -> None:
    with pytest.raises(DiscourseClientError, match="Title is too short"):
        discourse.create_post(RAW, category_id=2, title="짧다")


def test_13_1_a_rate_limit_without_extras_crashes_it(
    discourse: DiscourseClient, forum: EmbeddedForum
) -> None:
    forum.faults.add(Fault(FaultKind.RATE_LIMITED_BARE))
    with pytest.raises(KeyError):
        discourse.categories()


def test_13_1_a_page_instead_of_json_is_an_error(
    discourse: DiscourseClient, forum: EmbeddedForum
) -> None:
    forum.faults.add(Fault(FaultKind.HTML))
    with pytest.raises(DiscourseError):
        discourse.categories()


def test_13_1_an_empty_answer_is_none(forum: EmbeddedForum, url: str) -> None:
    staff = DiscourseClient(url, "moderator", forum.add_key("moderator"), timeout=10)
    topic = forum.write_topic("독자가 쓴 글의 제목입니다", RAW)
    assert staff.delete_topic(topic.topic_id) is None


def test_13_1_it_uploads_with_the_old_name_of_the_type(
    discourse: DiscourseClient, tmp_path: Path
) -> None:
    file = tmp_path / "chart.png"
    file.write_bytes(png())
    upload = discourse.upload_image(str(file), "composer", "true")
    assert upload["short_url"].startswith("upload://")


def test_13_1_the_site_is_read(discourse: DiscourseClient) -> None:
    assert [one["id"] for one in discourse.categories()] == [1, 2, 3]
    assert discourse.get_site_info()["uncategorized_category_id"] == 1
    assert discourse.about()["about"]["version"]
