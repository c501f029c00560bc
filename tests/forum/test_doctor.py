"""Doctor: each line says what is, and what to do; nothing is ever posted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from bot.forum.discourse import Discourse
from bot.forum.doctor import check_forum
from bot.model.health import Line, Status
from bot.sandbox.forum import (
    Category,
    EmbeddedForum,
    Fault,
    FaultKind,
    ForumSettings,
    ManualClock,
    open_forum,
    serve_forum,
)
from tests.forum.scripted import a_reply, open_scripted


class Clinic:
    """An embedded forum and what doctor says of it."""

    def __init__(self, hand: EmbeddedForum, url: str) -> None:
        self.hand = hand
        self.url = url

    def check(
        self,
        *,
        scopes: Mapping[str, None] | None = None,
        username: str = "jubo",
        key: str | None = None,
        category: int | None = 2,
        tags: tuple[str, ...] = ("paper", "weekly"),
        math: bool = False,
        picture: bool = True,
    ) -> list[Line]:
        secret = key or self.hand.add_key(scopes=scopes)
        forum = Discourse(self.url, username, secret, pace=lambda: None)
        lines = check_forum(
            forum, category=category, tags=tags, wants_math=math, wants_picture=picture
        )
        assert self.hand.topics() == ()
        assert self.hand.pending() == ()
        assert all(line.cure for line in lines if line.status is not Status.PASS)
        return lines


@pytest.fixture
def clinic() -> Iterator[Clinic]:
    closed = Category(4, "승인", "approval", approval=True, required_tags=3)
    settings = ForumSettings(categories=(*ForumSettings().categories, closed))
    hand = open_forum(settings=settings, clock=ManualClock())
    with serve_forum(hand) as url:
        yield Clinic(hand, url)
    hand.close()


def said(lines: list[Line], status: Status, words: str) -> bool:
    return any(line.status is status and words in f"{line.what} {line.cure}" for line in lines)


def test_a_trusted_user_with_a_full_key_passes_everything(clinic: Clinic) -> None:
    clinic.hand.set_user("jubo", trust_level=4)
    assert {line.status for line in clinic.check()} == {Status.PASS}


def test_each_feature_names_the_least_that_suffices(clinic: Clinic) -> None:
    lines = clinic.check()
    assert said(lines, Status.PASS, "publish: key and user suffice")
    assert said(lines, Status.WARN, "edit later: trust level 1 is too low needs scope posts:edit")
    assert said(lines, Status.WARN, "unlist: trust level 1 is too low needs scope topics:status")


def test_a_forum_that_takes_no_png_is_named_with_its_setting(clinic: Clinic) -> None:
    words = "setting authorized_extensions lacks png: pictures are refused add png"
    assert not said(clinic.check(), Status.WARN, words)
    clinic.hand.configure(authorized_extensions=("jpg", "jpeg"))
    assert said(clinic.check(), Status.WARN, words)
    assert not said(clinic.check(picture=False), Status.WARN, words)
    assert not said(clinic.check(scopes={"uploads:create": None}), Status.WARN, words)


def test_a_moderator_may_unlist(clinic: Clinic) -> None:
    clinic.hand.set_user("jubo", trust_level=1, moderator=True)
    assert said(clinic.check(), Status.PASS, "unlist: key and user suffice")


def test_a_key_for_writing_only_cannot_find_again_what_it_wrote(clinic: Clinic) -> None:
    lines = clinic.check(scopes={"topics:write": None})
    assert said(lines, Status.FAIL, "add the scope topics:read or global:read")
    assert said(lines, Status.WARN, "limits; 32000 characters")
    assert said(lines, Status.PASS, "publish: key and user suffice")
    assert said(lines, Status.WARN, "edit later: the key's scopes do not cover it")


def test_an_older_forum_has_no_look_up_in_topics_read(clinic: Clinic) -> None:
    clinic.hand.configure(lookup_in_topics_read=False)
    lines = clinic.check(scopes={"topics:write": None, "topics:read": None})
    assert said(lines, Status.FAIL, "own topics cannot be found again")


@pytest.mark.parametrize("change", ["key", "user"])
def test_a_wrong_key_or_user_is_one_of_several_causes(clinic: Clinic, change: str) -> None:
    """Contract 1.2: the forum answers all of them alike."""
    lines = clinic.check(key="wrong") if change == "key" else clinic.check(username="moderator")
    assert said(lines, Status.FAIL, "check key, user name, the addresses")


def test_a_silenced_user_is_told(clinic: Clinic) -> None:
    clinic.hand.set_user("jubo", silenced=True)
    assert said(clinic.check(), Status.FAIL, "may not create topics lift its silence")


def test_a_category_for_staff_only_is_told(clinic: Clinic) -> None:
    assert said(clinic.check(category=3), Status.FAIL, "may not create topics in category 공지")


def test_a_missing_category_is_told(clinic: Clinic) -> None:
    assert said(clinic.check(category=99), Status.WARN, "may not see category 99")
    clinic.hand.configure(allow_uncategorized_topics=False)
    assert said(clinic.check(category=None), Status.FAIL, "set outlets.*.category")


def test_approval_and_required_tags_of_a_category_are_told(clinic: Clinic) -> None:
    lines = clinic.check(category=4)
    assert said(lines, Status.WARN, "wait for the forum's approval")
    assert said(lines, Status.FAIL, "asks for 3 tags")


def test_tags_that_would_be_dropped_are_told(clinic: Clinic) -> None:
    lines = clinic.check(tags=("paper", "Neue Tags"))
    assert said(lines, Status.WARN, "turns tag Neue Tags into neue-tags")
    assert said(lines, Status.WARN, "it is dropped without a word")
    assert said(clinic.check(tags=tuple("abcdef")), Status.FAIL, "takes 5 tags")


def test_a_user_who_may_not_tag_is_told(clinic: Clinic) -> None:
    clinic.hand.configure(trust_to_tag=3)
    assert said(clinic.check(), Status.FAIL, "may not tag topics")
    assert not said(clinic.check(tags=()), Status.FAIL, "may not tag topics")


def test_switched_off_plugins_are_told(clinic: Clinic) -> None:
    clinic.hand.configure(details_enabled=False)
    lines = clinic.check(math=True)
    assert said(lines, Status.FAIL, "formulas are switched off")
    assert said(lines, Status.WARN, "switch details_enabled on")


@pytest.mark.parametrize("path", ["/site/basic-info", "/site/settings", "/tags"])
def test_a_forum_that_fails_under_the_check_is_a_line(clinic: Clinic, path: str) -> None:
    clinic.hand.faults.add(Fault(FaultKind.BAD_GATEWAY, path=path, times=0))
    lines = clinic.check()
    assert any(line.status is Status.FAIL and "502" in line.what for line in lines)


def test_a_key_of_another_user_is_told() -> None:
    """Discourse refuses such a key itself; a proxy that adds credentials may not."""

    with open_scripted() as (script, forum):
        script.answers = {
            "/site/basic-info.json": a_reply(200, {"title": "포럼"}),
            "/session/current.json": a_reply(200, {"current_user": {"username": "somebody"}}),
        }
        lines = check_forum(forum, category=2, tags=())
    assert said(lines, Status.FAIL, "the key acts for somebody set outlets.*.api_username")
