"""By what a paper is called: in the contents, in a heading, in a sentence of the commentary."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.digest.title import shorten
from bot.markdown.neutral import clean
from bot.markdown.prose import plain_text
from bot.model.edition import TranslatedPaper

MAXIMUM_NAME = 60
_HALVES = re.compile(r"(\S.*?)\s*\((\S[^()]*)\)")
_LATIN = re.compile(r"[A-Za-z][\w.+-]*\w", re.ASCII)
FIELD = frozenset(
    {"AI", "GPT", "GPU", "LLM", "LLMs", "LMM", "ML", "MLLM", "NLP", "RAG", "RL", "VLM"}
)
"""What the whole field is called, which names no paper."""
_SYSTEM = re.compile(r"\s*(\S[^:]{0,39}?)\s*[:：]\s+\S")


def paper_name(paper: TranslatedPaper) -> str:
    """The newsletter's name of the paper, without Markdown; its title where it has none."""
    return telling(plain_text(paper.paper.name)) or telling(plain_text(paper.title.source))


def plain_title(title: str) -> str:
    """A title on one line, empty where it holds no letter or digit; formulas stay."""
    return telling(clean(title.replace("*", "")))


def short_name(paper: TranslatedPaper) -> str:
    """The name as the contents show it; empty where the paper has neither name nor title."""
    name = paper_name(paper)
    return shorten(system_name(name) or name, MAXIMUM_NAME)


def paper_names(paper: TranslatedPaper) -> tuple[str, ...]:
    """What is called so is the paper: the newsletter's name, the system's, the titles.

    Of "NSA (Native Sparse Attention)" each half is a name.
    """
    name, title = paper_name(paper), plain_text(paper.title.source)
    names = [
        *(name, title, plain_text(paper.title.target or ""), system_name(name), system_name(title)),
        *name_halves(name),
    ]
    return tuple(dict.fromkeys(name for name in names if name))


def name_halves(name: str) -> tuple[str, ...]:
    """Both names of "NSA (Native Sparse Attention)"; none where there is but one."""
    halves = _HALVES.fullmatch(name)
    return halves.groups() if halves else ()


def paper_words(paper: TranslatedPaper) -> tuple[str, ...]:
    """Words that stand for the paper where no other is called so.

    Those of the newsletter's name that the translated title keeps ("Muon"), unless they belong
    to the whole field.
    """
    kept = set(_LATIN.findall(plain_text(paper.title.target or ""))) - FIELD
    words = (word for word in _LATIN.findall(paper_name(paper)) if word in kept)
    return tuple(dict.fromkeys(words))


def paper_makers(paper: TranslatedPaper, companies: Iterable[str]) -> frozenset[str]:
    """The companies that the paper's names, texts and authors' affiliations name."""
    authors = paper.record.authors if paper.record else ()
    texts = (
        *(paper.paper.name, paper.title.source, paper.introduction.source),
        *(paper.abstract.source if paper.abstract else "",),
        *(author.affiliation or "" for author in authors),
    )
    told = "\n".join(texts)
    return frozenset(one for one in companies if re.search(rf"\b{re.escape(one)}\b", told))


def telling(name: str) -> str:
    """The name, empty where it is signs alone, which name nothing."""
    return name if any(character.isalnum() for character in name) else ""


def system_name(title: str) -> str:
    """What a title names before its colon, empty where it does not.

    >>> system_name("OLMo: Accelerating the Science of Language Models")
    'OLMo'
    """
    found = _SYSTEM.match(title)
    return found[1] if found and len(found[1].split()) <= 3 else ""
