"""In which form a forum gives its tags, and therefore wants them (contract 2.1, 14)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.parsing.forum import parse_tags


class TagForm:
    """Strings or objects, learnt from whatever tags the forum shows.

    >>> form = TagForm()
    >>> form.learn([{"id": 4, "name": "paper", "slug": "paper"}])
    >>> form.render(["paper", "new"])
    [{'name': 'paper', 'id': 4}, {'name': 'new'}]
    """

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self.known = False
        self.objects = False

    def learn(self, tags: object) -> None:
        """Look at tags in an answer, whatever they are."""
        for name, number in parse_tags(tags):
            self.known, self.objects = True, number is not None
            if number is not None:
                self._ids[name] = number

    def render(self, tags: Sequence[str]) -> list[Any]:
        """The names as the forum gives them, an object with its id where that is known."""
        if not self.objects:
            return list(tags)
        return [
            {"name": name} | ({"id": self._ids[name]} if name in self._ids else {}) for name in tags
        ]
