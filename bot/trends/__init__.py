"""Counts per theme and week; claims that the counts do not bear out."""

from bot.trends.week import compute_trends, find_seen

__all__ = ["compute_trends", "find_seen"]
