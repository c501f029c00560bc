"""A client that speaks to the embedded forum as plain HTTP."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import httpx
from PIL import Image

from bot.sandbox.forum import EmbeddedForum

TITLE = "[2024/01/29 ~ 02/04] 이번 주의 주요 논문"
RAW = "이번 주에 나온 논문을 한 편씩 소개합니다. 천천히 읽어 주세요."


class Client:
    """Requests by one user with one key; ``form`` sends what pydiscourse would."""

    def __init__(self, url: str, key: str | None, username: str | None = "jubo") -> None:
        headers = {"Accept": "application/json"}
        if key:
            headers["Api-Key"] = key
        if username and key:
            headers["Api-Username"] = username
        self.http = httpx.Client(base_url=url, headers=headers, trust_env=False, timeout=10)

    def get(self, path: str, **params: Any) -> httpx.Response:
        return self.http.get(path, params=params)

    def put(self, path: str, **body: Any) -> httpx.Response:
        return self.http.put(path, json=body)

    def delete(self, path: str) -> httpx.Response:
        return self.http.delete(path)

    def post(self, **body: Any) -> httpx.Response:
        return self.http.post("/posts.json", json=body)

    def form(self, **body: Any) -> httpx.Response:
        return self.http.post("/posts.json", data=body)

    def topic(self, **changes: Any) -> httpx.Response:
        body = {"title": TITLE, "raw": RAW, "category": 2, "nested_post": "true"} | changes
        return self.post(**{name: value for name, value in body.items() if value is not None})

    def reply(self, topic_id: int, raw: str = RAW, **changes: Any) -> httpx.Response:
        return self.post(topic_id=topic_id, raw=raw, nested_post="true", **changes)

    def edit(self, post_id: int, raw: str, **changes: Any) -> httpx.Response:
        return self.put(f"/posts/{post_id}.json", post={"raw": raw, **changes})

    def upload(self, content: bytes, name: str = "chart.png", **data: Any) -> httpx.Response:
        fields = data or {"upload_type": "composer"}
        return self.http.post("/uploads.json", data=fields, files={"file": (name, content)})


def errors(response: httpx.Response) -> list[str]:
    found: list[str] = response.json()["errors"]
    return found


def post_of(response: httpx.Response) -> dict[str, Any]:
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body["post"]  # type: ignore[no-any-return]  # JSON


def new_topic(client: Client, forum: EmbeddedForum, **changes: Any) -> tuple[int, int]:
    """A topic's id and its first post's."""
    post = post_of(client.topic(**changes))
    return post["topic_id"], post["id"]


def png(width: int = 4, height: int = 3, color: str = "white") -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), color).save(file, "PNG")
    return file.getvalue()
