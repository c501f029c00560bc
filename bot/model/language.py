"""What one target language brings along: labels, register, scripts, glossary and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.model.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Term:
    """One English term and how the community writes it.

    Attributes:
        source: English, in the singular; regular plurals are found without being listed. A
            capital letter makes the match case-sensitive ("RAG" is not "rag").
        target: The preferred rendering.
        variants: Other renderings that are right; a spelling that differs in spaces or hyphens
            only need not be listed.
        loose: Words of wider meaning that may stand for it as well (비교 for "benchmark"): enough
            not to miss the term, never a second rendering of it.
        inflections: Further English forms ("fine-tune", "fine-tuned").
        forbidden: Renderings that are wrong in every text on machine learning.
        unless: English words that make a forbidden rendering right ("density" for 밀도).
        keep: The English itself is the preferred rendering.
        free: A word of general use, whose accepted renderings may alternate within one post.
        line: Where it stands in glossary.yml, from 1.
    """

    source: str
    target: str
    variants: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    inflections: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    keep: bool = False
    free: bool = False
    line: int = 0

    @property
    def accepted(self) -> tuple[str, ...]:
        """Every right rendering, the preferred one first.

        >>> Term("survey", "서베이", variants=("조사",)).accepted
        ('서베이', '조사')
        """
        return (self.target, *self.variants)

    @property
    def known(self) -> tuple[str, ...]:
        """Every rendering after which the term is not missing."""
        return (*self.accepted, *self.loose)


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of a language, in the order of the file."""

    terms: tuple[Term, ...] = ()


ANALYSERS = ("kiwi",)
"""What bot.morphology can analyse sentences with."""


@dataclass(frozen=True, slots=True)
class Language:
    """One folder under ``config/languages/``.

    Attributes:
        code: The folder's name ("ko").
        name: What its speakers call it ("한국어").
        labels: Headings and set phrases of a digest, by name; digest code states which it needs.
        title: The topic title, with ``{first}``, ``{last}`` and the like in braces.
        register: Name of the register that running text keeps ("hapsida", "desu-masu").
        style: How its speakers call that register ("합니다체"), for the model's commentary.
        instructions: What the model is told of translating into it, from ``translate.md``.
        scripts: Scripts that a translation may use beside Latin and Greek ("Hangul", "Kana").
        particles: Korean particle rules apply.
        analyser: What finds the content words of a commentary (bot.morphology); "" for nothing.
        glossary: Terms and renderings.
        lexicon: The words that the checks look for.
        problems: What is wrong in the folder, one line each with file and line number; the rest
            works. ``jubo doctor`` fails where there is any.
    """

    code: str
    name: str
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    title: str = ""
    register: str = ""
    style: str = ""
    instructions: str = ""
    scripts: tuple[str, ...] = ()
    particles: bool = False
    analyser: str = ""
    glossary: Glossary = Glossary()
    lexicon: Lexicon = field(default_factory=Lexicon)
    problems: tuple[str, ...] = ()
