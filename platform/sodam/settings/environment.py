"""Every technical setting, typed and checked once at the start. Business rules never live here."""

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from dynaconf import Dynaconf, ValidationError, Validator

from sodam.runtime import state
from sodam.runtime.paths import default_home
from sodam.runtime.secrets import demo_secret

SECRET_LENGTH = 32
DATABASE_EXAMPLE = "postgresql://sodam@db.example:5432/sodam"
SECRET_EXAMPLE = "python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"  # noqa: S105 - a command
GATEWAY = re.compile(r"[a-z][a-z0-9_]*\.(sms|email)=x(\.[a-z][a-z0-9_]*){2}")
AGE_KEY = re.compile(r"age1[a-z0-9]{58}")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class EnvironmentInvalid(Exception):
    """Settings that stop the start: one line each with its name, what was wrong and an example."""


@dataclass(frozen=True, kw_only=True)
class DatabaseAddress:
    """A Postgres address, taken apart. `options` are those after the question mark (sslmode …)."""

    host: str
    port: int
    name: str
    user: str = ""
    password: str = field(default="", repr=False)
    options: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, url: str) -> "DatabaseAddress":
        """Raises ValueError with the reason when the text is no Postgres address."""
        parts = urlsplit(url)
        if parts.scheme not in ("postgresql", "postgres"):
            raise ValueError("postgresql://로 시작해야 합니다")
        if not parts.hostname or not parts.path.strip("/"):
            raise ValueError("서버 이름과 데이터베이스 이름이 있어야 합니다")
        return cls(
            host=parts.hostname,
            port=parts.port or 5432,
            name=unquote(parts.path.strip("/")),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            options=dict(parse_qsl(parts.query)),
        )


@dataclass(frozen=True, kw_only=True)
class Environment:
    """The settings of this process. An empty text means: not configured."""

    mode: Literal["demo", "production"]
    process: Literal["serving", "owner"]
    home: Path
    secret_key: str = field(repr=False)
    master_key: str = field(repr=False)
    database_url: str = field(repr=False)
    owner_database_url: str = field(repr=False)
    broker_url: str = field(repr=False)
    role_prefix: str
    host_suffix: str
    bind_host: str
    port: int
    trusted_proxies: int
    web_processes: int
    web_threads: int
    worker_processes: int
    city_jobs: int
    city_requests: int
    address_requests: int
    address_forms: int
    key_requests: int
    demo_size: Literal["small", "full"]
    fsync: bool
    log_level: str
    smtp_host: str
    smtp_port: int
    smtp_user: str
    smtp_password: str = field(repr=False)
    smtp_security: Literal["none", "starttls", "tls"]
    smtp_from: str
    sms_gateway_url: str
    sms_gateway_key: str = field(repr=False)
    sms_gateway_sender: str
    city_gateways: dict[tuple[str, str], str]
    price_sms_krw: int
    price_lms_krw: int
    price_email_krw: int
    backup_dir: str
    backup_recipients: tuple[str, ...]
    backup_identity_file: str
    key_ring: str
    oidc_name: str
    oidc_url: str
    oidc_client_id: str
    oidc_client_secret: str = field(repr=False)

    @property
    def is_demo(self) -> bool:
        """Invented people, demo accounts, the built-in mailbox, secrets made on the spot."""
        return self.mode == "demo"

    @property
    def is_owner(self) -> bool:
        """May this process open cities and migrate?"""
        return self.process == "owner"

    @property
    def database(self) -> DatabaseAddress | None:
        """Where cities are served from; None before the first `sodam up`."""
        return DatabaseAddress.parse(self.database_url) if self.database_url else None

    @property
    def owner_database(self) -> DatabaseAddress | None:
        """The address with the owner's login; None in every process but the owner's."""
        return DatabaseAddress.parse(self.owner_database_url) if self.owner_database_url else None


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One name after SODAM_: its default, how its text is judged and read, and an example."""

    name: str
    default: str = ""
    wrong: Callable[[str], str] = lambda _text: ""
    read: Callable[[str], Any] = str
    example: str


def _one_of(*allowed: str) -> Callable[[str], str]:
    return lambda text: "" if text in allowed else f"다음 중 하나여야 합니다: {', '.join(allowed)}"


def _number(low: int, high: int) -> Callable[[str], str]:
    def wrong(text: str) -> str:
        fits = text.isascii() and text.isdigit() and low <= int(text) <= high
        return "" if fits else f"{low}–{high} 사이의 정수여야 합니다"

    return wrong


def _secret(text: str) -> str:
    long_enough = not text or len(text) >= SECRET_LENGTH
    return "" if long_enough else f"{SECRET_LENGTH}자 이상이어야 합니다"


def _postgres(text: str) -> str:
    try:
        if text:
            DatabaseAddress.parse(text)
    except ValueError as failure:
        return str(failure)
    return ""


def _url(*schemes: str) -> Callable[[str], str]:
    def wrong(text: str) -> str:
        parts = urlsplit(text)
        fits = not text or (parts.scheme in schemes and bool(parts.hostname))
        return (
            "" if fits else f"{' 또는 '.join(f'{scheme}://' for scheme in schemes)} 주소여야 합니다"
        )

    return wrong


def _gateways(text: str) -> str:
    fits = all(GATEWAY.fullmatch(part.strip()) for part in text.split(",") if text)
    return "" if fits else "시·도.통로=플러그인의 발송 통로로, 여럿은 쉼표로 나눕니다"


def gateways_read(text: str) -> dict[tuple[str, str], str]:
    """`busan.sms=x.busan.carrier`: which plugin's gateway a city's channel goes out by."""
    pairs = (part.strip().partition("=") for part in text.split(",") if part.strip())
    return {
        (place.partition(".")[0], place.partition(".")[2]): code for place, _sign, code in pairs
    }


def _recipients(text: str) -> str:
    fits = all(AGE_KEY.fullmatch(part) for part in recipients_read(text))
    return "" if fits else "age 공개 열쇠(age1…)여야 하고, 여럿은 쉼표로 나눕니다"


def recipients_read(text: str) -> tuple[str, ...]:
    """The public keys of age for whom backups are encrypted."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _is_on(text: str) -> bool:
    return text == "on"


def _prefix(text: str) -> str:
    fits = text.isascii() and text.replace("_", "a").isalnum() and text == text.lower()
    return "" if fits and text[0].isalpha() else "영문 소문자로 시작하고 소문자, 숫자, _만 씁니다"


def _host(text: str) -> str:
    fits = text.replace("-", "a").replace(".", "a").isalnum() and text[0] != "."
    return "" if fits else "점으로 시작하지 않는 호스트 이름이어야 합니다"


def _per_minute(name: str, usual: int) -> Setting:
    """So many in a minute; 0 is no limit."""
    return Setting(
        name=name, default=str(usual), wrong=_number(0, 10**7), read=int, example=str(usual)
    )


SETTINGS = (
    Setting(name="mode", default="demo", wrong=_one_of("demo", "production"), example="demo"),
    Setting(
        name="process", default="serving", wrong=_one_of("serving", "owner"), example="serving"
    ),
    Setting(name="secret_key", wrong=_secret, example=SECRET_EXAMPLE),
    Setting(name="master_key", wrong=_secret, example=SECRET_EXAMPLE),
    Setting(name="database_url", wrong=_postgres, example=DATABASE_EXAMPLE),
    Setting(name="owner_database_url", wrong=_postgres, example=DATABASE_EXAMPLE),
    Setting(
        name="broker_url",
        wrong=_url("redis", "rediss", "unix"),
        example="redis://:password@valkey.example:6379/0",
    ),
    Setting(name="role_prefix", default="sodam_", wrong=_prefix, example="sodam_"),
    Setting(name="host_suffix", default="localhost", wrong=_host, example="sodam.example"),
    Setting(name="bind_host", default="127.0.0.1", wrong=_host, example="192.168.0.7"),
    Setting(name="port", default="0", wrong=_number(0, 65535), read=int, example="8000"),
    Setting(name="trusted_proxies", default="0", wrong=_number(0, 8), read=int, example="1"),
    Setting(name="web_processes", default="2", wrong=_number(1, 64), read=int, example="2"),
    Setting(name="web_threads", default="8", wrong=_number(1, 64), read=int, example="8"),
    Setting(name="worker_processes", default="2", wrong=_number(1, 64), read=int, example="2"),
    Setting(name="city_jobs", default="0", wrong=_number(0, 10_000), read=int, example="2"),
    _per_minute("city_requests", 60_000),
    _per_minute("address_requests", 6_000),
    _per_minute("address_forms", 120),
    _per_minute("key_requests", 600),
    Setting(name="demo_size", default="full", wrong=_one_of("small", "full"), example="small"),
    Setting(name="fsync", default="on", wrong=_one_of("on", "off"), read=_is_on, example="on"),
    Setting(name="log_level", default="INFO", wrong=_one_of(*LOG_LEVELS), example="INFO"),
    Setting(name="smtp_host", example="smtp.example"),
    Setting(name="smtp_port", default="25", wrong=_number(1, 65535), read=int, example="587"),
    Setting(name="smtp_user", example="sodam"),
    Setting(name="smtp_password", example="(비밀번호)"),
    Setting(
        name="smtp_security",
        default="none",
        wrong=_one_of("none", "starttls", "tls"),
        example="starttls",
    ),
    Setting(name="smtp_from", default="no-reply@sodam.example", example="no-reply@sodam.example"),
    Setting(name="sms_gateway_url", wrong=_url("http", "https"), example="https://sms.example/v1"),
    Setting(name="sms_gateway_key", example="(업체가 준 키)"),
    Setting(name="sms_gateway_sender", example="051-000-0000"),
    Setting(
        name="city_gateways",
        wrong=_gateways,
        read=gateways_read,
        example="busan.sms=x.busan.carrier,jeju.email=x.jeju.relay",
    ),
    Setting(name="price_sms_krw", default="0", wrong=_number(0, 10_000), read=int, example="20"),
    Setting(name="price_lms_krw", default="0", wrong=_number(0, 10_000), read=int, example="50"),
    Setting(name="price_email_krw", default="0", wrong=_number(0, 10_000), read=int, example="0"),
    Setting(name="backup_dir", example="/srv/sodam/backups"),
    Setting(
        name="backup_recipients",
        wrong=_recipients,
        read=recipients_read,
        example="age1…(age-keygen이 알려 주는 공개 열쇠)",
    ),
    Setting(name="backup_identity_file", example="/etc/sodam/backup-key.txt"),
    Setting(name="key_ring", example="/etc/sodam/identifier-keys.json"),
    Setting(name="oidc_name", default="통합 로그인", example="통합 로그인"),
    Setting(
        name="oidc_url", wrong=_url("http", "https"), example="https://login.example/realms/city"
    ),
    Setting(name="oidc_client_id", example="sodam"),
    Setting(name="oidc_client_secret", example="(발급받은 값)"),
)


def load() -> Environment:
    """Reads SODAM_*; raises EnvironmentInvalid naming every wrong setting at once."""
    texts = _texts()
    texts = _filled_for_demo(texts) if texts["mode"] == "demo" else _required(texts)
    values = {setting.name: setting.read(texts[setting.name]) for setting in SETTINGS}
    if values["process"] != "owner":
        values["owner_database_url"] = ""
    return Environment(home=default_home(), **values)


def _texts() -> dict[str, str]:
    loaded = Dynaconf(
        envvar_prefix="SODAM",
        settings_files=[],
        load_dotenv=False,
        auto_cast=False,
    )
    try:
        loaded.validators.register(*(_validator(setting) for setting in SETTINGS))
        loaded.validators.validate_all()
    except ValidationError as failure:
        raise EnvironmentInvalid("\n".join(said for _, said in failure.details)) from None
    return {setting.name: str(loaded.get(setting.name)) for setting in SETTINGS}


def _validator(setting: Setting) -> Validator:
    wrong = _Judge(setting)
    return Validator(
        setting.name.upper(),
        default=setting.default,
        condition=wrong,
        messages={"condition": "{function}"},
    )


class _Judge:
    """Is the text right? Afterwards its name is the sentence about what was wrong."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self.__name__ = setting.name

    def __call__(self, text: object) -> bool:
        wrong = self._setting.wrong(str(text))
        self.__name__ = sentence(self._setting, wrong)
        return not wrong


def sentence(setting: Setting, wrong: str) -> str:
    """What the operator reads. The value itself is never shown: it may be a secret."""
    return f"SODAM_{setting.name.upper()}: {wrong}. 예: {setting.example}"


def _required(texts: dict[str, str]) -> dict[str, str]:
    """Outside the demo nothing secret has a default."""
    needed = {"secret_key", "master_key", "database_url", "broker_url"}
    if texts["process"] == "owner":
        needed |= {"owner_database_url"}
    missing = [item for item in SETTINGS if item.name in needed and not texts[item.name]]
    if missing:
        said = [sentence(item, "운영 모드에서는 반드시 있어야 합니다") for item in missing]
        raise EnvironmentInvalid("\n".join(said))
    return texts


def _filled_for_demo(texts: dict[str, str]) -> dict[str, str]:
    """Secrets of this home, and the embedded servers that `sodam up` noted."""
    home = default_home()
    running = state.read(home)
    found = dict(texts)
    for name in ("secret_key", "master_key"):
        found[name] = texts[name] or demo_secret(home, name)
    if running.database and not found["database_url"]:
        place = running.database
        found["database_url"] = f"postgresql://{place.host}:{place.port}/{place.name}"
    if found["port"] == "0" and running.port:
        found["port"] = str(running.port)
    found["broker_url"] = texts["broker_url"] or running.broker_url
    if found["database_url"] and not found["owner_database_url"]:
        where = DatabaseAddress.parse(found["database_url"])
        login = f"{texts['role_prefix']}owner:{demo_secret(home, 'owner_password')}"
        place_text = f"{where.host}:{where.port}/{where.name}"
        found["owner_database_url"] = f"postgresql://{login}@{place_text}"
    return found


def _load_or_stop() -> Environment:
    try:
        return load()
    except EnvironmentInvalid as failure:
        sys.exit(f"설정이 잘못되어 시작하지 않습니다.\n{failure}")


env = _load_or_stop()
