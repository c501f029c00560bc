"""What can be configured, with defaults that work: config/jubo.yml states the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    model_validator,
)


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{name} is not a time zone; use a name such as Asia/Seoul") from None
    return name


def _http(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"{url} is not an http or https address")
    return url.rstrip("/")


Url = Annotated[str, AfterValidator(_http)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,15}$")]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Database(_Section):
    """Where state is kept: SQLite beside the configuration, or PostgreSQL."""

    url: str = "sqlite:///jubo.sqlite"


class Sources(_Section):
    """Where the weekly list is read; ``pages`` (folder or address) replaces GitHub.

    ``public_url`` is where people read those pages, for the link to the source below a post.
    """

    name: Slug = "dair"
    repository: str = Field("dair-ai/AI-Papers-of-the-Week", pattern=r"^[\w.-]+/[\w.-]+$")
    branch: str = "main"
    api_url: Url = "https://api.github.com"
    raw_url: Url = "https://raw.githubusercontent.com"
    token: SecretStr | None = None
    pages: str | None = None
    public_url: Url | None = None
    feed: Url | None = "https://nlp.elvissaravia.com/feed"


class Arxiv(_Section):
    """The metadata service and its pace."""

    api_url: Url = "https://export.arxiv.org/api/query"
    pause_seconds: float = Field(3, ge=0)


class Http(_Section):
    """One policy for all outside calls."""

    timeout_seconds: float = Field(30, gt=0)
    max_body_megabytes: float = Field(20, gt=0)
    contact: Url = "https://example.org/jubo"


Dollars = Annotated[Decimal, Field(ge=0)]


class ModelPrices(_Section):
    """One model's prices, US dollars per million tokens."""

    input: Dollars
    cached_input: Dollars
    output: Dollars
    cache_write: Dollars | None = None


class Prices(_Section):
    """US dollars per million tokens, as of a date; ``models`` by name, the rest for all others."""

    as_of: date = date(2026, 11, 1)
    input: Dollars = Decimal("0.50")
    cached_input: Dollars = Decimal("0.05")
    output: Dollars = Decimal("3.00")
    cache_write: Dollars | None = None
    models: Annotated[dict[str, ModelPrices], BeforeValidator(lambda value: value or {})] = {}

    def of(self, model: str) -> Prices | ModelPrices:
        """The prices of one model."""
        return self.models.get(model, self)


class Budget(_Section):
    """Hard caps in US dollars; calls in flight count."""

    edition_usd: Decimal = Decimal("2.00")
    month_usd: Decimal = Decimal("20.00")


class Model(_Section):
    """The language model: any OpenAI-compatible endpoint."""

    base_url: Url = "https://api.openai.com/v1"
    api_key: SecretStr | None = None
    name: str = "gpt-5.6-mini"
    fallback: str | None = None
    reviewer: str | None = None
    interface: Literal["chat", "responses"] = "chat"
    service_tier: str | None = None
    timeout_seconds: float = Field(180, gt=0)
    max_output_tokens: int = Field(8000, ge=256)
    parallel: int = Field(4, ge=1, le=32)
    repairs: int = Field(2, ge=0, le=5)
    attempts: int = Field(4, ge=1, le=10)
    prices: Prices = Prices()
    budget: Budget = Budget()


class Policy(_Section):
    """When an issue is published, held or left alone."""

    papers: int = Field(10, ge=1)
    quiet_minutes: float = Field(30, ge=0)
    ask_after_hours: float = Field(24, ge=0)
    max_age_days: int = Field(21, ge=1)
    hours_between_topics: float = Field(20, ge=0)
    edit_days: int = Field(30, ge=0)
    apply_small_updates: bool = False
    small_update_characters: int = Field(200, ge=0)


class Schedule(_Section):
    """When to look."""

    check_every_minutes: float = Field(30, gt=0)
    jitter_seconds: int = Field(120, ge=0)
    misfire_grace_seconds: int = Field(3600, ge=1)


class Outlet(_Section):
    """One forum in one language."""

    url: Url
    category: int | None = None
    tags: tuple[str, ...] = ()
    language: str = "ko"
    api_username: str = "jubo"
    api_key: SecretStr | None = None
    review: Literal["none", "approve", "grace"] = "none"
    grace_minutes: float = Field(60, ge=0)
    timeout_seconds: float = Field(30, gt=0)
    requests_per_minute: int = Field(50, ge=1)
    attempts: int = Field(6, ge=1, le=10)
    math: Annotated[
        Literal["auto", "on", "off"],
        BeforeValidator(lambda value: {True: "on", False: "off"}.get(value, value)),
    ] = "auto"
    picture: bool = True


class Settings(_Section):
    """All that can be configured; ``folder`` is where the file stands (paths start there)."""

    timezone: Annotated[str, AfterValidator(_zone)] = "Asia/Seoul"
    database: Database = Database()
    sources: Sources = Sources()
    arxiv: Arxiv = Arxiv()
    http: Http = Http()
    model: Model = Model()
    policy: Policy = Policy()
    schedule: Schedule = Schedule()
    outlets: dict[Slug, Outlet] = {}
    themes: Path = Path("themes.yml")
    languages: Path = Path("languages")
    prompts: Path = Path("prompts")
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    folder: Path = Field(Path(), exclude=True)

    @model_validator(mode="after")
    def _one_outlet_per_forum_and_language(self) -> Settings:
        seen: dict[tuple[str, str], str] = {}
        for name, outlet in self.outlets.items():
            place = (outlet.url.lower(), outlet.language)
            if place in seen:
                raise ValueError(
                    f"outlets {seen[place]} and {name} are the same forum and language; remove one"
                )
            seen[place] = name
        return self

    @property
    def database_url(self) -> str:
        """The database's address, a relative SQLite path resolved beside the file."""
        prefix = "sqlite:///"
        if not self.database.url.startswith(prefix):
            return self.database.url
        return prefix + str((self.folder / self.database.url.removeprefix(prefix)).absolute())

    def find(self, path: Path) -> Path:
        """The file or folder of that name: beside the configuration, else jubo's own."""
        beside = self.folder / path
        return beside if beside.exists() else defaults_folder() / path.name


def defaults_folder() -> Path:
    """The folder of defaults: inside an installed package, or the checkout's ``config/``."""
    package = Path(__file__).parent.parent
    installed = package / "_config"
    return installed if installed.is_dir() else package.parent / "config"
