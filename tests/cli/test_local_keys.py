import json
import stat
from pathlib import Path

import pytest

from cli.local_keys import DevFile, ensure_local_keys, write_dev_file
from publishing.keyring import parse_keyring


def test_local_keys_are_made_once_and_for_their_owner_only(tmp_path: Path):
    ensure_local_keys(tmp_path)
    made = (tmp_path / "keys").read_text()
    ensure_local_keys(tmp_path)

    assert (tmp_path / "keys").read_text() == made
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [tmp_path / "keys"]


@pytest.mark.parametrize("name", ["token_keys", "secret_keys"])
def test_local_keys_are_keyrings(tmp_path: Path, name: str):
    ensure_local_keys(tmp_path)

    keyring = parse_keyring(json.loads((tmp_path / "keys").read_text())[name])

    assert len(keyring.newest_key) == 32


def test_the_development_file_is_for_its_owner_only(tmp_path: Path):
    content = DevFile(
        graphql_url="http://127.0.0.1:8000/graphql",
        ws_url="ws://127.0.0.1:8000/graphql",
        api_key="agm_x",
        sandbox_url="http://127.0.0.1:9400",
        console_url=None,
    )

    path = write_dev_file(tmp_path, content)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert json.loads(path.read_text()) == {
        "graphql_url": "http://127.0.0.1:8000/graphql",
        "ws_url": "ws://127.0.0.1:8000/graphql",
        "api_key": "agm_x",
        "sandbox_url": "http://127.0.0.1:9400",
        "console_url": None,
    }
    assert "agm_x" not in repr(content)
