"""What a second request costs less than the first: documents are parsed and validated once."""

from collections.abc import Callable
from functools import _lru_cache_wrapper
from itertools import count
from typing import Any

import pytest
from strawberry.extensions import SchemaExtension
from strawberry.extensions.parser_cache import _get_parse_cache
from strawberry.extensions.validation_cache import _get_validate_cache

from api import guard
from api.guard import DOCUMENTS
from api.schema import _EXTENSIONS, schema
from tests.api.door import Door

_numbers = count()
CACHES: dict[str, Callable[[], Any]] = {
    "parser": lambda: _get_parse_cache(DOCUMENTS),
    "validation": lambda: _get_validate_cache(DOCUMENTS),
    "guard": lambda: guard.refusal_of,
}


def _info(name: str) -> tuple[int, int]:
    cache = CACHES[name]()
    assert isinstance(cache, _lru_cache_wrapper)
    return cache.cache_info().hits, cache.cache_info().misses


def _fresh() -> str:
    """A document that no test has sent yet."""
    return f"query fresh{next(_numbers)} {{ server {{ version }} }}"


@pytest.mark.parametrize("cache", CACHES)
async def test_the_same_document_is_worked_on_once(door: Door, cache: str):
    document = _fresh()
    hits, misses = _info(cache)

    for _ in range(5):
        assert (await door.ask(document))["data"]["server"]

    assert _info(cache) == (hits + 4, misses + 1)


@pytest.mark.parametrize("cache", CACHES)
async def test_other_variables_are_no_other_document(door: Door, cache: str):
    document = f"query fresh{next(_numbers)}($id: ID!) {{ node(id: $id) {{ id }} }}"
    hits, misses = _info(cache)

    for number in range(5):
        await door.ask(document, id=f"x{number}")

    assert _info(cache) == (hits + 4, misses + 1)


async def test_a_document_that_is_refused_is_remembered_too_but_not_validated(door: Door):
    document = f"query fresh{next(_numbers)} {{" + " ".join(f"a{n}: __typename" for n in range(40)) + "}"
    before, validated = _info("guard"), _info("validation")

    answers = [await door.ask(document) for _ in range(3)]

    assert {answer["errors"][0]["extensions"]["code"] for answer in answers} == {"OPERATION_TOO_COMPLEX"}
    assert _info("guard") == (before[0] + 2, before[1] + 1)
    assert _info("validation") == validated


async def test_an_invalid_document_is_answered_the_same_each_time(door: Door):
    document = f"query fresh{next(_numbers)} {{ nonsense }}"

    answers = [await door.ask(document) for _ in range(3)]

    assert answers[0] == answers[1] == answers[2]
    assert answers[0]["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


def test_the_caches_are_bounded():
    assert {name: CACHES[name]().cache_info().maxsize for name in CACHES} == dict.fromkeys(CACHES, DOCUMENTS)


def test_no_extension_stands_in_the_way_of_a_field():
    """One that implements `resolve` is called for every field of every answer."""
    made = [one() for one in _EXTENSIONS if callable(one)]

    assert len(made) == len(_EXTENSIONS) == len(list(schema.get_extensions()))
    for extension in made:
        assert isinstance(extension, SchemaExtension)
        assert type(extension).resolve is SchemaExtension.resolve
        assert not extension._implements_resolve()
