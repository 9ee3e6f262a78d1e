"""What the pages say is what the code does."""

import json
import re
import shlex
from pathlib import Path
from types import ModuleType

import pytest
from graphql import build_schema, parse, specified_rules, validate
from graphql.validation import LoneAnonymousOperationRule
from pydantic import TypeAdapter
from starlette.routing import Route

import api.figures
from cli.metrics import MISSING
from publishing.failpoints import CrashPoint
from publishing.figures import REGISTRY
from publishing.lifecycle import Status
from publishing.settings import PREFIX, Settings, load_settings
from publishing.system import read_figures
from sandbox.app import create_app
from sandbox.meta import dialog
from sandbox.meta.personas import NAMED
from sandbox.meta.settings import Settings as SandboxSettings
from sandbox.meta.triggers import TRIGGERS
from sandbox.meta.trouble import TROUBLES
from tests.architecture.markdown import blocks, links, missing, table
from tests.architecture.source import ROOT, committed, product
from tests.e2e import test_crash_points as crash_points
from tests.e2e import test_standstills as standstills
from tests.e2e.test_crash_points import DEATHS, ON_THE_WAY
from tests.support.loopback import loopback
from tests.support.sandbox import Sandbox
from tools import __main__ as generated

README = ROOT / "README.md"
INDEX = ROOT / "docs" / "index.md"
LIFECYCLE = ROOT / "docs" / "lifecycle.md"
SETTINGS = ROOT / "docs" / "settings.md"
SANDBOX = ROOT / "docs" / "sandbox.md"
OPERATIONS = ROOT / "docs" / "operations.md"
PAGES = sorted(path for path in committed() if path.suffix == ".md")
_VARIABLE = re.compile(rf"\b{PREFIX}[A-Z][A-Z_]*[A-Z]\b")
_PLACEHOLDERS = {"AGM_X", "AGM_X_FILE"}


@pytest.mark.parametrize("page", generated.PAGES, ids=lambda page: page.TARGET.name)
def test_a_generated_page_is_the_one_that_the_code_gives(page: ModuleType):
    assert page.TARGET.read_text() == page.render(), "run: make docs"


def test_links_lead_somewhere():
    assert {page.name: found for page in (*PAGES, ROOT / "llms.txt") if (found := missing(page))} == {}


def test_pictures_hold_no_semicolon_which_would_end_a_line_of_theirs():
    pictures = [block for page in PAGES for block in blocks(page.read_text(), "mermaid")]

    assert len(pictures) >= 4
    assert [block for block in pictures if ";" in block] == []


def test_every_page_is_reached_from_the_index():
    listed = {(INDEX.parent / found).resolve() for found in links(INDEX.read_text())}

    assert {page for page in PAGES if page.parent == INDEX.parent} - {INDEX} <= listed
    assert INDEX in {(ROOT / found).resolve() for found in links(README.read_text())}


# -- figures ----------------------------------------------------------------------------------------------------


async def test_every_figure_is_told_as_it_is_shown(database):
    assert api.figures  # its own are registered when it is loaded
    families = [*REGISTRY.collect(), *MISSING.collect(), *await read_figures()]
    shown = {
        f"{family.name}_total" if family.type == "counter" else family.name: (
            family.type,
            {label for sample in family.samples for label in sample.labels if label != "le"},
        )
        for family in families
        if family.name.startswith("agm_")
    }

    rows = table(OPERATIONS.read_text(), "Figure")
    told = {name: (row[0], set(re.findall(r"`(\w+)`", row[1]))) for name, row in rows.items()}

    assert told == shown


def test_alerts_ask_for_figures_that_there_are():
    rows = table(OPERATIONS.read_text(), "Figure")
    asked = re.findall(r"\bagm_\w+", " ".join(row[0] for row in table(OPERATIONS.read_text(), "Alert").values()))

    assert len(asked) > 8
    assert {name.removesuffix("_bucket") for name in asked} <= set(rows)


# -- lifecycle --------------------------------------------------------------------------------------------------


CRASHES = table(LIFECYCLE.read_text(), "Point")
_FAILPOINT = re.compile(r"`(p\d+)(?::\d+)?`")


def test_every_crash_point_has_its_row_and_every_failpoint_is_told():
    made_by = {name: set(_FAILPOINT.findall(row[1])) for name, row in CRASHES.items()}

    assert list(CRASHES) == [f"P{number}" for number in range(1, 20)]
    assert set().union(*made_by.values()) == {point.value for point in CrashPoint}
    assert all(point.value in made_by[point.value.upper()] for point in CrashPoint)


@pytest.mark.parametrize("point", CrashPoint)
def test_a_crash_point_is_where_its_row_says(point: CrashPoint):
    (file,) = re.findall(r"`([\w/]+\.py)`", CRASHES[point.value.upper()][0])

    assert f"_here(CrashPoint.{point.name})" in (ROOT / file).read_text()


def test_what_is_stored_at_a_crash_point_is_what_the_tests_find():
    found = {**DEATHS, **{name.partition(",")[0]: death for name, (_, death) in ON_THE_WAY.items()}}

    assert [name for name, death in found.items() if f"`{death.stored}`" not in CRASHES[name.upper()][2]] == []


def test_every_crash_point_is_tried():
    modules = (crash_points, standstills)
    tried = set(re.findall(r"(?:\b|_)(p\d+)", " ".join(Path(module.__file__ or "").read_text() for module in modules)))

    assert {name.lower() for name in CRASHES} <= tried


def test_the_states_that_a_person_sees_exist():
    assert set(table(LIFECYCLE.read_text(), "Status")) <= {status.name for status in Status}


# -- settings ---------------------------------------------------------------------------------------------------


def test_every_setting_says_what_it_is_for_and_gives_an_example():
    silent = [name for name, field in Settings.model_fields.items() if not (field.description and field.examples)]

    assert silent == []
    for name in Settings.model_fields:
        assert f"### {PREFIX}{name.upper()}\n" in SETTINGS.read_text()


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_example_of_a_setting_is_accepted(name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(f"{PREFIX}{name.upper()}", str((Settings.model_fields[name].examples or [""])[0]))
    monkeypatch.setenv("AGM_DEV", "1")

    load_settings(_env_file=None)


def test_every_variable_that_is_named_anywhere_is_a_setting():
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    known |= {f"{name}_FILE" for name in known} | _PLACEHOLDERS
    texts = {one.name: one.text for one in product()}
    texts |= {path.name: path.read_text() for path in (*PAGES, ROOT / "Makefile", ROOT / ".ci" / "run")}

    unknown = {name: found for name, text in texts.items() if (found := set(_VARIABLE.findall(text)) - known)}

    assert unknown == {}


# -- README -----------------------------------------------------------------------------------------------------


def test_the_readme_is_short_and_begins_with_the_two_commands():
    lines = README.read_text().splitlines()

    assert len(lines) <= 150
    assert re.findall(r"^make (\w+)", "\n".join(lines[:24]), re.MULTILINE)[:2] == ["demo", "test"]


def test_the_readmes_graphql_is_valid():
    schema = build_schema((ROOT / "schema.graphql").read_text())
    rules = [rule for rule in specified_rules if rule is not LoneAnonymousOperationRule]
    operations = [one for text in blocks(README.read_text(), "graphql") for one in _operations(text)]

    assert len(operations) >= 5
    for operation in operations:
        assert validate(schema, parse(operation), rules) == []


def _operations(text: str) -> list[str]:
    """Split a block that shows several operations, as a reader would copy them one by one."""
    return [part for part in re.split(r"(?m)^(?=(?:query|mutation|subscription)\b)", text) if part.strip()]


def test_the_commands_of_the_readme_exist():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    told = set(re.findall(r"(?:^|`)make ([a-z]+)", README.read_text(), re.MULTILINE))

    assert told <= targets
    assert {"demo", "test", "dev", "check", "bench"} <= told


def test_ci_runs_what_the_readme_says_and_nothing_more():
    lines = [line for line in (ROOT / ".ci" / "run").read_text().splitlines() if line and not line.startswith("#")]

    assert [line for line in lines if not line.startswith(("set ", "cd ", "export "))] == [
        "make check",
        "make test",
        "make demo",
        "make -j2 --output-sync=target matrix chaos",
        "make chaos CHAOS='--rolling 6'",
    ]
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


# -- the sandbox ------------------------------------------------------------------------------------------------


def test_the_personas_are_the_ones_there_are():
    assert {name: row[0] for name, row in table(SANDBOX.read_text(), "Persona").items()} == NAMED


def test_the_pages_that_go_wrong_are_told():
    told = {name: row[0] for name, row in table(SANDBOX.read_text(), "Page").items()}

    assert told == {trouble.name: trouble.about for trouble in TROUBLES}


def test_the_triggers_are_told_with_their_targets_and_options():
    told = {
        name: (row[0], row[1], re.findall(r"`--(\w+)`", row[2]))
        for name, row in table(SANDBOX.read_text(), "Trigger").items()
    }

    assert told == {one.name: (one.about, one.target, list(one.options.model_fields)) for one in TRIGGERS.values()}


def test_the_sandboxs_settings_are_told_with_their_defaults():
    told = {name: json.loads(row[0].strip("`")) for name, row in table(SANDBOX.read_text(), "Setting").items()}

    assert told == TypeAdapter(SandboxSettings).dump_python(SandboxSettings(), mode="json")


def test_the_administration_is_told_with_its_methods():
    told = {name: set(row[0].split(", ")) for name, row in table(SANDBOX.read_text(), "Address").items()}
    routes = [one for one in create_app().routes if isinstance(one, Route) and one.path.startswith("/_admin/")]

    assert told == {route.path: set(route.methods or ()) - {"HEAD"} for route in routes}


def test_the_parameters_of_the_dialog_are_read_by_it():
    text = Path(dialog.__file__).read_text()

    assert all(f'"{name}"' in text for name in table(SANDBOX.read_text(), "Parameter"))


async def test_the_commands_about_the_sandbox_work(own_sandbox: Sandbox):
    commands = [
        shlex.split(line)
        for block in blocks(SANDBOX.read_text())
        for line in block.splitlines()
        if line.startswith("curl") and "$URL" not in line
    ]

    assert len(commands) >= 8
    async with loopback(timeout=10) as http:
        for command in commands:
            address, body, method = _curl(command)
            answer = await http.request(method, address.replace("http://127.0.0.1:9400", own_sandbox.url), content=body)
            assert answer.is_success, f"{shlex.join(command)}: {answer.text}"
            assert answer.json()


def _curl(command: list[str]) -> tuple[str, str | None, str]:
    """Read a curl command of the page: its address, its body, its method."""
    rest = iter(command[1:])
    address, body, method = "", None, None
    for word in rest:
        if word == "-d":
            body = next(rest)
        elif word == "-X":
            method = next(rest)
        elif not word.startswith("-"):
            address = word
    return address, body, method or ("POST" if body else "GET")
