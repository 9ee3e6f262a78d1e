"""Calls are counted one by one for each account: their share is told as it grows, and one too many is refused."""

import json
from typing import Any

import httpx
import pytest

from tests.sandbox.stranger import Page, Stranger, error_of

HEADER = "x-business-use-case-usage"


@pytest.fixture
async def pages(meta: Stranger) -> list[Page]:
    found = await meta.pages("two-pages")
    await meta.settings(calls_per_hour=4)
    return found


def case(answer: httpx.Response, account: str) -> dict[str, Any]:
    """Give what the header says of an account."""
    [found] = json.loads(answer.headers[HEADER])[account]
    return found


async def test_the_share_grows_with_each_call_until_one_is_too_many(meta: Stranger, pages: list[Page]):
    page, other = pages

    answers = [await meta.get(page.id, page.token, fields="id") for _ in range(5)]
    elsewhere = await meta.get(other.id, other.token, fields="id")

    assert [case(answer, page.id)["call_count"] for answer in answers] == [25, 50, 75, 100, 100]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 400]
    assert error_of(answers[-1])[1] == 80001
    assert case(answers[-1], page.id)["estimated_time_to_regain_access"] in {59, 60}
    assert case(answers[-2], page.id)["estimated_time_to_regain_access"] == 0
    assert (elsewhere.status_code, case(elsewhere, other.id)["call_count"]) == (200, 25)


async def test_an_instagram_account_is_told_of_its_own_and_has_room_an_hour_later(meta: Stranger, pages: list[Page]):
    account, token = pages[0].instagram, pages[0].token
    for _ in range(4):
        await meta.get(account, token, fields="id")

    refused = await meta.get(account, token, fields="id")
    await meta.get(account, token, fields="id")
    await meta.pass_time(3_601)
    again = await meta.get(account, token, fields="id")

    assert (error_of(refused)[1], case(refused, account)["type"]) == (80002, "instagram")
    assert (again.status_code, case(again, account)["call_count"]) == (200, 25)
    [told] = (await meta.admin("violations"))["violations"]
    assert (told["kind"], told["account_id"]) == ("called_while_throttled", account)


async def test_a_post_too_many_is_not_made(meta: Stranger, pages: list[Page]):
    for number in range(6):
        await meta.post(f"{pages[0].id}/feed", pages[0].token, message=f"Post {number}")

    assert [entry["text"] for entry in await meta.ledger()] == [f"Post {number}" for number in range(4)]


async def test_without_the_setting_nothing_is_counted(meta: Stranger):
    page = await meta.page()

    assert HEADER not in (await meta.get(page.id, page.token, fields="id")).headers
