"""What a second request costs less than the first: documents are parsed, measured and validated once."""

from collections import Counter
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from strawberry.extensions import SchemaExtension

from api import documents
from api.documents import LONGEST_REMEMBERED, REMEMBERED, remembered
from api.schema import EXTENSIONS, schema
from tests.api.door import Door

_numbers = count()
ONCE = Counter(parse=1, refusal_of=1, validate_document=1)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each piece of work was really done."""
    done: Counter[str] = Counter()

    def counted(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: object, **named: object) -> object:
            done[name] += 1
            return real(*given, **named)

        return run

    for name in ONCE:
        monkeypatch.setattr(documents, name, counted(name, getattr(documents, name)))
    return done


async def test_the_same_document_is_worked_on_once(door: Door, work: Counter[str]):
    document = f"query fresh{next(_numbers)} {{ server {{ version }} }}"

    for _ in range(5):
        assert (await door.ask(document))["data"]["server"]

    assert work == ONCE


async def test_other_variables_are_no_other_document(door: Door, work: Counter[str]):
    document = f"query fresh{next(_numbers)}($id: ID!) {{ node(id: $id) {{ id }} }}"

    for number in range(5):
        await door.ask(document, id=f"x{number}")

    assert work == ONCE


async def test_nobody_else_parses_or_validates(door: Door, monkeypatch: pytest.MonkeyPatch):
    """Strawberry does both itself when an extension leaves it something to do."""
    for name in ("parse", "validate_document"):
        monkeypatch.setattr(f"strawberry.schema.schema.{name}", None)

    assert (await door.ask(f"query fresh{next(_numbers)} {{ server {{ version }} }}"))["data"]["server"]


async def test_a_document_that_is_refused_is_remembered_too_but_not_validated(door: Door, work: Counter[str]):
    document = f"query fresh{next(_numbers)} {{" + " ".join(f"a{n}: __typename" for n in range(40)) + "}"

    answers = [await door.ask(document) for _ in range(3)]

    assert {answer["errors"][0]["extensions"]["code"] for answer in answers} == {"OPERATION_TOO_COMPLEX"}
    assert work == Counter(parse=1, refusal_of=1)


async def test_an_invalid_document_is_answered_the_same_each_time(door: Door):
    document = f"query fresh{next(_numbers)} {{ nonsense }}"

    answers = [await door.ask(document) for _ in range(3)]

    assert answers[0] == answers[1] == answers[2]
    assert answers[0]["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


async def test_the_memory_is_bounded(door: Door, work: Counter[str]):
    document = f"query fresh{next(_numbers)} {{ server {{ version }} }}"
    document += " " * (LONGEST_REMEMBERED + 1 - len(document))

    for _ in range(2):
        assert (await door.ask(document))["data"]["server"]

    assert work["parse"] == 2
    assert remembered.cache_info().maxsize == REMEMBERED


def test_no_extension_stands_in_the_way_of_a_field():
    """One that implements `resolve` is called for every field of every answer."""
    used = schema.get_extensions()

    assert [type(extension) for extension in used] == list(EXTENSIONS)
    for extension in used:
        assert type(extension).resolve is SchemaExtension.resolve
