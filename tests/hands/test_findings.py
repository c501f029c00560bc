"""A critical finding holds whatever would write it, until a moderator lets it pass."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from bot.sandbox.completions import Question, completions
from bot.sandbox.model import read_data
from bot.sandbox.pages import SourceSite, site_app
from bot.sandbox.server import serve
from bot.sandbox.week import KEY, PAGES
from tests.hands.conftest import Hands
from tests.scripted_model import answer

OLD, NEW = "are trained on the outputs of", "are trained with smaller batches on the outputs of"
PING = "@all 이 논문은 새 방법을 제안합니다."


@contextmanager
def pinging(hands: Hands, words: str) -> Iterator[None]:
    """A model that calls everybody where the source has these words."""

    def say(question: Question) -> str:
        text = answer(question)
        if question.schema_name != "translation":
            return text
        reply = json.loads(text)
        sources = {each["id"]: each["source"] for each in read_data(question.user)["segments"]}
        for segment in reply["segments"]:
            if words in sources[segment["id"]]:
                segment["target"] = PING
        return json.dumps(reply, ensure_ascii=False)

    with serve(completions(say)) as url:
        hands.config["model"]["base_url"] = f"{url}/v1"
        yield


def test_publish_holds_a_critical_finding_and_approve_lets_it_pass(hands: Hands) -> None:
    with pinging(hands, OLD):
        for arguments in (["publish", KEY, "--dry-run"], ["publish", KEY]):
            said = hands.jubo(*arguments)
            assert said.status == 1
            assert f"critical finding: {KEY}/1/introduction/4" in said.out
            for step in ("preview", "correct", "redo", "approve"):
                assert f"jubo {step}" in said.out
        assert hands.forum.topics() == ()
        (waiting,) = hands.jubo("status", "--json").json["waiting"]
        assert (waiting["state"], waiting["for"]) == ("review", "moderator")
        assert hands.jubo("check").status == 1
        assert hands.jubo("approve", KEY).status == 0
        said = hands.jubo("publish", KEY)
    assert said.status == 0
    assert "shows the digest as it is" in said.out
    assert PING not in "".join(post.raw for post in hands.posts())


def test_what_was_let_pass_does_not_hold_a_later_revision(hands: Hands) -> None:
    with pinging(hands, OLD):
        hands.jubo("publish", KEY)
        hands.jubo("approve", KEY)
        text = "s1: 테스트 타임 스케일링을 단순하게"
        assert hands.jubo("correct", KEY, "3/title/0", text, "--publish").status == 0
    assert text in hands.posts()[0].raw


def test_a_revision_with_a_new_critical_finding_waits_for_approval(hands: Hands) -> None:
    hands.jubo("publish", KEY)
    before = hands.posts()[0].raw
    with pinging(hands, OLD):
        said = hands.jubo("redo", KEY, "1", "--publish")
        assert said.status == 1
        assert "critical finding" in said.out
        assert hands.posts()[0].raw == before
        assert hands.jubo("approve", KEY).status == 0
    assert hands.posts()[0].raw != before


def test_a_correction_of_what_is_critical_is_enough(hands: Hands) -> None:
    with pinging(hands, OLD):
        hands.jubo("publish", KEY)
        text = "**증류:** 작은 모델을 DeepSeek-R1의 출력으로 학습합니다."
        assert hands.jubo("correct", KEY, "1/introduction/4", text, "--publish").status == 0
    assert hands.topic()


def test_approving_what_was_never_built_passes_nothing_unseen(hands: Hands) -> None:
    hands.config["policy"]["max_age_days"] = 1
    hands.jubo("check")
    with pinging(hands, OLD):
        assert hands.jubo("approve", KEY).status == 1
        assert hands.forum.topics() == ()
        assert hands.jubo("approve", KEY).status == 0


def test_an_automatic_update_with_a_critical_finding_waits_for_a_moderator(hands: Hands) -> None:
    hands.config["policy"] |= {"apply_small_updates": True, "small_update_characters": 400}
    site = SourceSite()
    site.add_folder(PAGES)
    page = next(name for name in site.files if name.endswith("2026.md"))
    with serve(site_app(site)) as url, pinging(hands, "smaller batches"):
        hands.config["sources"]["pages"] = f"{url}/pages"
        assert hands.jubo("check").status == 0
        before = hands.posts()[0].raw
        site.files[page] = site.files[page].replace(OLD, NEW, 1)
        said = hands.jubo("check", "--json")
        assert (said.status, said.json["actions"][0]["action"]) == (1, "held")
        assert hands.posts()[0].raw == before
        (waiting,) = hands.jubo("status", "--json").json["waiting"]
        assert (waiting["key"], waiting["for"]) == (KEY, "moderator")
        assert "critical finding" in waiting["reason"]
        assert hands.jubo("check").status == 0
        assert hands.jubo("approve", KEY).status == 0
        assert "smaller batches" in hands.posts()[0].raw
        assert hands.jubo("status", "--json").json["waiting"] == []
