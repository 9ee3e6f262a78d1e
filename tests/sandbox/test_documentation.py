"""docs/sandbox.md tells of every fault what the sandbox tells of it."""

from pathlib import Path

import orjson

from sandbox.faults import ANY_ENDPOINT, FAULTS, Fault
from sandbox.stand_ins import endpoint_labels
from sandbox.x.personas import NAMED as X_PERSONAS
from sandbox.x.settings import Settings as XSettings

DOCUMENT = Path(__file__).parents[2] / "docs" / "sandbox.md"


def row(name: str, kind: type[Fault]) -> str:
    """Write a fault's row as the table has it."""
    meaning = " ".join((kind.__doc__ or "").split())
    where = "any" if kind.endpoints == ANY_ENDPOINT else ", ".join(f"`{label}`" for label in kind.endpoints)
    options = "; ".join(
        f"`{option}` ({field.get_default(call_default_factory=True)}) {field.description}"
        for option, field in kind.model_fields.items()
    )
    return f"| `{name}` | {meaning} | {where} | {options or 'none'} |"


def test_the_table_of_faults_is_complete_and_true():
    text = DOCUMENT.read_text()
    found = [line for line in text.splitlines() if any(line.startswith(f"| `{name}` |") for name in FAULTS)]

    assert found == [row(name, kind) for name, kind in FAULTS.items()]


def test_the_list_of_endpoints_is_complete():
    text = DOCUMENT.read_text()
    block = text[text.index("The endpoints are") :].split("```")[1]

    assert sorted(label for line in block.splitlines() for label in line.split(" · ") if label) == endpoint_labels()


def test_the_tables_of_x_are_complete_and_true():
    text = DOCUMENT.with_name("sandbox-x.md").read_text()
    settings = [
        f"| `{name}` | `{orjson.dumps(field.default).decode()}` | {field.description} |"
        for name, field in XSettings.model_fields.items()
    ]
    personas = [f"| `{name}` | {about} |" for name, about in X_PERSONAS.items()]

    for rows in (settings, personas):
        assert "\n".join(rows) in text
