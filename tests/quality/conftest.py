"""The languages as they are shipped."""

from __future__ import annotations

import pytest

from bot.config import defaults_folder
from bot.model.language import Language
from bot.texts.languages import load_language


@pytest.fixture(scope="session")
def korean() -> Language:
    return load_language(defaults_folder() / "languages" / "ko")


@pytest.fixture(scope="session")
def japanese() -> Language:
    return load_language(defaults_folder() / "languages" / "ja")
