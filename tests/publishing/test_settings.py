"""A wrong setting stops the start with its name and never shows its value."""

import base64
import secrets
from pathlib import Path

import pytest

from publishing.deps import open_deps, redis_url
from publishing.settings import Settings, SettingsError, load_settings, secret_keys, token_keys

KEY = base64.b64encode(secrets.token_bytes(32)).decode()
OTHER = base64.b64encode(secrets.token_bytes(32)).decode()
GOOD = {"AGM_TOKEN_KEYS": f"k1:{KEY}", "AGM_SECRET_KEYS": f"k1:{OTHER}"}
DEV = {"AGM_DEV": "1"}


def started(monkeypatch: pytest.MonkeyPatch, folder: Path, **variables: str) -> Settings:
    """Read settings as a starting process does."""
    for name, value in {**GOOD, "AGM_DATA_DIR": str(folder), **variables}.items():
        monkeypatch.setenv(name, value)
    settings = load_settings(_env_file=None)
    token_keys(settings)
    secret_keys(settings)
    return settings


@pytest.mark.parametrize(
    ("name", "value", "others"),
    [
        ("AGM_PORT", "eighty", {}),
        ("AGM_PORT", "70000", {}),
        ("AGM_PORT", "-1", {}),
        ("AGM_DEV", "perhaps", {}),
        ("AGM_LEASE_SECONDS", "1", {}),
        ("AGM_LEASE_SECONDS", "a minute", {}),
        ("AGM_LEASE_SECONDS", "33", {}),
        ("AGM_LEASE_SECONDS", "28", DEV),
        ("AGM_SWEEP_SECONDS", "0", {}),
        ("AGM_SWEEP_SECONDS", "soon", {}),
        ("AGM_PLATFORM_TIMEOUT_SECONDS", "-30", {}),
        ("AGM_PLATFORM_TIMEOUT_SECONDS", "5600", {}),
        ("AGM_MAX_LATENESS_SECONDS", "-17", {}),
        ("AGM_META_API_VERSION", "twenty-six", {}),
        ("AGM_META_GRAPH_URL", "graph.facebook.example", {}),
        ("AGM_META_GRAPH_URL", "http://graph.facebook.example", {}),
        ("AGM_INSTAGRAM_AUTH_URL", "http://api.instagram.example", {}),
        ("AGM_META_DIALOG_URL", "http://www.facebook.example", {}),
        ("AGM_PUBLIC_URL", "http://social.example.com", {}),
        ("AGM_PUBLIC_URL", "ftp://social.example.com", DEV),
        ("AGM_PUBLIC_URL", "our-own-host.example/path", DEV),
        ("AGM_PUBLIC_URL", "https://", DEV),
        ("AGM_PUBLIC_URL", "https://social.example.com:port", DEV),
        ("AGM_SANDBOX_URL", "sandbox:9400/x", {}),
        ("AGM_DATABASE_URL", "mysql://somebody:hunter2@db/agm", {}),
        ("AGM_DATABASE_URL", "postgresql://somebody:hunter2@db:port/agm", {}),
        ("AGM_REDIS_URL", "amqp://guest:hunter2@queue", {}),
        ("AGM_DATABASE_URL", "postgresql://somebody:hunter2@db/agm?sslmode=verify-full&sslrootcert=/no/ca.pem", {}),
        ("AGM_REDIS_URL", "rediss://:hunter2@queue:6379/0?ssl_ca_certs=/no/ca.pem", {}),
        ("AGM_STORAGE_URL", "s3://bucket/folder", {}),
        ("AGM_FAILPOINT", "p7:3", {}),
        ("AGM_FAILPOINT", "p99", DEV),
        ("AGM_FAILPOINT", "p7:never", DEV),
        ("AGM_FAILPOINT", "p7:0", DEV),
        ("AGM_ALLOW_PRIVATE_URLS", "10.0.0.0/8", {}),
        ("AGM_ALLOW_PRIVATE_URLS", "the-intranet", DEV),
        ("AGM_ALLOW_PRIVATE_URLS", "10.0.0.1/8", DEV),
        ("AGM_TOKEN_KEYS", "k1:c2hvcnQtcGFzc3dvcmQ=", {}),
        ("AGM_TOKEN_KEYS", "hunter2hunter2", {}),
        ("AGM_SECRET_KEYS", "k1:YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=", {}),
        ("AGM_SECRET_KEYS", "k1:KEY,k1:OTHER", {}),
        ("AGM_SECRET_KEYS", "k1:KEY,k2:KEY", {}),
    ],
)
def test_a_wrong_setting_is_refused_by_its_name(
    name: str, value: str, others: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    value = value.replace("KEY", KEY).replace("OTHER", OTHER)

    with pytest.raises(SettingsError) as refused:
        started(monkeypatch, tmp_path, **{**others, name: value})

    said = str(refused.value)
    blamed = {name, "AGM_LEASE_SECONDS"} if name == "AGM_PLATFORM_TIMEOUT_SECONDS" else {name}
    assert any(said.startswith(one) for one in blamed), said
    assert not _shows(said, value), said
    assert refused.value.__cause__ is None


def _shows(said: str, value: str) -> bool:
    """Whether a value is repeated; a word that the advice itself holds (a number, an example) does not count."""
    advice = {"p7:3", "https://", "10.0.0.0/8", "1", "0"}
    return value not in advice and value in said


def test_what_is_right_is_accepted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    settings = started(
        monkeypatch,
        tmp_path,
        AGM_PUBLIC_URL="https://social.example.com/",
        AGM_LEASE_SECONDS="36",
        AGM_DATABASE_URL="postgresql://agm@db.example.com/agm",
        AGM_REDIS_URL="rediss://redis.example.com:6379/0",
        AGM_CORS_ORIGINS=" https://a.example , https://b.example,",
    )

    assert settings.public_url == "https://social.example.com"
    assert settings.cors_origins == ("https://a.example", "https://b.example")
    assert redis_url(settings) == "rediss://redis.example.com:6379/0"


def test_with_nothing_set_everything_is_in_the_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    settings = started(monkeypatch, tmp_path)

    assert settings.database_url == f"sqlite:///{tmp_path / 'agm.db'}"
    assert settings.storage_url == f"file://{tmp_path / 'media'}"


@pytest.mark.parametrize("host", ["http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"])
def test_plain_http_is_fine_on_loopback(host: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    assert started(monkeypatch, tmp_path, AGM_PUBLIC_URL=host).public_url == host


def test_development_may_use_failpoints_private_networks_and_plain_http(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    settings = started(
        monkeypatch,
        tmp_path,
        AGM_DEV="1",
        AGM_FAILPOINT="p10:2",
        AGM_ALLOW_PRIVATE_URLS="127.0.0.0/8, ::1/128",
        AGM_PUBLIC_URL="http://api:8000",
    )

    assert settings.failpoint == "p10:2"
    assert [str(network) for network in settings.allow_private_urls] == ["127.0.0.0/8", "::1/128"]


def test_a_missing_key_is_asked_for_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    for name in ("AGM_TOKEN_KEYS", "AGM_SECRET_KEYS"):
        with pytest.raises(SettingsError, match=f"{name} is not set.*openssl rand"):
            started(monkeypatch, tmp_path, **{name: ""})
        monkeypatch.setenv(name, GOOD[name])


def test_a_missing_redis_is_asked_for_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    with pytest.raises(SettingsError, match="AGM_REDIS_URL is not set"):
        redis_url(started(monkeypatch, tmp_path))


async def test_one_key_for_two_purposes_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    settings = started(monkeypatch, tmp_path, AGM_TOKEN_KEYS=f"a:{KEY}", AGM_SECRET_KEYS=f"b:{OTHER},c:{KEY}")

    with pytest.raises(SettingsError, match="AGM_TOKEN_KEYS and AGM_SECRET_KEYS share a key") as refused:
        async with open_deps(settings):
            raise AssertionError

    assert KEY not in str(refused.value)


# -- files ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_can_come_from_a_file(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    field = Settings.model_fields[name]
    (tmp_path / "mounted").write_text(f"{(field.examples or [''])[0]}\n")
    monkeypatch.setenv("AGM_DEV", "1")
    monkeypatch.delenv(f"AGM_{name.upper()}", raising=False)
    plain = load_settings(_env_file=None, **{name: (field.examples or [""])[0]})
    monkeypatch.setenv(f"AGM_{name.upper()}_FILE", str(tmp_path / "mounted"))

    assert getattr(load_settings(_env_file=None), name) == getattr(plain, name)


def test_a_variable_wins_over_its_file_and_a_file_over_dotenv(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "mounted").write_text("8001\n")
    (tmp_path / ".env").write_text("AGM_PORT=8002\nAGM_HOST=0.0.0.0\n")
    monkeypatch.setenv("AGM_PORT_FILE", str(tmp_path / "mounted"))

    assert load_settings(_env_file=tmp_path / ".env").port == 8001
    assert load_settings(_env_file=tmp_path / ".env").host == "0.0.0.0"
    monkeypatch.setenv("AGM_PORT", "8003")
    assert load_settings(_env_file=tmp_path / ".env").port == 8003


def test_a_file_that_is_not_there_is_named_by_its_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("AGM_TOKEN_KEYS_FILE", str(tmp_path / "missing"))

    with pytest.raises(SettingsError, match="AGM_TOKEN_KEYS_FILE names a file that cannot be read") as refused:
        load_settings(_env_file=None)

    assert str(tmp_path) not in str(refused.value)


def test_printed_settings_show_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    settings = started(monkeypatch, tmp_path, AGM_META_APP_SECRET="the-apps-own-secret")

    for text in (repr(settings), str(settings.model_dump()), settings.model_dump_json()):
        assert not any(secret in text for secret in (KEY, OTHER, "the-apps-own-secret"))
