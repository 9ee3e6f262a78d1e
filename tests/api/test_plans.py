"""Plans give what graphql-core gives: data, errors, their texts, places and order; and they do give something."""

import asyncio
import gc
import json
import re
from collections.abc import Iterator
from datetime import datetime
from inspect import isawaitable
from typing import Any
from unittest.mock import AsyncMock

import pytest
from graphql import (
    DocumentNode,
    ExecutionResult,
    NoUnusedFragmentsRule,
    NoUnusedVariablesRule,
    execute,
    parse,
    specified_rules,
    validate,
)
from hypothesis import given, settings
from hypothesis import strategies as some
from strawberry.execution import optimized_is_awaitable
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext as CoreExecutor

from api.executor import PlanExecutor
from api.plans import plans_of
from api.schema import schema as product
from platforms.base import Platform
from platforms.errors import FailureCode
from publishing import publications, records
from publishing.ids import new_id
from publishing.lifecycle import Reason, Status
from publishing.records import Page
from tests.api.door import Door
from tests.api.zoo import ODD, Herd, Made, documents, schema, sound

_RULES = [rule for rule in specified_rules if rule not in {NoUnusedFragmentsRule, NoUnusedVariablesRule}]
EVERYTHING_PLAIN = (
    "id label mood count ratio flag at url hollow tags grid __typename sure { value leaf { id } }"
    " children { id at mood } child { id } maybe { id } other { value }"
)


class CountedExecutor(PlanExecutor):
    """Counts the fields that graphql-core carries out itself."""

    done = 0

    def build_resolve_info(self, *args: Any) -> Any:
        type(self).done += 1
        return super().build_resolve_info(*args)


async def carry_out(executor: type[CoreExecutor], document: DocumentNode, context: Any, **variables: Any) -> str:
    """Write an answer, in its order, with all that is known of its errors."""
    result: Any = execute(
        schema._schema,
        document,
        context_value=context,
        variable_values=variables,
        executor_class=executor,
        is_awaitable=optimized_is_awaitable,
    )
    result = await result if isawaitable(result) else result
    assert isinstance(result, ExecutionResult)
    errors = [(error.message, error.path, error.locations, repr(error.original_error)) for error in result.errors or ()]
    answer = json.dumps([result.data, errors], default=repr, indent=1)
    return re.sub("(?i)at 0x[0-9a-f]+", "somewhere", answer)


@pytest.fixture
def _no_leavings() -> Iterator[None]:
    """Collect what graphql-core leaves unawaited beside a field that fails at once, while its warning is expected."""
    yield
    gc.collect()


@pytest.mark.filterwarnings("ignore:coroutine '.*' was never awaited:RuntimeWarning")
@pytest.mark.usefixtures("_no_leavings")
@settings(max_examples=100)
@given(text=documents(), seed=some.integers(0, 2**32))
def test_data_and_errors_are_graphql_cores(text: str, seed: int):
    """The second round has the document's plans, other objects and other variables."""
    document = parse(text)
    assert not validate(schema._schema, document, _RULES)

    async def compare() -> None:
        for number in range(2):
            made = Herd(seed + number).objects()
            variables = {"yes": not number, "no": bool(number)}
            wanted = await carry_out(CoreExecutor, document, [each() for each in made], **variables)
            assert await carry_out(PlanExecutor, document, [each() for each in made], **variables) == wanted

    asyncio.run(compare())


@pytest.mark.parametrize("place", sorted(vars(sound())))
async def test_every_odd_value_in_every_place(place: str):
    document = parse(f"{{ all {{ {EVERYTHING_PLAIN} }} }}")

    for odd in ODD:

        def herd(odd: Made = odd) -> list[Any]:
            return [sound(), odd.put(sound(), place), sound()]

        assert await carry_out(PlanExecutor, document, herd()) == await carry_out(CoreExecutor, document, herd())


async def test_a_fragments_field_is_planned_with_what_it_is_merged_with():
    text = "{ one { ...F sure { leaf { id } } } all { ...F } } fragment F on Leaf { sure { value } }"
    document = parse(text)
    for _ in range(2):
        assert await carry_out(PlanExecutor, document, [sound()]) == await carry_out(CoreExecutor, document, [sound()])


async def test_a_permission_holds_on_a_plain_attribute():
    answer = await carry_out(PlanExecutor, parse("{ one { id secret } }"), [sound()])
    assert "not for you" in answer
    assert "a secret" not in answer


async def fields_by_core(text: str, context: Any) -> int:
    CountedExecutor.done = 0
    answer = json.loads(await carry_out(CountedExecutor, parse(text), context))
    assert not answer[1]
    return CountedExecutor.done


async def test_a_list_of_plain_objects_takes_one_field_of_graphql_core():
    herd = [sound(children=[sound()]) for _ in range(20)]
    assert await fields_by_core(f"{{ all {{ {EVERYTHING_PLAIN} }} }}", herd) == 1


async def test_beside_a_resolver_the_plain_fields_are_still_read_by_plan():
    herd = [sound() for _ in range(20)]
    assert await fields_by_core(f"{{ all {{ {EVERYTHING_PLAIN} shout }} }}", herd) == 1 + 20


async def test_an_object_with_a_fault_leaves_the_others_to_the_plan():
    herd = [sound() for _ in range(20)]
    herd[7].count = "many"
    document = parse("{ all { id count sure { value } } }")

    CountedExecutor.done = 0
    planned = await carry_out(CountedExecutor, document, herd)

    assert CountedExecutor.done == 2
    assert planned == await carry_out(CoreExecutor, document, herd)
    assert "Int cannot represent" in planned


@pytest.mark.parametrize(("directive", "kept"), [("@skip(if: false)", True), ("@skip(if: $no)", False)])
def test_plans_are_kept_with_the_document_unless_variables_decide(directive: str, kept: bool):
    document = parse(f"query ($no: Boolean = false) {{ one {{ ...F }} }} fragment F on Leaf {{ id {directive} }}")
    operation, fragment = document.definitions
    assert (plans_of(operation, [fragment]) is plans_of(operation, [fragment])) is kept


async def test_a_middleware_sees_every_field():
    seen: list[str] = []

    def middleware(resolve: Any, source: Any, info: Any, **arguments: Any) -> Any:
        seen.append(info.field_name)
        return resolve(source, info, **arguments)

    result: Any = execute(
        schema._schema,
        parse("{ one { id label } }"),
        context_value=[sound()],
        executor_class=PlanExecutor,
        middleware=[middleware],
    )

    assert result.data == {"one": {"id": "1", "label": "a label"}}
    assert seen == ["one", "id", "label"]


async def test_a_list_of_the_product_is_read_by_plan(door: Door, monkeypatch: pytest.MonkeyPatch):
    """All of its fields that are no resolvers', on the real types, behind the real endpoint."""
    moment = await door.deps.clock.now()
    page = Page(items=tuple(publication(moment) for _ in range(3)), has_next=True, has_previous=False)
    monkeypatch.setattr(publications, "list_publications", AsyncMock(return_value=page))
    document = "{ workspace { id publications { nodes { %s } pageInfo { endCursor } } } }"
    fields = """
        __typename id status scheduledAt publishedAt permalink platformPostId nextAttemptAt attemptCount
        content { text link { url } } error { code message hint }
    """

    monkeypatch.setattr(product, "execution_context_class", CountedExecutor)
    CountedExecutor.done = 0
    by_plan = await door.ask(document % fields)
    assert CountedExecutor.done == 2, "the workspace and its publications have resolvers"
    monkeypatch.setattr(product, "execution_context_class", CoreExecutor)

    assert by_plan == await door.ask(document % fields)
    assert len(by_plan["data"]["workspace"]["publications"]["nodes"]) == 3


def publication(moment: datetime) -> records.Publication:
    failure = records.Failure(FailureCode.RATE_LIMITED, Platform.FACEBOOK, "Slow down.", "Wait.", retryable=True)
    return records.Publication(
        id=new_id(),
        post_id=new_id(),
        channel_id=new_id(),
        platform=Platform.FACEBOOK,
        status=Status.RETRYING,
        reason=Reason.ACCEPTED,
        text="Hello",
        link="https://example.com",
        media=(),
        options=None,
        thread=None,
        first_comment=None,
        scheduled_at=None,
        due_at=moment,
        published_at=None,
        permalink=None,
        platform_post_id=None,
        error=failure,
        attempt_count=1,
        created_at=moment,
        rests_until=None,
    )
