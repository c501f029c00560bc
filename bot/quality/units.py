"""What may stand behind an English number: percent, times, hours, bytes, money."""

from __future__ import annotations

import re

_TIMES = re.compile(r"\s?(?:[xX×](?!\s?\d)(?![A-Za-z])|[- ]?fold\b(?!\s(?:cross|CV))|\s?times\b)")
_DEVICE = r"(?:(?:[AHV]\d{2,3}|[GCT]PU)[\s-]){0,2}"  # 3K GPU hours
UNITS = {
    "orders": re.compile(r"[\s-]orders?[\s-]of[\s-]magnitudes?\b"),
    "points": re.compile(
        r"\s?(?:(?:%|percent(?:age)?|per cent)[\s-]points?\b|p\.?p\.?(?!\w)|(?<=\d)[\s-]points?\b)"
    ),
    "percent": re.compile(r"\s?(?:%|％|percent\b|per cent\b|percentage)"),
    "times": _TIMES,
    "hours": re.compile(rf"[\s-]?{_DEVICE}(?:hours?|hrs?)\b"),
    "minutes": re.compile(rf"[\s-]?{_DEVICE}(?:minutes?|mins?)\b"),
    "milliseconds": re.compile(r"[\s-]?(?:ms|milliseconds?)\b"),
    "seconds": re.compile(r"[\s-]?(?:seconds?|secs?|s)\b"),
    "days": re.compile(rf"[\s-]?{_DEVICE}days?\b"),
    "weeks": re.compile(rf"[\s-]?{_DEVICE}weeks?\b"),
    "months": re.compile(rf"[\s-]?{_DEVICE}months?\b"),
    "years": re.compile(rf"[\s-]?{_DEVICE}years?\b"),
    "gigabytes": re.compile(r"[\s-]?(?:GB|GiB|gigabytes?)\b"),
    "megabytes": re.compile(r"[\s-]?(?:MB|MiB|megabytes?)\b"),
    "kilobytes": re.compile(r"[\s-]?(?:[Kk]B|kilobytes?)\b"),
    "terabytes": re.compile(r"[\s-]?(?:TB|terabytes?)\b"),
    "bits": re.compile(r"[\s-]?bits?\b"),
    "bytes": re.compile(r"[\s-]?bytes?\b"),
    "dollars": re.compile(r"\s?(?:dollars?|USD)\b"),
    "euros": re.compile(r"\s?(?:euros?|EUR)\b"),
}
LEADING_DEVICE = re.compile(rf"\A{_DEVICE}")
CURRENCY = {"$": "dollars", "€": "euros"}
