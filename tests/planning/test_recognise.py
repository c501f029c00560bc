"""Which topics and posts are ours, and which days a title speaks of."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.issue import Week
from bot.model.topic import Digest, ForumPost, PendingPost, Topic
from bot.planning.markers import Marker, find_marker, render_marker
from bot.planning.normal import clean_tags, fold_title, normalise_raw
from bot.planning.placeholders import (
    MAX_ADDRESS_LENGTH,
    PICTURE,
    address_placeholder,
    fill,
    post_address,
)
from bot.planning.recognise import (
    choose_candidates,
    find_own_pending,
    find_own_posts,
    find_rivals,
    recognise,
)
from bot.planning.weeks import find_week, is_same_week
from tests.digests import EXTERNAL_ID, TITLE, a_digest


def a_topic(*raws: str, title: str = TITLE, author: str = "jubo", topic_id: int = 1) -> Topic:
    posts = tuple(
        ForumPost(number, topic_id, number, author, raw) for number, raw in enumerate(raws, 1)
    )
    return Topic(topic_id, title, "topic", author, posts)


def raws(digest: Digest) -> list[str]:
    return [post.raw for post in digest.posts]


def test_a_topic_of_ours_is_known_by_its_marker() -> None:
    assert recognise(a_topic(*raws(a_digest(2))), a_digest(2), "Jubo") == "marker"


def test_anothers_topic_with_our_marker_is_not_ours() -> None:
    """Anybody can copy a post with its comment."""
    assert recognise(a_topic(*raws(a_digest()), author="reader"), a_digest(), "jubo") is None


def test_a_reply_of_ours_elsewhere_makes_no_topic_ours() -> None:
    post = ForumPost(7, 3, 4, "jubo", raws(a_digest())[0])
    topic = Topic(3, TITLE, "topic", "reader", (post,))
    assert recognise(topic, a_digest(), "jubo") is None


def test_most_of_the_papers_make_a_topic_the_same() -> None:
    older = a_digest(5, external_id="jubo-older")
    assert recognise(a_topic(*raws(older)), a_digest(5), "jubo") == "papers"
    assert recognise(a_topic(*raws(older)[:3]), a_digest(5), "jubo") is None
    assert recognise(a_topic("논문 없이."), a_digest(5), "jubo") is None


def test_a_posts_place_is_its_markers_not_the_forums() -> None:
    first, second = raws(a_digest(2))
    topic = a_topic(first, "댓글", second)
    assert {n: post.number for n, post in find_own_posts(topic, "jubo").items()} == {1: 1, 2: 3}


def test_a_title_with_the_same_days_is_read_first_and_other_weeks_not_at_all() -> None:
    far = [a_topic(title=f"[2023/0{n}/01 ~ 0{n}/07] 논문", topic_id=n) for n in range(1, 9)]
    same = a_topic(title="[2024/01/28 ~ 02/04] 논문", topic_id=20)
    equal = a_topic(topic_id=21)
    unknown = a_topic(title="이번 주의 논문", topic_id=22)
    chosen = choose_candidates([*far, unknown, same, equal], a_digest())
    assert [topic.topic_id for topic in chosen] == [21, 20, 1, 2, 3, 22]


def test_a_queued_post_without_text_is_known_by_its_title() -> None:
    pending = PendingPost(3, TITLE.upper(), "")
    assert find_own_pending([pending], a_digest()) == pending
    assert find_own_pending([pending], a_digest(2), 2) is None
    assert find_own_pending([PendingPost(3, TITLE, "다른 글")], a_digest()) is None


@pytest.mark.parametrize(
    ("title", "rival"),
    [
        ("[2024/01/29 ~ 02/04] 이번 주의 주요 ML 논문 (Top ML Papers of the Week)", True),
        ("2024.01.29 - 2024.02.04 논문", True),
        ("Top ML Papers (Jan 29 - Feb 4) - 2024", True),
        ("2024년 1월 29일 ~ 2월 4일 주요 논문", True),
        (TITLE.upper(), True),
        ("[2024/02/04 ~ 02/11] 다음 주", False),
        ("[2023/01/29 ~ 02/04] 지난해", False),
        ("논문 읽기 모임 1/29", False),
    ],
)
def test_a_rival_names_the_same_days(title: str, rival: bool) -> None:
    topic = a_topic(title=title, author="reader")
    assert bool(find_rivals([topic], a_digest())) is rival


@pytest.mark.parametrize(
    "title",
    [
        "[2024/13/29 ~ 02/04]",
        "2024/01/29 ~ 2024/03/04",
        "[2024/02/04 ~ 01/29]",
        "",
        "Feb 30 - Mar 2",
    ],
)
def test_what_is_no_week_is_none(title: str) -> None:
    assert find_week(title) is None


def test_a_week_may_cross_new_year_either_way() -> None:
    week = Week(date(2023, 12, 25), date(2024, 1, 1))
    assert find_week("2023/12/25 ~ 01/01") == week
    assert find_week("December 25 - January 1, 2024") == week
    assert find_week("Top AI Papers (December 25 - 31) - 2023") == Week(
        date(2023, 12, 25), date(2023, 12, 31)
    )


def test_neighbouring_weeks_differ() -> None:
    week = Week(date(2024, 1, 29), date(2024, 2, 4))
    assert not is_same_week(week, Week(date(2024, 2, 4), date(2024, 2, 11)))
    assert is_same_week(week, Week(date(2024, 1, 28), date(2024, 2, 5)))


@given(st.text())
def test_any_title_can_be_asked_for_its_week(title: str) -> None:
    week = find_week(title)
    assert week is None or week.first <= week.last


@given(st.from_regex(r"[a-z0-9-]{1,50}", fullmatch=True), st.integers(1, 99), st.integers(1, 99))
def test_a_marker_is_found_as_it_was_written(external_id: str, number: int, total: int) -> None:
    raw = f"글\n\n{render_marker(external_id, number, total)}\r\n더"
    assert find_marker(raw) == Marker(external_id, number, total)


@given(st.text())
def test_the_forum_changes_a_text_once(text: str) -> None:
    once = normalise_raw(text)
    assert normalise_raw(once) == once


def test_what_the_forum_cleans_is_no_difference() -> None:
    assert fold_title("  top  papers!! ") == fold_title("Top papers!")
    assert fold_title("Papers ?") == fold_title("papers?")
    assert clean_tags(["Paper", "C++", "///"]) == {"paper", "c"}


@given(st.integers(1, 999), st.integers(1, 10**12), st.integers(1, 10**6))
def test_an_address_fits_where_its_placeholder_stood(number: int, topic: int, post: int) -> None:
    """A digest that fits the forum's limit with placeholders fits it with addresses."""
    path = post_address("/community", topic, post)
    assert len(path) <= MAX_ADDRESS_LENGTH
    placeholder = address_placeholder(number, "paper-7")
    assert len(fill(placeholder, {number: path})) <= len(placeholder)
    assert len(fill(placeholder, {})) <= len(placeholder)


def test_a_picture_without_address_takes_its_line_along() -> None:
    raw = f"위\n![그림]({PICTURE})\n아래"
    assert fill(raw, {}) == "위\n아래"
    assert fill(raw, {}, picture="upload://a.png") == "위\n![그림](upload://a.png)\n아래"
    assert len(PICTURE) >= len("upload://" + "a" * 27 + ".jpeg")


def test_the_digest_of_tests_is_marked_as_a_real_one() -> None:
    assert find_marker(a_digest(3).posts[1].raw) == Marker(EXTERNAL_ID, 2, 3)
