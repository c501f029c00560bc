"""What is written rather than coded: languages, templates, prompts, themes; loaded once, when used.

A community changes these files without touching code; what a folder lacks comes with jubo.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bot.config import Settings, defaults_folder
from bot.digest import Layout
from bot.model.commentary import CommentaryWords
from bot.model.language import Language
from bot.model.trend import Theme
from bot.texts.commentaries import load_commentary_words
from bot.texts.languages import load_language
from bot.texts.layouts import load_layout
from bot.texts.prompts import load_prompts
from bot.texts.proof import prove
from bot.texts.themes import load_themes
from bot.translation.prompt import Prompts


@dataclass
class Texts:
    """The texts of a configuration. Every method may raise ConfigError, naming file and line.

    Safe to use from several threads: ten papers begin at once and want the same language.

    Attributes:
        settings: Where the files are.
        tell: Given one line for each file of which rows are left out, when it is first used.
    """

    settings: Settings
    tell: Callable[[str], None] = lambda _line: None
    _lock: threading.RLock = field(default_factory=threading.RLock, init=False)
    _told: set[str] = field(default_factory=set, init=False)
    _languages: dict[str, Language] = field(default_factory=dict, init=False)
    _words: dict[str, CommentaryWords] = field(default_factory=dict, init=False)
    _layouts: dict[str, Layout] = field(default_factory=dict, init=False)
    _proven: set[str] = field(default_factory=set, init=False)

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        """The rules of the themes."""
        loaded = load_themes(self.settings.find(self.settings.themes))
        self._tell_of(loaded.problems)
        return loaded.themes

    @cached_property
    def prompts(self) -> Prompts:
        """What models are told."""
        return load_prompts(self.settings.find(self.settings.prompts))

    def language(self, code: str) -> Language:
        """A target language with its glossary and words."""
        with self._lock:
            if code not in self._languages:
                self._languages[code] = load_language(self.folder(code))
                self._tell_of(self._languages[code].problems)
            return self._languages[code]

    def words(self, code: str) -> CommentaryWords:
        """The words by which a commentary in that language is judged."""
        with self._lock:
            if code not in self._words:
                language = self.language(code)
                self._words[code] = load_commentary_words(self.folder(code), language)
            return self._words[code]

    def layout(self, code: str) -> Layout:
        """The templates of the digest."""
        if code not in self._layouts:
            self._layouts[code] = load_layout(self.folder(code))
        return self._layouts[code]

    def prove(self, code: str) -> None:
        """Once a language: an edition in it can be asked for, judged and laid out."""
        with self._lock:
            if code not in self._proven:
                language, words = self.language(code), self.words(code)
                prove(language, words, self.layout(code), self.prompts, self.themes)
                self._proven.add(code)

    def folder(self, code: str) -> Path:
        """The language's folder: beside the configuration, else the one that comes with jubo."""
        beside = self.settings.folder / self.settings.languages / code
        return beside if beside.is_dir() else defaults_folder() / "languages" / code

    def _tell_of(self, problems: Sequence[str]) -> None:
        """The run goes on without the rows; it must not do so in silence."""
        if not problems:
            return
        more = f"; {len(problems) - 1} more such" if problems[1:] else ""
        line = f"{problems[0]}{more}; the rest works; mend it, see: jubo doctor"
        with self._lock:
            is_new = line not in self._told
            self._told.add(line)
        if is_new:
            self.tell(line)
