"""What a change upstream does to a topic that stands, while services come and go."""

from __future__ import annotations

from bot.sandbox.pages import SourceSite, site_app
from bot.sandbox.server import serve
from bot.sandbox.week import KEY, PAGES
from tests.hands.conftest import Hands

OLD, NEW = "are trained on the outputs of", "are trained with smaller batches on the outputs of"
AWAY = "http://127.0.0.1:9/v1"


def test_an_update_that_met_an_absent_service_is_written_by_the_next_check(hands: Hands) -> None:
    hands.config["policy"] |= {"apply_small_updates": True, "small_update_characters": 400}
    site = SourceSite()
    site.add_folder(PAGES)
    page = next(name for name in site.files if name.endswith("2026.md"))
    model = hands.config["model"]["base_url"]
    with serve(site_app(site)) as url:
        hands.config["sources"]["pages"] = f"{url}/pages"
        assert hands.jubo("check").status == 0
        before = hands.posts()[0].raw
        site.files[page] = site.files[page].replace(OLD, NEW, 1)
        hands.config["model"]["base_url"] = AWAY
        said = hands.jubo("check", "--json")
        assert (said.status, [one["action"] for one in said.json["actions"]]) == (75, ["later"])
        assert hands.posts()[0].raw == before
        (waiting,) = hands.jubo("status", "--json").json["waiting"]
        assert (waiting["key"], "127.0.0.1:9" in waiting["reason"]) == (KEY, True)
        assert hands.jubo("approve", KEY).status == 75  # a moderator tries it in vain, too
        hands.config["model"]["base_url"] = model
        said = hands.jubo("check", "--json")
        assert (said.status, [one["action"] for one in said.json["actions"]]) == (0, ["updated"])
        assert "smaller batches" in hands.posts()[0].raw
        said = hands.jubo("check", "--json")
        assert (said.status, said.json["actions"]) == (0, [])
        assert hands.jubo("status", "--json").json["waiting"] == []
