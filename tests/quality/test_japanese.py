"""Another language is one folder: the same code checks Japanese by config/languages/ja."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from bot.model.finding import Severity
from bot.model.language import Language
from bot.model.translation import Kind, Segment, Translation
from bot.quality import Pair, check_pairs
from bot.translation.glossary import swap_term

_HERE = Path(__file__).parent
_KINDS = {"i": Kind.INTRODUCTION, "a": Kind.ABSTRACT, "t": Kind.TITLE}
ROWS: list[tuple[str, str, str, str]] = [
    tuple(row) for row in yaml.safe_load((_HERE / "japanese.yml").read_text(encoding="utf-8"))
]


def test_the_folder_has_no_problems_and_sixty_terms(japanese: Language) -> None:
    assert japanese.problems == ()
    assert len(japanese.glossary.terms) >= 60
    assert not japanese.particles


@pytest.mark.parametrize(("name", "kind", "source", "target"), ROWS)
def test_good_japanese_passes_and_a_fault_is_found(
    japanese: Language, name: str, kind: str, source: str, target: str
) -> None:
    pair = Pair(Segment("x", source, _KINDS[kind]), Translation("x", target))

    findings = check_pairs([pair], japanese)

    if name == "good":
        assert [one for one in findings if one.severity is not Severity.MINOR] == []
    else:
        assert name in {finding.check for finding in findings}


def test_a_swapped_term_keeps_its_particle(japanese: Language) -> None:
    """Japanese particles do not depend on the word before them."""
    assert swap_term("アンケートを示します", (0, 5), "サーベイ", japanese) == "サーベイを示します"


def test_no_code_asks_which_language_it_is() -> None:
    """Whatever differs is data, or a capability named by it (particles, spaces)."""
    root = _HERE.parent.parent / "bot"
    asks = re.compile(r"""(?:==|!=|\bin)\s*[\[({]?\s*["'](?:ko|ja)["']|\.code\s*[!=]=""")
    for folder in ("quality", "translation", "model"):
        for file in (root / folder).glob("*.py"):
            assert not asks.search(file.read_text(encoding="utf-8")), file
