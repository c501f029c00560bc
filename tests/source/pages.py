"""Weeks of made-up papers in the forms of the sources."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from html import escape

WORDS = ["amber", "birch", "cedar", "delta", "ember", "flint", "grove", "hazel", "inlet", "jasper"]


def name(week: date, rank: int) -> str:
    return f"{WORDS[(rank + week.toordinal()) % 10].title()}-{week:%m%d}-{rank}"


def arxiv_id(week: date, rank: int) -> str:
    return f"{week:%y%m}.{week.day:02}{rank:03}"


def text(week: date, rank: int) -> str:
    return f"A study of {name(week, rank)} that sorts {rank} thousand shelves."


def section(first: date, ranks: range = range(1, 11)) -> str:
    """One issue as the repository writes it."""
    last = first + timedelta(days=6)
    rows = "\n".join(
        f"| {rank}) **{name(first, rank)}** - {text(first, rank)} "
        f"| [Paper](https://arxiv.org/abs/{arxiv_id(first, rank)}), "
        f"[Tweet](https://x.example.org/{first:%y%m%d}/{rank}) |"
        for rank in ranks
    )
    days = f"{first:%B} {first.day} - {last:%B} {last.day}"
    return (
        f"## Top AI Papers of the Week ({days}) - {last.year}\n"
        f"| **Paper** | **Links** |\n| --- | --- |\n{rows}\n\n"
    )


def year_page(*weeks: date) -> str:
    year = (weeks[0] + timedelta(days=6)).year
    return f"# Papers of the Week — {year}\n\n" + "".join(map(section, weeks))


def index(*paths: str) -> str:
    lines = "\n".join(f"- [A week]({path}#some-week)" for path in paths)
    return f"# Papers of the Week\n\nHere is the series:\n\n{lines}\n"


def paragraph(week: date, rank: int) -> str:
    """A paper as the newsletter of 2024 writes it."""
    return (
        f"<p><strong>{rank}). {name(week, rank)}</strong> - {text(week, rank)} "
        f'(<strong><a href="https://arxiv.org/abs/{arxiv_id(week, rank)}v1">paper</a></strong> | '
        f'<strong><a href="https://x.example.org/{week:%y%m%d}/{rank}">tweet</a></strong>)</p>'
    )


def heading_form(week: date, rank: int) -> str:
    """A paper as the newsletter of 2025 and 2026 writes it."""
    return (
        f"<h2><strong>{rank}. {name(week, rank)}</strong></h2><p>{text(week, rank)}</p>"
        f"<ul><li><p><strong>Cost:</strong> it takes {rank} minutes.</p></li>"
        '<li><p><strong>Scale:</strong> see <a href="https://example.org/scale">here</a>.</p></li>'
        "</ul>"
        f'<p><a href="https://arxiv.org/abs/{arxiv_id(week, rank)}">Paper</a> | '
        f'<a href="https://x.example.org/{week:%y%m%d}/{rank}">Tweet</a></p>'
    )


def item(title: str, html: str, published: datetime, link: str) -> str:
    return (
        f"<item><title>{escape(title)}</title><link>{link}</link><guid>{link}</guid>"
        f"<pubDate>{format_datetime(published)}</pubDate>"
        f"<content:encoded><![CDATA[{html}]]></content:encoded></item>"
    )


def rss(*items: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Letter</title><link>https://letter.example.org</link>{''.join(items)}"
        "</channel></rss>"
    )


def sunday(first: date) -> datetime:
    """When the newsletter for the week that begins on ``first`` appears."""
    last = first + timedelta(days=6)
    return datetime(last.year, last.month, last.day, 15, tzinfo=UTC)
