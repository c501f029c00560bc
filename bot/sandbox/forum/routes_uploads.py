"""Pictures: upload and serve (contract 9)."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import Any

from PIL import Image
from sqlalchemy import select
from starlette.responses import Response

from bot.sandbox.forum.call import Call
from bot.sandbox.forum.cooking import base62, upload_path
from bot.sandbox.forum.refusals import invalid_access, missing_parameter, not_found, unprocessable
from bot.sandbox.forum.routing import Route
from bot.sandbox.forum.state import Answer
from bot.sandbox.forum.tables import Upload

_MEDIA = {"png": "image/png", "gif": "image/gif", "webp": "image/webp"}


def create_upload(call: Call) -> Answer:
    """POST /uploads: one picture; the same bytes are the same upload."""
    user = call.user
    if user.silenced:
        raise invalid_access()
    if not (call.params.text("upload_type") or call.params.text("type")):
        raise missing_parameter("upload_type")
    file = call.params.file("file") or call.params.file("files")
    if file is None:
        raise missing_parameter("file")
    content = file.file.read()
    name = (file.filename or "picture").rsplit("/", 1)[-1]
    extension = name.rsplit(".", 1)[-1].lower()
    width, height = _checked_size(call, content, extension)
    call.limits().before_upload()
    sha1 = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    upload = call.session.scalar(select(Upload).where(Upload.sha1 == sha1))
    if upload is None:
        upload = Upload(
            sha1=sha1, user_id=user.id, filename=name, extension=extension, width=width,
            height=height, content=content,
        )  # fmt: skip
        call.session.add(upload)
        call.session.flush()
    return Answer(_upload_json(upload))


def show_upload(call: Call) -> Response:
    """GET the picture itself, by its long or short address."""
    name, _, extension = call.path("file").rpartition(".")
    for upload in call.session.scalars(select(Upload)):
        if name in {upload.sha1, base62(upload.sha1)} and extension == upload.extension:
            media = _MEDIA.get(extension, "image/jpeg")
            return Response(upload.content, media_type=media)
    raise not_found()


def _checked_size(call: Call, content: bytes, extension: str) -> tuple[int, int]:
    allowed = call.settings.authorized_extensions
    if extension not in allowed:
        shown = ", ".join(allowed)
        raise unprocessable(
            f"Sorry, the file you are trying to upload is not authorized (authorized: {shown})."
        )
    if not content:
        raise unprocessable("Sorry, the file you provided is empty.")
    if len(content) > call.settings.max_image_size_kb * 1024:
        raise unprocessable(
            f"Sorry, the image is too big (maximum size is {call.settings.max_image_size_kb} KB)."
        )
    try:
        return Image.open(BytesIO(content)).size
    except (OSError, ValueError, Image.DecompressionBombError):
        raise unprocessable("Sorry, we couldn't determine the size of the image.") from None


def _upload_json(upload: Upload) -> dict[str, Any]:
    short = f"{base62(upload.sha1)}.{upload.extension}"
    scale = min(1.0, 690 / upload.width, 500 / upload.height)
    size = len(upload.content)
    return {
        "id": upload.id,
        "url": upload_path(upload),
        "original_filename": upload.filename,
        "filesize": size,
        "width": upload.width,
        "height": upload.height,
        "thumbnail_width": int(upload.width * scale),
        "thumbnail_height": int(upload.height * scale),
        "extension": upload.extension,
        "short_url": f"upload://{short}",
        "short_path": f"/uploads/short-url/{short}",
        "retain_hours": None,
        "human_filesize": f"{size / 1024:.1f} KB" if size >= 1024 else f"{size} Bytes",
        "dominant_color": None,
    }


ROUTES = (
    Route("POST", "/uploads", "uploads#create", create_upload),
    Route("GET", "/uploads/default/original/1X/{file}", "uploads#show", show_upload, plain=True),
    Route("GET", "/uploads/short-url/{file}", "uploads#show_short", show_upload, plain=True),
)
