"""Korean content words by Kiwi: JSON texts on stdin, JSON words on stdout.

Run as ``python -m bot.morphology.kiwi``. The dictionaries of names and of multi-word entries stay
out: the sentences name papers in Latin letters, and without them loading takes a third of the time.
"""

from __future__ import annotations

import json
import sys

from kiwipiepy import Kiwi

# Sejong tags of what carries meaning: nouns, roots, verbs, adjectives, adverbs, determiners.
_CONTENT = frozenset({"NNG", "NNP", "XR", "VV", "VA", "MAG", "MM"})


def main() -> None:
    """Analyse what stands on stdin."""
    kiwi = open_kiwi()
    json.dump([list_words(kiwi, text) for text in json.load(sys.stdin)], sys.stdout)


def open_kiwi() -> Kiwi:
    """The analyser; opening it takes most of a second."""
    return Kiwi(num_workers=1, load_default_dict=False, load_multi_dict=False)


def list_words(kiwi: Kiwi, text: str) -> list[tuple[str, int, int]]:
    """Dictionary form and place of each content word; irregular verbs have tags such as VV-I."""
    return [
        (token.form, token.start, token.end)
        for token in kiwi.tokenize(text)
        if token.tag.split("-")[0] in _CONTENT
    ]


if __name__ == "__main__":
    main()
