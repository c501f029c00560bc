"""A preview is the post: it differs in the addresses alone that the forum assigns."""

from __future__ import annotations

import re
from dataclasses import replace

from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from bot.digest import compose
from bot.markdown.cook import CookOptions, cook
from bot.markdown.mathml import show_math
from bot.model.finding import ErrorType, Finding, Severity
from bot.model.topic import ForumLimits
from bot.planning.placeholders import fill, post_address
from bot.web.preview import Preview, open_preview, render_post, render_preview
from tests.builders import a_language, a_layout, a_translated_paper, an_edition
from tests.sample import the_sample_edition

PNG = b"\x89PNG\r\n\x1a\n"
FINDING = Finding(
    "2026-03-30/2/introduction/0",
    ErrorType.NUMBER,
    Severity.MAJOR,
    "<b>30</b>",
    message="30 stands where the source has 50",
)


def a_preview(*findings: Finding, picture: bytes | None = None) -> Preview:
    limits = ForumLimits(math=True)
    digest = compose(the_sample_edition(), a_language(), limits, a_layout())
    return Preview(replace(digest, picture=picture), findings)


def test_a_preview_is_what_is_published_but_for_the_forums_addresses() -> None:
    preview = a_preview(picture=PNG)
    addresses = {post.number: post_address("", 31, post.number) for post in preview.digest.posts}
    for post in preview.digest.posts:
        raw = fill(post.raw, addresses, picture="upload://abc.png")
        options = CookOptions(post_id=post.number, math=True, resolve_upload=lambda _: "/up.png")
        published = show_math(cook(raw, options))
        assert published != render_post(preview, post)
        published = published.replace('data-orig-src="upload://abc.png"', "PICTURE")
        published = re.sub(r'src="/up\.png"', "SOURCE", re.sub(r"/t/-/31/\d+#", "#", published))
        shown = render_post(preview, post).replace(
            'data-orig-src="upload://picture.png"', "PICTURE"
        )
        assert re.sub(r'src="data:image/png;base64,[^"]*"', "SOURCE", shown) == published


def test_one_file_needs_no_network_and_runs_nothing() -> None:
    html = render_preview(a_preview(picture=PNG))
    soup = BeautifulSoup(html, "html.parser")
    assert not soup.find_all(["script", "link", "iframe", "object", "form"])
    policy = soup.select_one("meta[http-equiv=Content-Security-Policy]")
    assert policy is not None
    assert "default-src 'none'" in str(policy["content"])
    sources = [str(image["src"]) for image in soup.find_all("img")]
    assert sources
    assert all(source.startswith("data:image/png;base64,") for source in sources)


def test_what_the_forum_assigns_is_named() -> None:
    text = BeautifulSoup(render_preview(a_preview()), "html.parser").get_text()
    for name in ("{{글 1}}", "{{글 2}}", "{{그림}}"):
        assert name in text
    short = compose(an_edition(1), a_language(), ForumLimits(), a_layout())
    assert "보이는 그대로 올라갑니다" in render_preview(Preview(short))


def test_findings_stand_in_the_margin_gravest_first_and_lead_to_their_paper() -> None:
    minor = replace(FINDING, severity=Severity.MINOR, key="2026-03-30")
    html = render_preview(a_preview(minor, FINDING))
    notes = BeautifulSoup(html, "html.parser").select("aside li[class]")
    assert [note["class"] for note in notes[:2]] == [["major"], ["minor"]]
    assert notes[0].a is not None
    assert notes[0].a["href"] == "#paper-2"
    assert "“<b>30</b>”" in notes[0].get_text()
    assert notes[1].a is None


def test_every_link_within_the_page_leads_somewhere() -> None:
    soup = BeautifulSoup(render_preview(a_preview(FINDING)), "html.parser")
    anchors = {a["name"] for a in soup.select("a[name]")} | {a["id"] for a in soup.select("[id]")}
    links = {str(a["href"])[1:] for a in soup.select("a[href^='#']")}
    assert links - anchors == set()


def test_the_page_shows_phone_and_desk_side_by_side() -> None:
    client = TestClient(open_preview(a_preview(FINDING)))
    front, topic = client.get("/"), client.get("/topic")
    assert (front.status_code, topic.status_code) == (200, 200)
    soup = BeautifulSoup(front.text, "html.parser")
    assert [frame["name"] for frame in soup.find_all("iframe")] == ["phone", "desk"]
    assert soup.select("aside a[href='topic#paper-2'][target=desk]")
    assert not BeautifulSoup(topic.text, "html.parser").find_all("aside")
    for answer in (front, topic):
        assert "frame-src 'self'" in answer.headers["Content-Security-Policy"]


def test_no_title_or_finding_is_html() -> None:
    digest = compose(an_edition([a_translated_paper()]), a_language(), ForumLimits(), a_layout())
    html = render_preview(
        Preview(replace(digest, title="<script>x</script>"), (replace(FINDING, message="<i>"),))
    )
    assert "<script>" not in html
    assert "<i>" not in html


def test_what_a_second_model_says_stands_apart_as_advice() -> None:
    html = render_preview(replace(a_preview(), advice=(FINDING,)))
    soup = BeautifulSoup(html, "html.parser")
    heads = [head.get_text() for head in soup.select("aside h2")]
    assert heads[:2] == ["확인할 것 0건", "검토 모델의 의견 1건"]
    assert len(soup.select("aside li.major a[href='#paper-2']")) == 1
    assert "검토 모델" not in render_preview(a_preview(FINDING))
