"""A dry run prints the plan that a real run then carries out."""

from __future__ import annotations

from bot.sandbox.week import KEY
from tests.hands.conftest import Hands


def compare(hands: Hands) -> list[str]:
    """The actions of a dry run, which the real run after it must have carried out."""
    before = hands.forum.topics()
    planned = hands.jubo("publish", KEY, "--dry-run", "--json").json["actions"]
    assert hands.forum.topics() == before
    done = hands.jubo("publish", KEY, "--json").json["actions"]
    shown = [(one["action"], one["target"]) for one in planned]
    assert [(one["action"], one["target"]) for one in done] == shown
    return [action for action, _ in shown]


def test_on_a_fresh_forum(hands: Hands) -> None:
    hands.forum.configure(max_post_length=16_000)
    actions = compare(hands)
    assert actions[:2] == ["create_topic", "create_reply"]
    assert actions[-1] == "edit_post"
    assert compare(hands) == ["nothing"]


def test_on_a_half_published_one(hands: Hands) -> None:
    """The first post stands, the replies do not."""
    hands.jubo("publish", KEY)
    hands.forum.configure(max_post_length=16_000)
    actions = compare(hands)
    assert actions[0] == "create_reply"
    assert "edit_post" in actions


def test_with_a_reply_deleted_on_the_forum(hands: Hands) -> None:
    hands.forum.configure(max_post_length=16_000)
    hands.jubo("publish", KEY)
    hands.forum.delete_post(hands.posts()[-1].post_id)
    assert "nothing" in compare(hands)


def test_on_an_edited_one(hands: Hands) -> None:
    hands.jubo("publish", KEY)
    post = hands.posts()[0]
    hands.forum.edit(post.post_id, post.raw + "\n\n덧붙인 글입니다.")
    assert "nothing" in compare(hands)
    hands.jubo("correct", KEY, "3/title/0", "s1: 테스트 타임 스케일링을 단순하게")
    assert compare(hands)[-1] == "hold"
    hands.forum.edit(post.post_id, post.raw)
    assert set(compare(hands)) == {"edit_post"}


def test_a_dry_run_tells_what_the_edition_was_expected_to_cost(hands: Hands) -> None:
    """An upper estimate of every call it took: nothing had to be repaired."""
    plan = hands.jubo("publish", KEY, "--dry-run", "--json").json
    expected, spent = plan["estimate"], plan["usage"]
    assert 0 < expected["requests"] <= spent["requests"]
    assert expected["cost_usd"] > 0
    said = hands.jubo("publish", KEY, "--dry-run").out
    assert f"${expected['cost_usd']:.4f} expected, ${spent['cost_usd']:.4f} spent" in said


def test_status_tells_what_the_newest_editions_cost_and_how_old_the_prices_are(
    hands: Hands,
) -> None:
    built = hands.jubo("publish", KEY, "--dry-run", "--json").json
    hands.config["model"]["prices"] = {"as_of": "2024-01-31"}
    found = hands.jubo("status", "--json").json
    (edition,) = found["editions"]
    assert (edition["key"], edition["language"], edition["revision"]) == (KEY, "ko", 1)
    assert (edition["estimate"], edition["usage"]) == (built["estimate"], built["usage"])
    assert found["spend"]["prices_as_of"] == "2024-01-31"
    said = hands.jubo("status").out
    assert f"${built['usage']['cost_usd']:.4f} spent" in said
    assert "prices of 2024-01-31, which are old" in said


def test_an_edition_that_the_cap_cannot_bear_is_held_before_its_first_call(hands: Hands) -> None:
    """Half of it would be paid for in vain."""
    hands.config["model"]["budget"] = {"edition_usd": 0.02}
    said = hands.jubo("publish", KEY, "--dry-run")
    assert "would pass the cap of $0.02" in said.error
    assert hands.jubo("status", "--json").json["spend"]["requests"] == 0
    hands.config["model"]["budget"] = {"edition_usd": 2}
    assert hands.jubo("publish", KEY, "--dry-run").status == 0
