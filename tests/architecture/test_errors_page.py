"""docs/errors.md has every code that can come, and no other."""

import ast
import inspect
import re
from collections.abc import Iterable
from enum import Enum
from pathlib import Path

import pytest
from strawberry.http import async_base_view
from strawberry.subscriptions.protocols.graphql_transport_ws import handlers
from typer.testing import CliRunner

from api import callback, error_codes, faults, files, health
from api.error_codes import ErrorCode
from api.faults import FaultCode
from cli import demo
from cli.main import app
from platforms.errors import FailureCode
from platforms.issues import Rule
from publishing import errors
from publishing.errors import DomainError
from publishing.lifecycle import Reason
from tests.architecture.markdown import table
from tests.architecture.source import product
from tools import errors_docs

PAGE = errors_docs.TARGET.read_text()
DEFINED = {"api/error_codes.py", "platforms/errors.py"}
HTTP = range(200, 600)


@pytest.mark.parametrize(
    ("column", "codes"),
    [("Code", ErrorCode), ("Fault", FaultCode), ("Failure", FailureCode), ("Rule", Rule), ("Reason", Reason)],
)
def test_the_page_has_every_code_and_no_other(column: str, codes: type[Enum]):
    assert set(table(PAGE, column)) == {code.name for code in codes}


@pytest.mark.parametrize(
    ("codes", "written"), [(ErrorCode, r"(?:ErrorCode|FailureCode|_F)\.{}\b"), (FaultCode, r"FaultCode\.{}\b(?!:)")]
)
def test_every_code_is_one_that_the_code_gives(codes: type[Enum], written: str):
    texts = "\n".join(module.text for module in product() if module.name not in DEFINED)

    assert [code.name for code in codes if not re.search(written.format(code.name), texts)] == []


def test_the_rules_that_are_told_in_another_way_are_the_ones_that_no_check_gives():
    texts = "\n".join(module.text for module in product())

    assert {rule for rule in Rule if f"Rule.{rule.name}" not in texts} == set(errors_docs.NOT_GIVEN)


def test_a_code_says_in_sentences_what_happened_and_what_to_do():
    for advice in (*error_codes.ADVICE.values(), *faults.ADVICE.values()):
        assert all(re.fullmatch(r"[A-Z`].*\.", text) for text in (advice.happened, advice.do)), advice


def test_every_refusal_of_the_middle_is_asked_for_its_type():
    classes = {kind for kind in vars(errors).values() if inspect.isclass(kind) and issubclass(kind, DomainError)}

    assert {type(refusal) for refusal in errors_docs.REFUSALS} == classes - {DomainError}


def test_the_closes_of_a_websocket_are_the_ones_that_the_library_sends():
    text = inspect.getsource(handlers) + inspect.getsource(async_base_view)

    assert set(table(PAGE, "Close")) == set(re.findall(r"\b44\d\d\b", text))


def test_the_statuses_of_other_addresses_are_the_ones_that_are_answered():
    told: dict[str, set[int]] = {}
    address = ""
    rows = PAGE.partition("\n## Addresses that are not GraphQL\n")[2].partition("\n## ")[0]
    for named, status in re.findall(r"^\| (.*?) \| (\d{3}) \|", rows, re.MULTILINE):
        address = named.strip("` ").split("/")[1] if named.strip() else address
        told.setdefault(address, set()).add(int(status))

    assert {name: told[name] - {200} for name in ("oauth", "media")} == {
        "oauth": numbers(callback) - {200},
        "media": numbers(files) - {200},
    }
    assert told["healthz"] | told["readyz"] == numbers(health)


def numbers(module: object) -> set[int]:
    tree = ast.parse(Path(inspect.getfile(module)).read_text())  # type: ignore[arg-type]
    found: Iterable[object] = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {value for value in found if type(value) is int and value in HTTP}


def test_the_exit_codes_are_the_ones_that_are_given():
    text = "\n".join(module.text for module in product() if module.name.startswith(("cli/", "publishing/failpoints")))
    given = set(re.findall(r"\b(?:Exit|_exit)\((\d+)\)", text)) | {"0", str(demo._INTERRUPTED)}
    given.add(str(CliRunner().invoke(app, ["no-such-command"]).exit_code))

    assert set(table(PAGE, "Exit code")) == given
