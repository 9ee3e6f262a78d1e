import asyncio
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from cli.main import app
from publishing import credentials
from publishing.credentials import NewToken
from publishing.db import open_database
from publishing.keyring import parse_keyring
from publishing.keys import read_presented
from tests.publishing.town import NOW, open_street
from tests.support.dialect import forget_dialect
from tests.support.nursery import Nursery
from tests.support.stack import new_keys

HEAVY = ("strawberry", "tortoise", "arq", "redis", "httpx", "aiohttp", "pydantic", "uvicorn", "rich", "PIL", "asyncio")


def agm(*arguments: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AGM_")}
    environment |= {"AGM_DATA_DIR": str(folder), **variables}
    command = [sys.executable, "-W", "ignore", "-m", "cli", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=50, check=False)


async def ended(nursery: Nursery, door: str, folder: Path, **variables: str) -> tuple[int, str]:
    """Start a door; give the code it ends with and all it said."""
    environment = {"AGM_DATA_DIR": str(folder), **variables}
    program = nursery.start(door, (door,), log=folder / f"{door}.log", environment=environment)
    return await program.ends(), program.said()


def agm_here(*arguments: str, folder: Path, **variables: str) -> Result:
    """Run a command in this process: starting one takes a second, which a few tests of each command need."""
    forget_dialect()
    gone = {name: None for name in os.environ if name.startswith("AGM_")}
    return CliRunner().invoke(app, list(arguments), env={**gone, "AGM_DATA_DIR": str(folder), **variables})


@pytest.fixture
def migrated(tmp_path: Path) -> Path:
    assert agm_here("migrate", "up", folder=tmp_path).exit_code == 0
    return tmp_path


def test_help_loads_none_of_the_products_libraries():
    program = f"import cli.main, sys; print([name for name in {HEAVY} if name in sys.modules])"

    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"


def test_help_names_every_command(tmp_path: Path):
    answer = agm("--help", folder=tmp_path)

    assert answer.returncode == 0
    assert re.findall(r"^  ([a-z]+)  ", answer.stdout, re.MULTILINE) == [
        *("dev", "demo", "api", "worker", "doctor", "sandbox", "migrate", "key", "tokens", "schema"),
    ]


def test_the_database_can_be_migrated_up_and_down(tmp_path: Path):
    before = agm_here("migrate", "status", folder=tmp_path)
    up = agm("migrate", "up", folder=tmp_path)
    after = agm_here("migrate", "status", folder=tmp_path)
    down = agm_here("migrate", "down", folder=tmp_path)

    assert (before.exit_code, up.returncode, after.exit_code, down.exit_code) == (1, 0, 0, 0)
    assert "applied" in up.stdout
    assert "at head" in after.stdout


def test_a_new_key_is_printed_once_and_nothing_else_is(migrated: Path):
    keys = "k1:" + "MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY="

    answer = agm("key", "create", "--scopes", "posts:read,accounts:read", folder=migrated, AGM_SECRET_KEYS=keys)

    (secret,) = answer.stdout.splitlines()
    assert answer.returncode == 0
    assert read_presented(secret) is not None
    assert secret not in answer.stderr
    assert all(secret.encode() not in path.read_bytes() for path in migrated.rglob("*") if path.is_file())


def test_keys_are_listed_and_revoked(migrated: Path):
    keys = "k1:" + "MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY="
    kept, ended = (
        agm_here("key", "create", "--name", name, folder=migrated, AGM_SECRET_KEYS=keys).stdout.strip()
        for name in ("kept", "[red]ended[/red]")
    )

    revoked = agm_here("key", "revoke", ended[:12], folder=migrated)
    again = agm_here("key", "revoke", ended[:12], folder=migrated)
    unknown = agm_here("key", "revoke", "agm_nothere", folder=migrated)
    elsewhere = agm_here("key", "list", "--workspace", "Elsewhere", folder=migrated)
    listed = agm_here("key", "list", folder=migrated)

    assert (revoked.exit_code, revoked.stdout) == (0, f"The key {ended[:12]} ([red]ended[/red]) is revoked.\n")
    assert (again.exit_code, again.stderr) == (1, f"agm: the key {ended[:12]} is revoked already\n")
    assert (unknown.exit_code, elsewhere.exit_code) == (1, 1)
    assert "see `agm key list`" in unknown.stderr
    assert "there is no workspace 'Elsewhere'" in elsewhere.stderr
    assert re.findall(r"^(agm_\w{8})  (works|revoked)", listed.stdout, re.MULTILINE) == [
        (kept[:12], "works"),
        (ended[:12], "revoked"),
    ]
    assert "[red]ended[/red]" in listed.stdout
    assert kept[13:] not in listed.stdout


def test_stored_tokens_are_sealed_again_or_named(migrated: Path):
    old, new = (
        "one:" + "MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=",
        "two:" + "MTIzNDU2Nzg5MGFiY2RlZmdoaWprbG1ub3BxcnN0dXY=",
    )
    asyncio.run(_store_a_token(migrated, old))

    lost = agm_here("tokens", "rotate", folder=migrated, AGM_TOKEN_KEYS=new)
    done = agm_here("tokens", "rotate", folder=migrated, AGM_TOKEN_KEYS=f"{new},{old}")
    rest = agm_here("tokens", "rotate", folder=migrated, AGM_TOKEN_KEYS=new)

    assert lost.exit_code == 1
    assert lost.stderr.startswith("agm: 1 of 1 stored tokens do not open and stay as they are:\n  credential ")
    assert "key 'one' is missing from AGM_TOKEN_KEYS" in lost.stderr
    assert done.stdout.splitlines() == [
        "1 of 1 stored tokens are sealed again with key 'two'.",
        "When every API and worker runs with this AGM_TOKEN_KEYS, remove from it: one.",
    ]
    assert (rest.exit_code, rest.stdout) == (0, "0 of 1 stored tokens are sealed again with key 'two'.\n")


async def _store_a_token(folder: Path, keys: str) -> None:
    forget_dialect()
    async with open_database(f"sqlite:///{folder / 'agm.db'}"):
        street = await open_street()
        given = NewToken(street.account.id, None, "a token", None)
        await credentials.append(parse_keyring(keys), workspace_id=street.workspace_id, tokens=[given], now=NOW)


def test_the_doctor_leaves_an_address_in_one_piece_on_a_narrow_screen(migrated: Path):
    address = "https://publishing.a-rather-long-name.of-an-organisation.example.com"
    given = {"AGM_PUBLIC_URL": address, "AGM_META_APP_ID": "1", "AGM_META_APP_SECRET": "2"}

    shown = agm_here(
        "doctor", folder=migrated, COLUMNS="80", AGM_REDIS_URL="redis://127.0.0.1:1", **given, **new_keys()
    )

    assert f"{address}/oauth/meta/callback" in shown.stdout


def test_the_doctor_names_what_fails_and_makes_nothing(tmp_path: Path):
    keys = new_keys()
    wrong = agm_here("doctor", folder=tmp_path, AGM_PORT="eighty")
    empty = agm_here("doctor", "--json", folder=tmp_path, AGM_REDIS_URL="redis://127.0.0.1:1", **keys)
    nothing = list(tmp_path.iterdir())
    agm_here("migrate", "up", folder=tmp_path)
    told = agm_here("doctor", "--json", folder=tmp_path, AGM_REDIS_URL="redis://127.0.0.1:1", **keys)
    shown = agm_here("doctor", folder=tmp_path, AGM_REDIS_URL="redis://127.0.0.1:1", **keys)

    assert (wrong.exit_code, empty.exit_code, told.exit_code, shown.exit_code) == (1, 1, 1, 1)
    assert "AGM_PORT is wrong" in wrong.stdout
    assert "eighty" not in wrong.stdout
    assert [(check["name"], check["status"]) for check in json.loads(empty.stdout)] == [("migrations", "fail")]
    assert nothing == []
    assert json.loads(told.stdout)[0]["name"] == "redis"
    assert {check["name"] for check in json.loads(told.stdout)} >= {"facebook.settings", "meta.api_version"}
    assert "Traceback" not in shown.stdout + shown.stderr
    assert re.search(r"^FAIL +redis +", shown.stdout, re.MULTILINE)


def test_an_unknown_scope_is_refused_by_name(tmp_path: Path):
    answer = agm_here("key", "create", "--scopes", "posts:read,posts:shout", folder=tmp_path)

    assert answer.exit_code == 1
    assert answer.stdout == ""
    assert answer.stderr.startswith("agm: unknown scope 'posts:shout': choose from workspace:read, ")


def test_a_key_needs_the_schema_first(tmp_path: Path):
    keys = "k1:" + "MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY="

    answer = agm_here("key", "create", folder=tmp_path, AGM_SECRET_KEYS=keys)

    assert answer.exit_code == 1
    assert "agm migrate up" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("door", ["api", "worker"])
async def test_a_door_without_redis_says_so(nursery: Nursery, tmp_path: Path, door: str):
    code, said = await ended(nursery, door, tmp_path)

    assert code == 1
    assert said.startswith("agm: AGM_REDIS_URL is not set")


async def test_a_door_does_not_trust_an_address_that_a_killed_stack_left(nursery: Nursery, tmp_path: Path):
    (tmp_path / "valkey.url").write_text(f"unix://{tmp_path}/valkey.sock")
    (tmp_path / "keys").write_text(
        json.dumps(dict.fromkeys(("token_keys", "secret_keys"), "k1:MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY="))
    )

    code, said = await ended(nursery, "worker", tmp_path)

    assert code == 1
    assert said.startswith("agm: AGM_REDIS_URL is not set and the Valkey of `agm dev` does not answer")


def test_a_door_names_the_key_that_is_missing(tmp_path: Path):
    answer = agm("api", folder=tmp_path, AGM_REDIS_URL="redis://127.0.0.1:1/0")

    assert answer.returncode == 1
    assert answer.stderr.startswith("agm: AGM_TOKEN_KEYS is not set")


def test_an_exported_schema_passes_its_own_check(tmp_path: Path):
    path = tmp_path / "schema.graphql"

    exported = agm_here("schema", "export", str(path), folder=tmp_path)
    checked = agm_here("schema", "check", str(path), folder=tmp_path)

    assert (exported.exit_code, checked.exit_code) == (0, 0)


def test_a_schema_that_differs_from_the_code_is_shown_and_refused(tmp_path: Path):
    path = tmp_path / "schema.graphql"
    agm_here("schema", "export", str(path), folder=tmp_path)
    path.write_text(path.read_text().replace("type Query {", "type Query {\n  weather: String\n"))

    answer = agm_here("schema", "check", str(path), folder=tmp_path)

    assert answer.exit_code == 1
    assert "agm schema export" in answer.stderr
    assert "-  weather: String" in answer.stderr
