"""The configuration: what is wrong is said in one line, with place and cure."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from bot.config import Settings, defaults_folder, load_settings
from bot.errors import ConfigError

SECRETS = {"OPENAI_API_KEY": "sk-model", "DISCOURSE_API_KEY": "forum-key"}


def write(folder: Path, text: str) -> Path:
    file = folder / "jubo.yml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_shipped_file_states_every_default() -> None:
    """Whoever reads config/jubo.yml reads what jubo does."""
    settings = load_settings(defaults_folder() / "jubo.yml", environment=SECRETS)
    plain = Settings()
    for name in ("timezone", "database", "sources", "arxiv", "http", "policy", "schedule"):
        assert getattr(settings, name) == getattr(plain, name), name
    assert settings.model.model_copy(update={"api_key": None}) == plain.model


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("polcy: {}\n", ":1: unknown key polcy; did you mean policy?"),
        ("policy:\n  paperz: 3\n", ":2: unknown key policy.paperz; did you mean papers?"),
        ("policy:\n  papers: many\n", ":2: policy.papers: Input should be a valid integer"),
        ("outlets:\n  a:\n    urll: x\n", ":2: outlets.a.url: Field required"),
        (
            "outlets:\n  a: {url: 'https://x.example.org', catgory: 1}\n",
            ":2: unknown key outlets.a.catgory; did you mean category?",
        ),
        (
            "model: {prices: {models: {large: "
            "{input: 1, cached_input: 1, output: 1, inptu: 2}}}}\n",
            ":1: unknown key model.prices.models.large.inptu; did you mean input?",
        ),
        ("model: {prices: {output: -1}}\n", ":1: model.prices.output: Input should be greater"),
        ("model:\n  api_key: ${NOPE}\n", ":2: NOPE is not set; set it, or NOPE_FILE"),
        ("model: [\n", ": expected the node content"),
        ("timezone: Moon/Base\n", ":1: timezone: Moon/Base is not a time zone"),
        ("policy: {papers: 3}\npolicy: {}\n", ":2: policy stands twice"),
    ],
)
def test_a_mistake_is_one_line_with_place_and_cure(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_settings(write(tmp_path, text), environment={})
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_prices_may_differ_by_model(tmp_path: Path) -> None:
    text = (
        "model:\n  prices:\n    input: 1.00\n    models:\n"
        "      large: {input: 2, cached_input: 0.2, output: 12, cache_write: 2.5}\n"
    )
    prices = load_settings(write(tmp_path, text), environment={}).model.prices
    assert prices.of("large").output == 12
    assert prices.of("large").cache_write == Decimal("2.5")
    assert prices.of("any other").input == 1
    assert prices.of("any other").cache_write is None


def test_two_outlets_for_one_forum_and_language_are_refused(tmp_path: Path) -> None:
    """They would publish every week twice."""
    text = (
        "outlets:\n  a: {url: 'https://discuss.example.org'}\n"
        "  b: {url: 'https://DISCUSS.example.org/'}\n"
    )
    with pytest.raises(ConfigError, match="outlets a and b are the same forum and language"):
        load_settings(write(tmp_path, text), environment={})


def test_a_secret_is_read_from_its_file_and_never_shown(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("sk-from-file\n")
    file = write(tmp_path, "model:\n  api_key: ${OPENAI_API_KEY}\n")
    settings = load_settings(file, environment={"OPENAI_API_KEY_FILE": str(tmp_path / "key")})
    assert settings.model.api_key is not None
    assert settings.model.api_key.get_secret_value() == "sk-from-file"
    assert "sk-from-file" not in repr(settings)


def test_an_unset_optional_secret_is_absent(tmp_path: Path) -> None:
    file = write(tmp_path, "sources:\n  token: ${GITHUB_TOKEN:-}\n")
    assert load_settings(file, environment={}).sources.token is None


def test_a_relative_database_stands_beside_the_file(tmp_path: Path) -> None:
    settings = load_settings(write(tmp_path, "database: {url: 'sqlite:///s.db'}\n"), environment={})
    assert settings.database_url == f"sqlite:///{tmp_path / 's.db'}"
