"""Formulas, code and addresses that do not come back as they were."""

from __future__ import annotations

import re

from bot.model.finding import Severity
from tests.bench.mutations.registry import mutation
from tests.bench.samples import Sample

_FORMULA = re.compile(r"\$([^$]+)\$")
_CODE = re.compile(r"`([^`]+)`")
_ADDRESS = re.compile(r"https?://[^\s)]+")


@mutation("spans")
def formula_dropped(sample: Sample) -> str | None:
    """A formula is gone: $O(n)$에 동작하는 → 에 동작하는."""
    return _first(_FORMULA, "", sample.target)


@mutation("spans")
def formula_altered(sample: Sample) -> str | None:
    """A formula says something else: $O(n^2)$ → $O(n^2) + 1$."""
    return _first(_FORMULA, r"$\1 + 1$", sample.target)


@mutation("spans")
def formula_translated(sample: Sample) -> str | None:
    """A formula is put into words: $r = 8$ → 알 값."""
    return _first(_FORMULA, "수식 값", sample.target)


@mutation("spans")
def formula_broken_by_particle(sample: Sample) -> str | None:
    """A dollar sign is lost and a particle takes its place (design.md): $26$ → 26$의."""
    return _first(_FORMULA, r"\1$의", sample.target)


@mutation("spans")
def dollars_left_around_a_number(sample: Sample) -> str | None:
    """The source's $26$ was plain text, yet a dollar sign reaches the reader: 26개 → 26$의."""
    found = re.search(r"\$(\d+)\$", sample.source)
    if found is None or found.group(1) not in sample.target:
        return None
    return sample.target.replace(found.group(1), f"{found.group(1)}$의", 1)


@mutation("spans")
def formula_repeated(sample: Sample) -> str | None:
    """A formula comes twice: $k$개를 → $k$와 $k$개를."""
    return _first(_FORMULA, r"$\1$와 $\1$", sample.target)


@mutation("spans")
def code_dropped(sample: Sample) -> str | None:
    """Code is gone: `CLAUDE.md` 또는 `AGENTS.md` 파일 → `CLAUDE.md` 또는 파일."""
    codes = list(_CODE.finditer(sample.target))
    if not codes:
        return None
    return sample.target[: codes[-1].start()] + sample.target[codes[-1].end() :]


@mutation("spans")
def code_altered(sample: Sample) -> str | None:
    """Code no longer runs: `temperature=0` → `온도 temperature=0`."""
    return _first(_CODE, r"`온도 \1`", sample.target)


@mutation("spans", Severity.MINOR)
def code_marks_lost(sample: Sample) -> str | None:
    """Code loses its back quotes: `torch.compile` 함수 → torch.compile 함수."""
    return _first(_CODE, r"\1", sample.target)


@mutation("spans")
def address_altered(sample: Sample) -> str | None:
    """An address leads elsewhere: …/vllm → …/vllm-ko."""
    return _first(_ADDRESS, r"\g<0>-ko", sample.target)


@mutation("spans")
def address_dropped(sample: Sample) -> str | None:
    """An address becomes words: https://example.org/mm-llms 에서 → 웹사이트 에서."""
    return _first(_ADDRESS, "웹사이트", sample.target)


def _first(pattern: re.Pattern[str], replacement: str, text: str) -> str | None:
    changed, done = pattern.subn(replacement, text, count=1)
    return changed if done else None
