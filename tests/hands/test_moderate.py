"""What a moderator types, against a real forum."""

from __future__ import annotations

import pytest

from bot.parsing.topics import parse_topic_address
from bot.sandbox.week import KEY
from tests.hands.conftest import Hands


def test_a_held_issue_is_published_once_approved(hands: Hands) -> None:
    hands.config["outlets"]["demo"]["review"] = "approve"
    assert hands.jubo("check").status == 1
    assert hands.forum.topics() == ()
    said = hands.jubo("approve", KEY, "--json")
    assert said.status == 0
    assert said.json == {
        "outlet": "demo",
        "key": KEY,
        "action": "published",
        "reason": said.json["reason"],
        "url": f"{hands.stage.forum_url}/t/{hands.topic().topic_id}",
    }


def test_a_skipped_issue_gets_no_topic_until_it_is_approved(hands: Hands) -> None:
    hands.config["outlets"]["demo"]["review"] = "approve"
    hands.jubo("check")
    said = hands.jubo("skip", KEY)
    assert (said.status, said.out) == (0, f"demo: {KEY}: skipped: skipped by a moderator\n")
    hands.jubo("check")
    assert hands.forum.topics() == ()
    assert hands.jubo("approve", KEY).status == 0
    assert len(hands.forum.topics()) == 1


def test_what_is_not_known_is_one_line(hands: Hands) -> None:
    said = hands.jubo("approve", "1999-01-04")
    assert said.status == 1
    assert "no issue is known as 1999-01-04" in said.error
    hands.jubo("publish", KEY)
    assert "is published" in hands.jubo("skip", KEY).error


def test_an_adopted_topic_is_the_only_one_and_keeps_its_text(hands: Hands) -> None:
    rival = hands.forum.write_topic(
        "[2026/03/30 ~ 04/05] 이번 주 논문", "손으로 쓴 글입니다.", category=2
    )
    held = hands.jubo("publish", KEY)
    assert held.status == 1
    address = f"{hands.stage.forum_url}/t/{rival.topic_id}"
    assert f"jubo adopt KEY {address}" in held.out
    said = hands.jubo(
        "adopt", KEY, f"{hands.stage.forum_url}/t/weekly/{rival.topic_id}/1", "--json"
    )
    assert (said.status, said.json["action"], said.json["url"]) == (0, "adopted", address)
    assert hands.jubo("publish", KEY).status == 0
    (topic,) = hands.forum.topics()
    assert topic.posts[0].raw == "손으로 쓴 글입니다."


def test_only_a_topic_of_this_forum_can_be_adopted(hands: Hands) -> None:
    assert hands.jubo("adopt", KEY, "https://example.org/t/weekly/1").status == 2
    said = hands.jubo("adopt", KEY, f"{hands.stage.forum_url}/t/99")
    assert said.status == 1
    assert "cannot see a topic 99" in said.error


def test_an_unlisted_topic_comes_back(hands: Hands) -> None:
    hands.forum.set_user("jubo", trust_level=4)
    hands.jubo("publish", KEY)
    said = hands.jubo("unlist", KEY, "--json")
    assert (said.status, said.json["action"]) == (0, "unlisted")
    assert not hands.topic().visible
    assert "was unlisted by a moderator" in hands.jubo("publish", KEY).out
    assert hands.jubo("unlist", KEY, "--relist").status == 0
    assert hands.topic().visible
    assert "shows the digest as it is" in hands.jubo("publish", KEY).out


def test_what_was_never_published_cannot_be_unlisted(hands: Hands) -> None:
    said = hands.jubo("unlist", KEY)
    assert (said.status, said.error) == (1, f"{KEY} was never published on demo; see: jubo status")


def test_a_revert_without_an_edit_says_what_else_helps(hands: Hands) -> None:
    hands.jubo("publish", KEY)
    said = hands.jubo("revert", KEY)
    assert said.status == 1
    assert "jubo unlist KEY takes it down" in said.error


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("https://f.example.org/c/t/weekly/12", 12),
        ("https://F.example.org/c/t/12/3", 12),
        ("https://f.example.org/c/t/weekly/12/", 12),
        (" 12 ", 12),
        ("https://f.example.org/t/weekly/12", None),
        ("https://f.example.org/c/u/12", None),
        ("https://f.example.org/c/t/weekly", None),
        ("weekly", None),
    ],
)
def test_addresses_of_topics(address: str, number: int | None) -> None:
    assert parse_topic_address(address, "https://f.example.org/c") == number
