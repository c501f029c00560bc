"""What the forum does to titles and texts, and what it refuses (contract 3.2, 3.3, 13.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.markdown import emoji
from bot.sandbox.forum.settings import ForumSettings

_SPACES = re.compile("[\u00a0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def normalise_raw(raw: str) -> str:
    """The text that is stored (13.2): no NULs, plain spaces, no white space at the end.

    >>> normalise_raw("  가\\u3000나\\u0000 \\n")
    '  가 나'
    """
    return _SPACES.sub(" ", raw.replace("\u0000", "")).rstrip()


def clean_title(title: str, settings: ForumSettings) -> str:
    """The title that is stored (3.2, title rewriting).

    >>> clean_title("  what  is new??  ", ForumSettings())
    'What is new?'
    """
    title = re.sub(r" {2,}", " ", _SPACES.sub(" ", title).replace("\u200b", "")).strip()
    if settings.title_prettify:
        title = re.sub(r"!{2,}", "!", title)
        title = re.sub(r"\?{2,}", "?", title)
        if title == title.upper() != title.lower() and not settings.allow_uppercase_posts:
            title = title.lower()
        first = title.split(" ", 1)[0]
        if first and first == first.lower():
            title = title[0].upper() + title[1:]
        title = title.rstrip(".")
    if settings.title_remove_extraneous_space:
        title = re.sub(r"\s+([!?])$", r"\1", title)
    return title.strip()


def slugify(title: str) -> str:
    """The topic's part of its address; ``topic`` where no letter is left.

    >>> slugify("[2024/01/29 ~ 02/04] 이번 주의 논문 (Top Papers)")
    '2024-01-29-02-04-top-papers'
    >>> slugify("논문 읽기 모임")
    'topic'
    """
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    return slug if re.search(r"[a-z]", slug) or "-" in slug else "topic"


@dataclass(frozen=True, slots=True)
class TitleRules:
    """How a title is judged: by the kind of topic and the author's rights."""

    minimum: int
    message: bool = False


def title_errors(title: str, rules: TitleRules, settings: ForumSettings) -> list[str]:
    """What is wrong with a cleaned title, in the forum's words (3.2)."""
    errors = []
    if not title:
        errors.append("Title can't be blank")
    if len(title) < rules.minimum:
        errors.append(f"Title is too short (minimum is {rules.minimum} characters)")
    if len(title) > settings.max_topic_title_length:
        errors.append(
            f"Title is too long (maximum is {settings.max_topic_title_length} characters)"
        )
    if not rules.message and title and not _title_makes_sense(title, settings):
        errors.append("Title seems unclear, is it a complete sentence?")
    if count_emoji(title) > settings.max_emojis_in_title:
        errors.append(_too_many_emoji(settings.max_emojis_in_title))
    return errors


def body_errors(raw: str, minimum: int, settings: ForumSettings) -> list[str]:
    """What is wrong with a normalised body by itself, in the forum's words (3.3)."""
    errors = []
    if not raw.strip():
        errors.append("Body can't be blank")
    if len(raw) > settings.max_post_length:
        errors.append(
            f"Body is limited to {settings.max_post_length} characters; you entered {len(raw)}."
        )
    if counted_length(raw) < minimum:
        errors.append(f"Body is too short (minimum is {minimum} characters)")
    if raw.strip() and not _sound(raw, settings.body_min_entropy, settings):
        errors.append("Body seems unclear, is it a complete sentence?")
    return errors


def counted_length(raw: str) -> int:
    """Characters as the minimum counts them (3.3): without comments, an emoji code is one.

    >>> counted_length("<!-- jubo -->:rocket: a.... ")
    4
    """
    text = _COMMENT.sub("", raw)
    text = re.sub(r":[\w+-]+:", "x", text)
    return len(re.sub(r"\.{2,}", ".", re.sub(r",{2,}", ",", text)).strip())


def count_emoji(text: str) -> int:
    """Emoji characters and codes."""
    codes = (found["name"] for found in emoji.CODE.finditer(text))
    named = sum(emoji.find_emoji(name) is not None for name in codes)
    return named + len(emoji.UNICODE.findall(text))


def _title_makes_sense(title: str, settings: ForumSettings) -> bool:
    entropy = settings.title_min_entropy
    if settings.min_topic_title_length <= entropy:
        entropy = int(0.7 * settings.min_topic_title_length)
    longest = max((len(word) for word in re.findall(r"[^\W_]+", title)), default=0)
    limit = settings.title_max_word_length
    return _sound(title, entropy, settings) and (limit is None or longest <= limit)


def _sound(text: str, entropy: int, settings: ForumSettings) -> bool:
    """The text sentinel: distinct bytes, a letter or digit, not shouted."""
    distinct = len(set(text.strip().encode()))
    letters = [character for character in text if character.isalpha()]
    shouted = bool(letters) and all(character.isupper() for character in letters)
    speaks = any(character.isalnum() for character in text)
    return distinct >= entropy and speaks and (settings.allow_uppercase_posts or not shouted)


def _too_many_emoji(maximum: int) -> str:
    if not maximum:
        return "Title can't have emoji"
    return f"Title can't have more than {maximum} emoji"
