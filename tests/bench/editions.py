"""The editions that the campaign publishes."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from bot.model.publication import Job
from bot.model.topic import Digest
from tests.digests import a_digest


def an_edition(posts: int) -> Digest:
    """A digest of so many posts; those of 1 and 3 show a picture."""
    return a_digest(posts, picture=a_picture() if posts % 2 else None)


def a_picture() -> bytes:
    """A small PNG."""
    out = BytesIO()
    Image.new("RGB", (40, 20), "teal").save(out, "PNG")
    return out.getvalue()


def a_job(digest: Digest) -> Job:
    """The campaign's outlet."""
    return Job(digest, "example", "2024-01-29", "ko")
