"""What a command of another shell takes from the `agm dev` of its data folder, and what it does not."""

from pathlib import Path

import pytest

from cli.beside import settings_here
from cli.local_keys import dev_file_path
from publishing.settings import SettingsError
from tests.cli.test_sandbox import running_dev


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGM_DATA_DIR", str(tmp_path))


def test_who_works_on_the_same_takes_part(tmp_path: Path):
    with running_dev(tmp_path):
        settings = settings_here()

    assert (settings.dev, settings.sandbox_url) == (True, "http://127.0.0.1:9123")
    assert settings.public_url == "http://127.0.0.1:8123"
    assert settings.allow_private_urls


@pytest.mark.parametrize(
    ("variable", "value"),
    [("AGM_DATABASE_URL", "postgresql://agm:secret@db.example/agm"), ("AGM_REDIS_URL", "redis://redis.example:6379/0")],
)
def test_a_server_of_its_own_on_the_same_folder_is_no_development(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
):
    """Else it would fetch media from private networks, and allow plain http, as long as `agm dev` runs."""
    with running_dev(tmp_path):
        monkeypatch.setenv(variable, value)
        settings = settings_here()

    assert (settings.dev, settings.sandbox_url, settings.allow_private_urls) == (False, None, ())
    assert settings.public_url == "http://127.0.0.1:8000"


def test_a_file_of_another_release_is_named(tmp_path: Path):
    with running_dev(tmp_path):
        dev_file_path(tmp_path).write_text('{"graphql": "http://127.0.0.1:8123"}')

        with pytest.raises(SettingsError, match="stop `agm dev` and start it again"):
            settings_here()


def test_a_stack_that_is_not_up_yet_gives_nothing(tmp_path: Path):
    with running_dev(tmp_path):
        dev_file_path(tmp_path).unlink()

        assert settings_here().dev is False
