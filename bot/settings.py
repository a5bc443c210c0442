"""What the operator sets: environment variables and a `.env` file. Secrets have no default and are never shown."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class Settings(BaseSettings):
    """The operator's settings; each field is read from the environment variable of the same name."""

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", frozen=True, use_attribute_docstrings=True
    )

    discord_token: SecretStr | None = None
    """The bot's token from Discord's developer portal. Needed by `matchbook run` alone."""
    database_url: SecretStr | None = None
    """`sqlite:///path.db` or `postgresql://...`, which may hold a password; else a file in the user's data folder."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """How much is logged."""
    health_port: Annotated[int, Field(ge=0, le=65535)] | None = None
    """Port of the health endpoint (`GET /healthz`); none without it."""
    health_host: str = "127.0.0.1"
    """Address that the health endpoint listens on; in a container, 0.0.0.0."""
    follow_seconds: Annotated[float, Field(gt=0)] = 5
    """How often the bot asks the database for edits made by another process, in seconds."""

    refresh: bool = True
    """Whether the bot asks live sources by itself; `off` leaves that to `matchbook refresh`."""
    refresh_contact: str | None = None
    """Where a source can complain about the requests, told with each of them: a page or a mail address."""
    github_token: SecretStr | None = None
    """A token for GitHub's API, which takes 60 requests an hour without one; it needs no rights."""
    hf_token: SecretStr | None = None
    """A token for Hugging Face's API; it needs no rights beyond reading."""

    curators: Annotated[frozenset[int], NoDecode] = frozenset()
    """Discord ids of those who edit the shared catalog, parted by commas; without any, only the command line does."""
    curators_channel: int | None = None
    """Id of the channel in which curators see proposals for the shared catalog and what was changed of it."""

    @field_validator("curators", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return [part for part in value.replace(",", " ").split() if part] if isinstance(value, str) else value

    @property
    def database(self) -> str | None:
        """The database's URL in clear, or None for the default file."""
        return self.database_url.get_secret_value() if self.database_url else None

    @property
    def tokens(self) -> dict[str, SecretStr]:
        """The tokens that live sources are asked with, by the sources' keys."""
        tokens = {"github": self.github_token, "huggingface": self.hf_token}
        return {key: token for key, token in tokens.items() if token and token.get_secret_value().strip()}
