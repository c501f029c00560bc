"""Sentences → content words, analysed in a short-lived process so that the daemon stays small.

Korean is analysed by Kiwi (Apache-2.0), whose model takes some 260 MB and 0.7 seconds to load.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence

from bot.errors import NoWords
from bot.model.commentary import ContentWord
from bot.model.language import ANALYSERS

_SECONDS = 120


def find_words(analyser: str, texts: Sequence[str]) -> tuple[tuple[ContentWord, ...], ...]:
    """The content words of each text, in order; none for a language without an analyser.

    Raises:
        NoWords: The analysing process failed; the computed table speaks instead.
    """
    if not analyser or not texts:
        return tuple(() for _ in texts)
    if analyser not in ANALYSERS:
        raise _failed(f"no analyser is called {analyser}")
    command = [sys.executable, "-m", f"bot.morphology.{analyser}"]
    try:
        done = subprocess.run(  # noqa: S603 our own interpreter and module
            command,
            input=json.dumps(list(texts)).encode(),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
        rows = json.loads(done.stdout) if done.returncode == 0 else None
    except (OSError, subprocess.TimeoutExpired, ValueError) as error:
        raise _failed(str(error)) from None
    if rows is None:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise _failed(lines[-1] if lines else f"exit status {done.returncode}")
    return tuple(tuple(ContentWord(*word) for word in row) for row in rows)


def _failed(cause: str) -> NoWords:
    return NoWords(
        f"morphology: the words of the commentary were not found: {cause}; install jubo anew"
    )
