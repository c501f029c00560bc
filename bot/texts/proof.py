"""Whether an edition in a language can be made at all: asked once, before anything is paid for."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import TemplateError

from bot.digest import Layout, check_layout
from bot.errors import ConfigError
from bot.model.commentary import CommentaryWords
from bot.model.language import Language, Term
from bot.model.trend import Theme
from bot.translation.prompt import Prompts
from bot.trends.check import check_words

_SYSTEM = ("translate", "comment", "review", "verify")
_TERM = Term("term", "term", variants=("variant",), forbidden=("wrong",))


def prove(
    language: Language,
    words: CommentaryWords,
    layout: Layout,
    prompts: Prompts,
    themes: Sequence[Theme],
) -> None:
    """Ask, word, judge and lay out what weeks can bring.

    Raises:
        ConfigError: What a build would have stopped at, in one line.
    """
    prove_prompts(prompts, language)
    check_words(language, words, themes)
    check_layout(layout, language)


def prove_prompts(prompts: Prompts, language: Language) -> None:
    """Every prompt can be written.

    Raises:
        ConfigError: The first that cannot.
    """
    name = "translate_user"
    try:
        prompts.user({}, terms=[_TERM], renderings=[("term", "term")])
        for name in _SYSTEM:
            prompts.system(language, name)
    except (TemplateError, TypeError, ValueError, LookupError, ArithmeticError) as error:
        line = getattr(error, "lineno", None)
        cause = next(iter(str(getattr(error, "message", None) or error).splitlines()), "")
        place = f"prompt {name}.j2" + (f":{line}" if line else "")
        raise ConfigError(f"{place}: {cause or type(error).__name__}; mend the template") from None
