"""Which calls a rule lets a fault happen to."""

from typing import Any

import pytest

from sandbox.faults import Exchange
from sandbox.rules import FaultRegistry, When
from sandbox.state import State
from tests.sandbox.stranger import Stranger

CALLS = 200


def strikes(when: When, calls: int = CALLS, *, endpoint: str = "*", start: float = 0, step: float = 0) -> list[int]:
    """Give the numbers, from 1, of the calls that a rule strikes."""
    registry = FaultRegistry(State())
    registry.add("clean_503", now=start, endpoint=endpoint, options={}, when=when)
    return [
        number
        for number in range(1, calls + 1)
        if registry.striking(Exchange("POST /feed", "1", "A", start + step * number))
    ]


def test_chance_is_the_same_for_the_same_seed():
    first, second = (strikes(When(probability=0.3, seed=7)) for _ in range(2))

    assert first == second
    assert first != strikes(When(probability=0.3, seed=8))
    assert 30 < len(first) < 90


def test_a_drawn_seed_is_shown_and_makes_the_draw_repeatable():
    registry = FaultRegistry(State())
    rule = registry.add("clean_503", now=0, endpoint="*", options={}, when=When(probability=0.5))
    found = [bool(registry.striking(Exchange("GET /me", None, "A", 0))) for _ in range(64)]

    assert rule.when.seed is not None
    again = strikes(When(probability=0.5, seed=rule.when.seed), 64)
    assert [number + 1 for number, struck in enumerate(found) if struck] == again


def test_chance_and_a_number_of_calls_go_together():
    free = strikes(When(probability=0.3, seed=7))

    assert strikes(When(probability=0.3, seed=7, next=4)) == free[:4]


def test_a_rule_lasts_its_time():
    assert strikes(When(seconds=10), 20, start=1000, step=1) == list(range(1, 10))


def test_a_fault_happens_only_where_it_can():
    registry = FaultRegistry(State())
    registry.add("container_unreadable", now=0, endpoint="GET *", options={})

    assert not registry.striking(Exchange("GET /me", None, "A", 0))


@pytest.mark.parametrize(
    ("rule", "place", "word"),
    [
        ({"fault": "earthquake"}, "fault", "land_then_500"),
        ({"fault": "clean_503"}, "endpoint", "POST /feed"),
        ({"fault": "clean_503", "endpoint": "POST /nope"}, "endpoint", "POST /feed"),
        ({"fault": "drop_child", "endpoint": "GET *"}, "endpoint", "POST /media_publish"),
        ({"fault": "slow", "endpoint": "*", "options": {"secs": 1}}, "options.secs", "it takes seconds, landed"),
        ({"fault": "rate", "endpoint": "*", "options": {"code": 5}}, "options.code", "80002"),
        ({"fault": "clean_503", "endpoint": "*", "probability": 1.1}, "probability", "less than or equal to 1"),
        ({"fault": "clean_503", "endpoint": "*", "nth": 1, "next": 1}, "", "neither next nor probability"),
        ({"fault": "clean_503", "endpoint": "*", "seed": 1}, "", "needs a probability"),
        ({"fault": "clean_503", "endpoint": "*", "seconds": 0}, "seconds", "greater than 0"),
    ],
    ids=str,
)
async def test_a_refusal_names_the_place_and_what_there_is(meta: Stranger, rule: dict[str, Any], place: str, word: str):
    await meta.admin("faults", {"fault": "clean_503", "endpoint": "POST /feed"})

    answer = await meta.http.post("/_admin/faults", json=rule)

    assert answer.status_code == 422
    (problem,) = answer.json()["problems"]
    assert problem["where"] == place
    assert word in problem["problem"]
    assert word in answer.json()["error"]
    assert [one["fault"] for one in (await meta.admin("faults"))["rules"]] == ["clean_503"]


async def test_a_rule_is_listed_as_it_was_made_and_ends_with_its_time(meta: Stranger):
    made = await meta.admin("faults", {"fault": "clean_503", "endpoint": "GET *", "seconds": 30, "probability": 1})
    statuses = [(await meta.call("GET", "me", None)).status_code]
    await meta.pass_time(31)
    statuses.append((await meta.call("GET", "me", None)).status_code)

    (rule,) = (await meta.admin("faults"))["rules"]
    assert statuses == [503, 400]
    assert rule == {**made, "over": True, "hits": 1, "fired": 1}
