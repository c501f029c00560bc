"""Names of systems in this week's titles that earlier weeks' titles had, too."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from bot.model.issue import Issue, Paper
from bot.model.trend import Recurrence, Theme

# A capital or digit after the first letter: OLMo, GPT-4, Med-PaLM, FacTool.
_NAME = re.compile(r"(?<![\w-])(?=[\w-]*[A-Z])[^\W\d_][\w-]*[A-Z0-9][\w-]*")
_WORD = re.compile(r"[^\W\d_]?[a-z]*")
# What a whole field is called is no system; the words of the themes join these.
_FIELD = frozenset(
    {"llm", "ai", "ml", "nlp", "gpt", "vlm", "rl", "mllm", "lm", "lmm", "lvlm", "vla", "slm"}
    | {"gan", "cnn", "rnn", "mlp", "vit", "convnet", "agi", "asi", "qa", "vqa", "icl", "kv"}
    | {"sota", "ocr", "asr", "tts", "2d", "3d", "4d", "gui", "ui", "api", "cli", "ide", "sql"}
    | {"html", "json", "pdf", "gpu", "tpu", "cpu", "bci", "eeg", "fmri", "mri"}
)
_ACRONYM = 5


def find_recurring(
    issue: Issue, earlier: Sequence[Issue], themes: Sequence[Theme]
) -> tuple[Recurrence, ...]:
    """The names in order, each with this week's ranks and the first days of the weeks before.

    A theme's own short words (RAG, RLHF) are no names: their papers are what the theme counts.
    """
    words = (word.casefold() for theme in themes for word in theme.words)
    field = _FIELD | {word for word in words if len(word) <= _ACRONYM}
    weeks: dict[str, list[date]] = {}
    for other in earlier:
        for name in {name for paper in other.papers for name in find_names(paper, field)}:
            weeks.setdefault(name, []).append(other.week.first)
    ranks: dict[str, list[int]] = {}
    for paper in issue.papers:
        for name in find_names(paper, field):
            ranks.setdefault(name, []).append(paper.rank)
    return tuple(
        Recurrence(name, tuple(ranks[name]), tuple(weeks[name]))
        for name in sorted(ranks)
        if name in weeks
    )


def find_names(paper: Paper, field: Collection[str] = _FIELD) -> set[str]:
    """The systems that the paper's name names.

    >>> sorted(find_names(Paper(1, "Med-PaLM: Long-Context LLM-based Text-to-SQL for GPT-4", "")))
    ['GPT-4', 'Med-PaLM']
    """
    return {name for name in _NAME.findall(paper.name) if not _is_everyday(name, field)}


def _is_everyday(name: str, field: Collection[str]) -> bool:
    """True for Chain-of-Thought, LLM-based and LLMs: words and the field's own short names."""
    if any(form in field for form in _forms(name)):
        return True
    return all(
        _WORD.fullmatch(part) or any(form in field for form in _forms(part))
        for part in name.split("-")
    )


def _forms(word: str) -> Iterator[str]:
    folded = word.casefold()
    yield folded
    yield folded.removesuffix("s")
