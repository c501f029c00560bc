"""How many tokens a text is, at most, before anyone has counted them."""

from __future__ import annotations

import math

from bot.model.call import ModelRequest

ASCII_PER_TOKEN = 3
OVERHEAD_TOKENS = 24


def estimate_tokens(text: str) -> int:
    """An upper estimate of the tokens of ``text``: one for three ASCII characters, one for others.

    >>> estimate_tokens("word"), estimate_tokens("한국어")
    (2, 3)

    English prose measures about four characters a token in the vendors' tokenizers, Hangul about
    0.6 to 1 token a syllable; the estimate is meant to be too high, never too low. The count that
    is paid for comes back with the reply.
    """
    ascii_characters = sum(character.isascii() for character in text)
    return math.ceil(ascii_characters / ASCII_PER_TOKEN) + len(text) - ascii_characters


def estimate_prompt_tokens(request: ModelRequest) -> int:
    """An upper estimate of what a request holds, schema and frame included."""
    schema = len(str(request.schema)) // ASCII_PER_TOKEN
    return OVERHEAD_TOKENS + schema + estimate_tokens(request.system + request.user)
