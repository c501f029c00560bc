"""What ``jubo doctor`` says of the files that a community writes: themes, prompts, languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.config import Settings
from bot.digest.check import check_layout
from bot.model.health import Line, Status
from bot.model.language import Language
from bot.model.trend import Theme
from bot.morphology import find_words
from bot.texts.collection import Texts
from bot.texts.proof import prove_prompts
from bot.texts.themes import load_themes
from bot.trends.check import check_words

_MOST_LINES = 20
_MOST_HINTS = 5


def _problems(problems: Sequence[str], fine: str) -> Iterator[Line]:
    for problem in problems[:_MOST_LINES]:
        yield Line(Status.FAIL, problem, "mend the row; everything else works")
    if len(problems) > _MOST_LINES:
        yield Line(Status.FAIL, f"{len(problems) - _MOST_LINES} rows more", "mend these first")
    if not problems:
        yield Line(Status.PASS, fine)


def check_themes(settings: Settings) -> Iterator[Line]:
    """The themes that can be used, and a line for each that cannot."""
    loaded = load_themes(settings.find(settings.themes))
    fine = "; ".join((f"{len(loaded.themes)} themes", *loaded.hints[:_MOST_HINTS]))
    return _problems(loaded.problems, fine)


def check_prompts(settings: Settings) -> Iterator[Line]:
    """Whether every prompt can be written."""
    texts = Texts(settings)
    prove_prompts(texts.prompts, Language("ko", "한국어"))
    yield Line(Status.PASS, "the prompts can be read")


def check_language(settings: Settings, code: str) -> Iterator[Line]:
    """A language: its rows, whether it can word and judge weeks, and what it leaves open."""
    texts = Texts(settings)
    language = texts.language(code)
    fine = f"{language.name}, {len(language.glossary.terms)} terms in the glossary"
    if language.problems:  # told before anything else that may be wrong
        yield from _problems(language.problems, fine)
    check_words(language, texts.words(code), texts.themes)
    find_words(language.analyser, [language.name])
    if not language.problems:
        yield Line(Status.PASS, fine)
    yield from _untold(language)
    yield from _unnamed(texts.themes, language)


def _untold(language: Language) -> Iterator[Line]:
    """What the model is not told of a language."""
    code = language.code
    if not language.instructions:
        what = (
            f"languages/{code}/translate.md is missing: a model is told nothing of {language.name}"
        )
        yield Line(Status.WARN, what, "write how to translate into it, as in jubo's own languages")
    if not language.style:
        what = f"languages/{code}/language.yml names no style for the commentary"
        yield Line(Status.WARN, what, "set style: the register's name in that language")


def _unnamed(themes: Sequence[Theme], language: Language) -> Iterator[Line]:
    """Themes that readers of the language see by a name in another one."""
    ids = [theme.theme_id for theme in themes if language.code not in dict(theme.names)]
    if ids:
        listed = ", ".join(ids[:_MOST_HINTS]) + (", …" if ids[_MOST_HINTS:] else "")
        what = f"themes without a name in {language.name}: {listed}"
        yield Line(Status.WARN, what, f"give each a {language.code}: in the file of the themes")


def check_templates(settings: Settings, code: str) -> Iterator[Line]:
    """Whether a digest can be laid out."""
    texts = Texts(settings)
    check_layout(texts.layout(code), texts.language(code))
    yield Line(Status.PASS, "a digest can be laid out")
