"""What the operator may set, read from the environment once. docs/operating.md holds the same table in words."""

from functools import cache
from pathlib import Path

from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

MEGABYTE = 1024 * 1024


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="CAREAPP_", env_ignore_empty=True)

    port: int = Field(default=8000, validation_alias=AliasChoices("PORT", "CAREAPP_PORT"))
    host: str = "127.0.0.1"
    url: str = ""
    allow_http_lan: bool = False
    data: Path = Path("data")
    database_url: str = ""
    redis_url: str = ""
    storage_url: str = ""
    workers: int = 1
    smtp_url: str = ""
    mail_from: str = ""
    contact: str = ""
    push_hosts: str = ""
    sms_url: str = ""
    country: str = "US"
    trusted_proxies: str = "127.0.0.1,::1"
    max_photo_bytes: int = 40 * MEGABYTE
    max_video_bytes: int = 2 * 1024 * MEGABYTE
    max_video_minutes: int = 20
    max_site_bytes: int = 10 * 1024 * MEGABYTE
    max_body_bytes: int = MEGABYTE
    max_requests_per_minute: int = 1500
    restore_days: int = 30

    @property
    def public_url(self) -> str:
        """The address people type, without a slash at the end."""
        return (self.url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def database(self) -> str:
        """An SQLAlchemy address; the embedded default is one file in the data folder."""
        return self.database_url or f"sqlite:///{self.data.resolve() / 'careapp.sqlite'}"

    @property
    def is_embedded(self) -> bool:
        """One process owning one SQLite file, as against PostgreSQL shared by several."""
        return self.database.startswith("sqlite")

    @property
    def mail_folder(self) -> Path:
        """Where mail is written when no mail server is set."""
        return self.data / "mail"


@cache
def settings() -> Settings:
    return Settings()
