"""What Meta's headers tell of limits is read whatever they hold, and told to whoever listens."""

from datetime import timedelta

import orjson
import pytest

from platforms.base import Draft
from platforms.errors import RateLimitedError
from platforms.meta.usage import regain_of, usages_of, wait_of
from platforms.usage import BudgetName, Usage, metering
from tests.platforms.conftest import Desk
from tests.platforms.work import work_on
from tests.support.sandbox import Sandbox

BUSINESS = "x-business-use-case-usage"


def business(**entry: object) -> dict[str, str]:
    return {BUSINESS: orjson.dumps({"1": [{"type": "pages", **entry}]}).decode()}


@pytest.mark.parametrize(
    ("headers", "usages"),
    [
        ({}, []),
        (
            {"x-app-usage": '{"call_count":28,"total_cputime":31}'},
            [Usage(BudgetName.APP, 31, app="meta:7")],
        ),
        ({"x-page-usage": '{"call_count":90.6}'}, [Usage(BudgetName.PAGE, 91)]),
        (business(call_count=3, total_cputime=9, total_time=1), [Usage(BudgetName.ACCOUNT, 9)]),
        (
            business(call_count=100, estimated_time_to_regain_access=7),
            [Usage(BudgetName.ACCOUNT, 100, timedelta(minutes=7))],
        ),
        ({BUSINESS: '{"1":[{"call_count":3}],"2":[{"call_count":40}]}'}, [Usage(BudgetName.ACCOUNT, 40)]),
        (business(call_count="many", total_time=None, total_cputime=-1), []),
        (business(call_count=2**60), [Usage(BudgetName.ACCOUNT, 1000)]),
        (business(call_count=True), []),
        ({"x-app-usage": "{", "x-page-usage": "[]", BUSINESS: '{"1":{},"2":[5,null],"3":7}'}, []),
    ],
)
def test_budgets_are_read_and_nonsense_is_left_out(headers: dict[str, str], usages: list[Usage]):
    assert usages_of(headers, app_id="7") == usages


def test_the_longest_wait_counts_and_none_is_endless():
    assert regain_of(business(estimated_time_to_regain_access=10**9)) == timedelta(days=7)
    assert regain_of(business(call_count=1, estimated_time_to_regain_access=0)) is None


async def test_a_publisher_tells_of_the_rising_budget_of_its_page(desk: Desk, sandbox: Sandbox):
    page = await desk.page("many:11")
    told: list[Usage] = []
    await sandbox.add_fault("POST /feed", "rate", account=page.platform_account_id, code=80001, minutes=5, ramp=2)

    with metering(told.append):
        for number in range(2):
            await desk.facebook.step(work_on(page, Draft(f"Rising {number}")))
        with pytest.raises(RateLimitedError) as caught:
            await desk.facebook.step(work_on(page, Draft("Too many")))

    account = [usage.percent for usage in told if usage.name is BudgetName.ACCOUNT]
    assert account == sorted(account)
    assert account[-1] >= 100
    assert told[-1].regain == caught.value.retry_after
    assert told[-1].regain is not None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "120"}, 120),
        ({"retry-after": " 0 "}, 0),
        ({"retry-after": "9" * 40}, 86_400),
        ({"retry-after": "Thu, 26 Nov 2026 10:01:30 GMT", "date": "Thu, 26 Nov 2026 10:00:00 GMT"}, 90),
        ({"retry-after": "Thu, 26 Nov 2026 09:00:00 -0000", "date": "Thu, 26 Nov 2026 10:00:00 GMT"}, 0),
        ({"retry-after": "Thu, 26 Nov 2026 10:01:30 GMT"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "\u0663"}, None),
        ({}, None),
    ],
)
def test_how_long_an_answer_asks_to_wait_is_read_in_both_its_forms(headers: dict[str, str], seconds: int | None):
    assert wait_of(headers) == (None if seconds is None else timedelta(seconds=seconds))
