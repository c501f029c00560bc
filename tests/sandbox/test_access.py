"""Sections 0 and 1 of the contract: formats, keys, scopes, states of user and site."""

from __future__ import annotations

import httpx
import pytest

from bot.sandbox.forum import EmbeddedForum, ManualClock, RateLimits
from tests.sandbox.forum_client import RAW, TITLE, Client, errors, new_topic

GENERIC = "You are not permitted to view the requested resource."


def test_0_1_a_get_without_json_is_a_page_with_200(client: Client) -> None:
    answer = client.http.get("/site/settings", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/site.json", {"Accept": "*/*"}),
        ("/site", {"Accept": "application/json"}),
        ("/site", {"Accept": "*/*", "X-Requested-With": "XMLHttpRequest"}),
    ],
)
def test_0_1_json_is_asked_for_by_suffix_accept_or_xhr(
    client: Client, path: str, headers: dict[str, str]
) -> None:
    answer = client.http.get(path, headers=headers)
    assert answer.headers["content-type"] == "application/json; charset=utf-8"


def test_0_1_an_error_without_json_format_is_html(client: Client) -> None:
    answer = client.http.post("/posts", json={"raw": ""}, headers={"Accept": "*/*"})
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("text/html")


def test_0_2_json_form_and_multipart_bodies_are_read(client: Client) -> None:
    fields = {"title": TITLE, "raw": RAW, "category": "2", "skip_validations": "true"}
    parts = {name: (None, value) for name, value in fields.items()}
    answers = [
        client.http.post("/posts.json", json=fields | {"title": "one"}),
        client.http.post("/posts.json", data=fields | {"title": "two"}),
        client.http.post("/posts.json", files=parts),
    ]
    assert [answer.json()["raw"] for answer in answers] == [RAW] * 3


def test_0_2_a_body_that_is_no_json_is_400(client: Client) -> None:
    headers = {"Content-Type": "application/json"}
    assert client.http.post("/posts.json", content=b"{", headers=headers).status_code == 400


def test_0_3_pythons_true_is_not_true(client: Client, forum: EmbeddedForum) -> None:
    answer = client.form(title="short", raw=RAW, category="2", skip_validations="True")
    assert answer.status_code == 422
    answer = client.form(title="short", raw=RAW, category="2", skip_validations="true")
    assert answer.status_code == 200


def test_0_4_headers_tell_user_and_route(client: Client) -> None:
    answer = client.topic()
    assert answer.headers["X-Discourse-Username"] == "jubo"
    assert answer.headers["X-Discourse-Route"] == "posts/create"


def test_0_5_the_health_probe_needs_no_login(forum: EmbeddedForum, url: str) -> None:
    forum.configure(login_required=True, read_only=True)
    answer = httpx.get(f"{url}/srv/status", trust_env=False)
    assert (answer.status_code, answer.text) == (200, "ok")
    assert answer.headers["Discourse-Readonly"] == "true"


def test_0_6_shape_a_names_the_type(client: Client) -> None:
    answer = client.get("/posts/999999.json")
    assert answer.status_code == 404
    assert answer.json()["error_type"] == "not_found"


def test_0_6_a_deleted_topic_adds_extras(client: Client, forum: EmbeddedForum) -> None:
    topic_id, _ = new_topic(client, forum)
    forum.delete_topic(topic_id)
    answer = client.get(f"/t/{topic_id}.json")
    assert answer.status_code == 404
    assert set(answer.json()["extras"]) == {"title", "html", "group"}


def test_0_6_shape_c_has_no_type(client: Client) -> None:
    answer = client.post(title=TITLE)
    assert answer.status_code == 400
    assert set(answer.json()) == {"errors"}


def test_0_6_an_unknown_address_is_404_in_the_right_format(client: Client) -> None:
    assert client.get("/nothing/here.json").json()["error_type"] == "not_found"
    plain = client.http.post("/nothing/here", headers={"Accept": "*/*"})
    assert (plain.status_code, plain.headers["content-type"]) == (404, "text/html; charset=utf-8")


def test_1_1_the_username_is_compared_without_case(forum: EmbeddedForum, url: str) -> None:
    client = Client(url, forum.add_key(None), "JUBO")
    assert client.get("/session/current.json").json()["current_user"]["username"] == "jubo"


def test_1_1_a_user_id_does_instead_of_a_name(forum: EmbeddedForum, url: str) -> None:
    client = Client(url, forum.add_key(None), None)
    answer = client.http.get("/session/current.json", headers={"Api-User-Id": "1"})
    assert answer.json()["current_user"]["id"] == 1


def test_1_1_a_bound_key_needs_no_username_and_wants_its_own(
    forum: EmbeddedForum, url: str
) -> None:
    key = forum.add_key("jubo")
    assert Client(url, key, None).get("/session/current.json").status_code == 200
    assert Client(url, key, "reader").get("/session/current.json").status_code == 403


def test_1_1_a_key_for_all_needs_a_username(forum: EmbeddedForum, url: str) -> None:
    assert Client(url, forum.add_key(None), None).get("/site.json").status_code == 403


def test_1_1_credentials_in_the_query_are_ignored(forum: EmbeddedForum, url: str) -> None:
    answer = Client(url, None).get(
        "/session/current.json", api_key=forum.add_key("jubo"), api_username="jubo"
    )
    assert answer.status_code == 404


def test_1_1_a_personal_key_loses_the_external_id(forum: EmbeddedForum, url: str) -> None:
    key = forum.add_key("jubo", personal=True)
    body = {"title": TITLE, "raw": RAW, "category": 2, "external_id": "jubo-1"}
    headers = {"User-Api-Key": key, "Accept": "application/json"}
    httpx.post(f"{url}/posts.json", json=body, headers=headers, trust_env=False)
    assert [topic.external_id for topic in forum.topics()] == [None]


def test_1_2_wrong_key_unknown_user_and_missing_scope_look_the_same(
    forum: EmbeddedForum, url: str
) -> None:
    revoked = forum.add_key("jubo")
    forum.revoke_key(revoked)
    callers = [
        Client(url, "0" * 64),
        Client(url, revoked),
        Client(url, forum.add_key(None), "nobody"),
        Client(url, forum.add_key("jubo", scopes={"topics:read": None})),
    ]
    answers = [caller.topic() for caller in callers]
    assert {answer.status_code for answer in answers} == {403}
    assert len({answer.text for answer in answers}) == 1
    assert answers[0].json()["error_type"] == "invalid_access"
    assert "API username or key is invalid" in errors(answers[0])[0]


@pytest.mark.parametrize("state", [{"suspended": True}, {"active": False}])
def test_1_2_a_suspended_user_gets_the_generic_text(
    client: Client, forum: EmbeddedForum, state: dict[str, bool]
) -> None:
    forum.set_user("jubo", **state)
    answer = client.get("/session/current.json")
    assert answer.status_code == 403
    assert errors(answer) == [GENERIC]


def test_1_2_a_silenced_user_reads_but_writes_nothing(client: Client, forum: EmbeddedForum) -> None:
    topic_id, post_id = new_topic(client, forum)
    forum.set_user("jubo", silenced=True)
    assert client.get(f"/t/{topic_id}.json").status_code == 200
    assert client.topic(title="다른 제목의 글을 하나 더 씁니다").status_code == 403
    assert client.edit(post_id, RAW + " 끝").status_code == 403
    assert client.reply(topic_id).status_code == 403


def test_1_2_nobody_is_asked_to_log_in(url: str) -> None:
    answer = Client(url, None).topic()
    assert answer.status_code == 403
    assert answer.json()["error_type"] == "not_logged_in"


def test_1_2_a_site_that_requires_login_asks_for_every_action(
    forum: EmbeddedForum, url: str
) -> None:
    forum.configure(login_required=True)
    answer = Client(url, None).get("/latest.json")
    assert (answer.status_code, answer.json()["error_type"]) == (403, "not_logged_in")


@pytest.mark.parametrize(
    ("scope", "method", "path"),
    [
        ("global:read", "GET", "/site.json"),
        ("topics:read", "GET", "/t/{topic}.json"),
        ("topics:read", "GET", "/t/{topic}/posts.json"),
        ("topics:read", "GET", "/t/external_id/jubo-1.json"),
        ("topics:read_lists", "GET", "/latest.json"),
        ("posts:edit", "PUT", "/posts/{post}.json"),
        ("topics:update", "PUT", "/t/-/{topic}.json"),
        ("topics:status", "PUT", "/t/{topic}/status.json"),
        ("uploads:create", "POST", "/uploads.json"),
        ("categories:list", "GET", "/categories.json"),
        ("categories:show", "GET", "/c/2/show.json"),
        ("tags:list", "GET", "/tags.json"),
        ("wordpress:publishing", "GET", "/site.json"),
    ],
)
def test_1_3_a_scope_covers_its_own_and_nothing_else(
    client: Client, forum: EmbeddedForum, url: str, scope: str, method: str, path: str
) -> None:
    topic_id, post_id = new_topic(client, forum, external_id="jubo-1")
    address = path.format(topic=topic_id, post=post_id)
    invalid = "key is invalid"
    scoped = Client(url, forum.add_key("jubo", scopes={scope: None}))
    other = Client(url, forum.add_key("jubo", scopes={"topics:recover": None}))
    assert invalid not in scoped.http.request(method, address).text
    assert invalid in other.http.request(method, address).text


def test_1_3_a_scope_can_be_held_to_one_topic(
    client: Client, forum: EmbeddedForum, url: str
) -> None:
    topic_id, _ = new_topic(client, forum)
    scopes = {"topics:write": {"topic_id": [topic_id]}}
    scoped = Client(url, forum.add_key("jubo", scopes=scopes))
    assert scoped.reply(topic_id, RAW + " 답글").status_code == 200
    assert scoped.topic(title="다른 제목의 글을 하나 더 씁니다").status_code == 403


def test_1_3_older_forums_keep_the_look_up_out_of_topics_read(
    client: Client, forum: EmbeddedForum, url: str
) -> None:
    new_topic(client, forum, external_id="jubo-1")
    forum.configure(lookup_in_topics_read=False)
    scoped = Client(url, forum.add_key("jubo", scopes={"topics:read": None}))
    assert scoped.get("/t/external_id/jubo-1.json").status_code == 403


def test_1_4_read_only_refuses_writes_and_says_so_on_reads(
    client: Client, moderator: Client, forum: EmbeddedForum
) -> None:
    forum.configure(read_only=True)
    for caller in (client, moderator):
        answer = caller.topic()
        assert (answer.status_code, answer.json()["error_type"]) == (503, "read_only")
    read = client.get("/latest.json")
    assert (read.status_code, read.headers["Discourse-Readonly"]) == (200, "true")


def test_1_4_staff_may_write_in_staff_writes_only_mode(
    client: Client, moderator: Client, forum: EmbeddedForum
) -> None:
    forum.configure(staff_writes_only=True)
    assert client.topic().status_code == 503
    answer = moderator.topic()
    assert (answer.status_code, answer.headers["Discourse-Readonly"]) == (200, "true")


def test_1_4_a_body_over_ten_megabytes_is_the_proxys_413(client: Client) -> None:
    answer = client.http.post("/uploads.json", content=b"x" * 10_000_001)
    assert answer.status_code == 413
    assert answer.headers["content-type"].startswith("text/html")


def test_6_1_all_admin_keys_share_one_limit(
    forum: EmbeddedForum, url: str, clock: ManualClock
) -> None:
    forum.configure(limits=RateLimits(admin_api_per_minute=2))
    one, other = Client(url, forum.add_key("jubo")), Client(url, forum.add_key(None), "reader")
    assert [one.get("/tags.json").status_code, other.get("/tags.json").status_code] == [200, 200]
    answer = one.get("/tags.json")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert answer.headers["Discourse-Rate-Limit-Error-Code"] == "admin_api_key_rate_limit"
    assert answer.json()["error_type"] == "rate_limit"
    assert answer.json()["extras"] == {"wait_seconds": 60, "time_left": "60 seconds"}
    clock.advance(60)
    assert one.get("/tags.json").status_code == 200


def test_6_1_the_limit_per_address_is_plain_text_and_aggressive(
    client: Client, forum: EmbeddedForum, clock: ManualClock
) -> None:
    forum.configure(limits=RateLimits(ip_per_10_seconds=1))
    client.get("/tags.json")
    answer = client.get("/tags.json")
    assert answer.status_code == 429
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["Discourse-Rate-Limit-Error-Code"] == "ip_10_secs_limit"
    assert answer.text.splitlines()[-1] == "Error code: ip_10_secs_limit."
    clock.advance(9)
    assert client.get("/tags.json").status_code == 429
    clock.advance(9)
    assert client.get("/tags.json").status_code == 429, "a call while blocked extends the block"
    clock.advance(10)
    assert client.get("/tags.json").status_code == 200


def test_6_1_the_proxys_limit_is_html(client: Client, forum: EmbeddedForum) -> None:
    forum.configure(limits=RateLimits(proxy_per_minute=1))
    client.get("/tags.json")
    answer = client.get("/tags.json")
    assert answer.status_code == 429
    assert answer.headers["content-type"].startswith("text/html")
    assert "Retry-After" not in answer.headers
