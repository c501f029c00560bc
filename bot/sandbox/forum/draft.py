"""What a request to create a post asks for (contract 2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from bot.sandbox.forum.call import Call
from bot.sandbox.forum.refusals import invalid_access, invalid_parameters, missing_parameter
from bot.sandbox.forum.tagging import read_tags
from bot.sandbox.forum.text import clean_title, normalise_raw

_SIGNED = (
    "raw title category tags external_id embed_url created_at skip_validations import_mode "
    "auto_track unlist_topic visible archetype target_recipients topic_id reply_to_post_number "
    "whisper shared_draft no_bump is_warning featured_link nested_post"
)


@dataclass(frozen=True, slots=True)
class Draft:
    """The permitted parameters, cleaned; ``category`` is still what was sent."""

    raw: str
    title: str
    category: str | None = None
    tags: tuple[str, ...] = ()
    external_id: str | None = None
    created_at: datetime | None = None
    skip_validations: bool = False
    import_mode: bool = False
    unlist: bool = False
    message: bool = False
    recipients: tuple[str, ...] = ()
    topic_id: int | None = None
    reply_to: int | None = None


def read_draft(call: Call) -> Draft:
    """The draft of a request.

    What only an admin-issued key may send is dropped in silence for others (1.1).

    Raises:
        Refusal: 400 or 403 for parameters that are never accepted.
    """
    params, admin_key = call.params, call.caller.admin_key
    if not params.has("raw"):
        raise missing_parameter("raw")
    _refuse_unusable(call)
    return Draft(
        raw=normalise_raw(params.text("raw") or ""),
        title=clean_title(params.text("title") or "", call.settings),
        category=params.text("category") or None,
        tags=tuple(read_tags(params.items("tags"))),
        external_id=(params.text("external_id") or None) if admin_key else None,
        created_at=_created_at(call) if admin_key else None,
        skip_validations=admin_key and params.is_true("skip_validations"),
        import_mode=admin_key and params.is_true("import_mode"),
        unlist=params.is_true("unlist_topic"),
        message=params.text("archetype") == "private_message",
        recipients=_names(params.text("target_recipients")),
        topic_id=params.number("topic_id", 0) if params.text("topic_id") else None,
        reply_to=params.number("reply_to_post_number", 0) or None,
    )


def signature(call: Call) -> str:
    """What makes two requests the same to the forum's memory of retries (2.4)."""
    sent = {name: repr(call.params.values.get(name)) for name in _SIGNED.split()}
    client, headers = call.request.client, call.request.headers
    caller = (call.user.id, client.host if client else "", headers.get("user-agent", ""))
    return repr((sent, caller, headers.get("referer", "")))


def _refuse_unusable(call: Call) -> None:
    params = call.params
    if params.is_true("whisper"):
        raise invalid_access()
    for name in ("shared_draft", "no_bump"):
        if params.is_true(name) and not call.staff:
            raise invalid_parameters(name)
    for name in ("topic_custom_fields", "meta_data"):
        if params.nested(name).values:
            raise invalid_parameters(name)
    url = params.text("embed_url")
    if url and call.caller.admin_key and urlsplit(url).scheme not in {"http", "https"}:
        raise invalid_parameters("embed_url")


def _created_at(call: Call) -> datetime | None:
    text = call.params.text("created_at")
    if not text:
        return None
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise invalid_parameters("created_at") from None
    return time if time.tzinfo else time.replace(tzinfo=call.now.tzinfo)


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (text or "").split(",") if name.strip())
