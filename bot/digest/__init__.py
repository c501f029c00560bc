"""Issue, Translations and Commentary to Posts that fit the forum."""

from bot.digest.check import check_layout
from bot.digest.compose import compose
from bot.digest.layout import Layout

__all__ = ["Layout", "check_layout", "compose"]
