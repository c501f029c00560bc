"""Emoji codes, shortcuts and Unicode emoji that the forum shows as images (contract 8)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from markdown_it.common.utils import escapeHtml

# Names that do not follow from Unicode's own, the short ones first: those are met by accident.
_NAMES = {
    "a": "🅰", "b": "🅱", "m": "Ⓜ", "o": "⭕", "v": "✌", "x": "❌", "ab": "🆎", "cl": "🆑",
    "id": "🆔", "ng": "🆖", "ok": "🆗", "on": "🔛", "up": "🆙", "us": "🇺🇸", "uk": "🇬🇧",
    "vs": "🆚", "kr": "🇰🇷", "jp": "🇯🇵", "cn": "🇨🇳", "de": "🇩🇪", "fr": "🇫🇷", "es": "🇪🇸",
    "it": "🇮🇹", "ru": "🇷🇺", "100": "💯", "1234": "🔢", "+1": "👍", "-1": "👎", "zero": "0️⃣",
    "one": "1️⃣", "two": "2️⃣", "three": "3️⃣", "four": "4️⃣", "five": "5️⃣", "six": "6️⃣",
    "seven": "7️⃣", "eight": "8️⃣", "nine": "9️⃣", "abc": "🔤", "abcd": "🔡", "end": "🔚",
    "top": "🔝", "new": "🆕", "free": "🆓", "cool": "🆒", "sos": "🆘", "tm": "™",
    "copyright": "©", "registered": "®", "key": "🔑", "link": "🔗", "lock": "🔒", "map": "🗺",
    "pushpin": "📌", "bulb": "💡", "bell": "🔔", "book": "📖", "books": "📚", "memo": "📝",
    "pencil": "✏", "mag": "🔍", "gear": "⚙", "star": "⭐", "pin": "📍", "star2": "🌟",
    "sparkles": "✨", "fire": "🔥", "zap": "⚡", "boom": "💥", "tada": "🎉", "rocket": "🚀",
    "warning": "⚠", "question": "❓", "exclamation": "❗", "check": "✔",
    "heavy_check_mark": "✔", "white_check_mark": "✅", "negative_squared_cross_mark": "❎",
    "heart": "❤", "smile": "😄", "smiley": "😃", "grin": "😁", "slight_smile": "🙂",
    "wink": "😉", "frowning": "☹", "cry": "😢", "sob": "😭", "joy": "😂", "laughing": "😆",
    "open_mouth": "😮", "stuck_out_tongue": "😛", "stuck_out_tongue_winking_eye": "😜",
    "neutral_face": "😐", "confused": "😕", "sunglasses": "😎", "blush": "😊", "eyes": "👀",
    "wave": "👋", "clap": "👏", "thinking": "🤔", "pray": "🙏", "muscle": "💪",
    "point_right": "👉", "point_left": "👈", "point_down": "👇", "point_up_2": "👆",
    "thumbsup": "👍", "thumbsdown": "👎", "ok_hand": "👌", "robot": "🤖", "brain": "🧠",
    "computer": "💻", "iphone": "📱", "chart": "💹", "calendar": "📆", "date": "📅",
    "clipboard": "📋", "newspaper": "📰", "email": "📧", "package": "📦", "tag": "🏷",
    "bookmark": "🔖", "globe": "🌐", "earth_asia": "🌏", "sunny": "☀", "snowflake": "❄",
    "rainbow": "🌈", "coffee": "☕", "beers": "🍻", "dog": "🐶", "cat": "🐱", "man": "👨",
    "woman": "👩", "cake": "🍰", "boy": "👦", "girl": "👧", "baby": "👶", "car": "🚗",
    "bus": "🚌", "train": "🚋", "airplane": "✈", "house": "🏠", "office": "🏢", "school": "🏫",
    "hotel": "🏨", "bank": "🏦", "medal": "🏅", "trophy": "🏆", "1st_place_medal": "🥇",
    "2nd_place_medal": "🥈", "3rd_place_medal": "🥉", "information_source": "ℹ",
    "arrow_right": "➡", "arrow_left": "⬅", "arrow_up": "⬆", "arrow_down": "⬇", "hash": "#️⃣",
    "asterisk": "*️⃣", "infinity": "♾",
}  # fmt: skip

_SHORTCUTS = {
    ":)": "slight_smile", ":-)": "slight_smile", ";)": "wink", ";-)": "wink", ":(": "frowning",
    ":-(": "frowning", ":'(": "cry", ":p": "stuck_out_tongue", ":P": "stuck_out_tongue",
    ":-P": "stuck_out_tongue", ":D": "smiley", ":-D": "smiley", ":O": "open_mouth",
    ":o": "open_mouth", ":|": "neutral_face", ":/": "confused", "8-)": "sunglasses",
    ";P": "stuck_out_tongue_winking_eye", ";-P": "stuck_out_tongue_winking_eye", ":$": "blush",
    ":-$": "blush", "^_^": "grin", "^__^": "grin",
}  # fmt: skip

CODE = re.compile(r":(?P<name>[\w+-]{1,60})(?::t(?P<tone>[2-6]))?:")
SHORTCUT = re.compile("|".join(sorted(map(re.escape, _SHORTCUTS), key=len, reverse=True)))
# Pictographs of the two planes; single ASCII characters (digits, #) only as keycaps.
UNICODE = re.compile(
    "(?:[0-9#*]\ufe0f\u20e3|[\U0001f1e6-\U0001f1ff]{2}"
    "|(?:[\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u23cf\u23e9-\u23f3"
    "\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u2604\u260e\u2611\u2614\u2615\u2618\u261d"
    "\u2620-\u2623\u2626\u262a\u262e\u262f\u2638-\u263a\u2648-\u2653\u2660\u2663\u2665\u2666\u2668"
    "\u267b\u267e\u267f\u2692-\u2697\u2699\u269b\u269c\u26a0\u26a1\u26aa\u26ab\u26b0\u26b1\u26bd"
    "\u26be\u26c4\u26c5\u26c8\u26ce\u26cf\u26d1\u26d3\u26d4\u26e9\u26ea\u26f0-\u26f5\u26f7-\u26fa"
    "\u26fd\u2702\u2705\u2708-\u270d\u270f\u2712\u2714\u2716\u271d\u2721\u2728\u2733\u2734\u2744"
    "\u2747\u274c\u274e\u2753-\u2755\u2757\u2763\u2764\u2795-\u2797\u27a1\u27b0\u27bf\u2934\u2935"
    "\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\u3030\u303d\u3297\u3299"
    "\U0001f004\U0001f0cf\U0001f170-\U0001f19a\U0001f201-\U0001f251\U0001f300-\U0001faff]"
    "[\ufe0f\U0001f3fb-\U0001f3ff]?(?:\u200d[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?)*))"
)


def find_emoji(name: str) -> str | None:
    """The character that an emoji code stands for; None where there is no such code.

    A subset of the forum's names, with every short one and all that equal Unicode's own:

    >>> find_emoji("x"), find_emoji("rocket"), find_emoji("pizza")
    ('❌', '🚀', None)
    >>> find_emoji("slice_of_pizza")
    '🍕'
    """
    return _NAMES.get(name) or _unicode_names().get(name)


def shortcut_name(text: str) -> str:
    """The emoji code's name of a shortcut such as ``:-)``."""
    return _SHORTCUTS[text]


def name_of(character: str) -> str:
    """The code's name of a Unicode emoji."""
    known = _known_characters().get(character.rstrip("\ufe0f"))
    return known or _slug(unicodedata.name(character[0], "emoji"))


def render_emoji(name: str) -> str:
    """The image of the emoji with that name."""
    code = escapeHtml(f":{name}:")
    return (
        f'<img src="/images/emoji/twitter/{escapeHtml(name)}.png" title="{code}" class="emoji" '
        f'alt="{code}" loading="lazy" width="20" height="20">'
    )


@cache
def _unicode_names() -> dict[str, str]:
    points = (*range(0x2600, 0x27C0), *range(0x1F300, 0x1FB00))
    named = ((_slug(unicodedata.name(chr(point), "")), chr(point)) for point in points)
    return {name: character for name, character in named if name and UNICODE.match(character)}


@cache
def _known_characters() -> dict[str, str]:
    return {character.rstrip("\ufe0f"): name for name, character in reversed(_NAMES.items())}


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
