"""What all commands share: the configuration they were given, output, logs without secrets."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.errors import ConfigError

if TYPE_CHECKING:
    from pydantic import BaseModel

    from bot.config import Settings
    from bot.model.edition import Usage

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout, nothing else.")]
From = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="DIR_OR_URL",
        help="Read the pages here (README.md and years/) instead of the configured source.",
    ),
]
Key = Annotated[
    str, typer.Argument(help="An issue's first day (2024-01-29), SOURCE/2024-01-29, or latest.")
]

_NOISY = ("httpx", "httpcore", "httpx2", "openai", "pydiscourse", "urllib3", "dbos", "apscheduler")


@dataclass(frozen=True, slots=True)
class Invocation:
    """The global options of one call of ``jubo``."""

    config: Path | None
    outlet: str | None

    def settings(self) -> Settings:
        """The configuration named, or ``./jubo.yml``, or the defaults; logging set up for it."""
        from bot.config import load_settings

        file = self.config or (Path("jubo.yml") if Path("jubo.yml").is_file() else None)
        settings = load_settings(file)
        set_up_logging(settings)
        return settings

    def outlet_name(self, settings: Settings) -> str:
        """The outlet asked for, or the only one.

        Raises:
            ConfigError: There is none, several without a choice, or none of that name.
        """
        names = list(settings.outlets)
        if self.outlet in names:
            return str(self.outlet)
        if self.outlet is not None:
            raise ConfigError(f"no outlet is called {self.outlet}; known: {', '.join(names)}")
        if len(names) == 1:
            return names[0]
        if names:
            raise ConfigError(f"choose one with --outlet: {', '.join(names)}")
        raise ConfigError("no outlet is configured; write a configuration with: jubo init")

    def find_outlet(self, settings: Settings) -> str | None:
        """The outlet's name, None where no configuration names one."""
        if not settings.outlets and self.outlet is None:
            return None
        return self.outlet_name(settings)


def print_json(value: Any) -> None:
    """One JSON document on stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def say(line: str = "") -> None:
    """One line for people."""
    typer.echo(line)


def wait_for_a_signal() -> None:
    """Return when somebody says Ctrl-C or SIGTERM."""
    import signal
    import threading

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    stop.wait()


def set_up_logging(settings: Settings) -> None:
    """Logs go to stderr; secrets are masked wherever they come from, libraries stay quiet."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Masking(_secrets(settings)))
    logging.basicConfig(level=settings.log_level.upper(), handlers=[handler], force=True)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)


def mask(text: str) -> str:
    """The text without the configuration's secrets, as far as a configuration was read."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler.formatter, _Masking):
            text = handler.formatter.mask(text)
    return text


class _Masking(logging.Formatter):
    """Replaces every secret of the configuration in a finished line, tracebacks included."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        return self.mask(super().format(record))

    def mask(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "********")
        return text


def _secrets(section: BaseModel) -> tuple[str, ...]:
    return tuple(sorted(set(_find_secrets(section)), key=len, reverse=True))


def _find_secrets(value: object) -> Iterator[str]:
    from pydantic import BaseModel, SecretStr

    if isinstance(value, SecretStr):
        if secret := value.get_secret_value():
            yield secret
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _find_secrets(getattr(value, name))
    elif isinstance(value, dict):
        for item in value.values():
            yield from _find_secrets(item)


def describe_usage(usage: Usage) -> dict[str, Any]:
    """What model calls used and cost, as ``--json`` gives it."""
    return {
        "requests": usage.requests,
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "cost_usd": float(usage.cost_usd),
    }
