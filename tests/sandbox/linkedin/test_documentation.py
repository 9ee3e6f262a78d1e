"""docs/sandbox-linkedin.md tells what the sandbox has."""

import json
from pathlib import Path

from pydantic import TypeAdapter

from sandbox.linkedin.apps import APPS
from sandbox.linkedin.personas import NAMED
from sandbox.linkedin.settings import Settings
from tests.architecture.markdown import table

TEXT = (Path(__file__).parents[3] / "docs" / "sandbox-linkedin.md").read_text()


def test_the_personas_are_the_ones_there_are():
    assert {name: row[0] for name, row in table(TEXT, "Persona").items()} == NAMED


def test_the_settings_are_told_with_their_defaults():
    told = {name: json.loads(row[0].strip("`")) for name, row in table(TEXT, "Setting").items()}

    assert told == TypeAdapter(Settings).dump_python(Settings(), mode="json")


def test_the_apps_are_told_with_their_secrets():
    told = {row[0].strip("`"): row[1].strip("`") for row in table(TEXT, "App").values()}

    assert told == {app.id: app.secret for app in APPS.values()}
