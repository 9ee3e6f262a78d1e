"""How often X may be called, what it costs, and what goes wrong on demand."""

import contextlib
from email.utils import parsedate_to_datetime
from typing import Any

import pytest

from tests.sandbox.stranger import Stranger
from tests.sandbox.x.stranger import XStranger, problem_of

TOO_MANY = (429, "Too Many Requests")


async def test_headers_count_down(x: XStranger):
    token = await x.token()
    first, second = await x.post(token, text="one"), await x.post(token, text="two")

    now = (await x.admin("clock"))["unix"]
    assert first.headers["x-rate-limit-limit"] == "100"
    assert [one.headers["x-rate-limit-remaining"] for one in (first, second)] == ["99", "98"]
    assert 890 < int(first.headers["x-rate-limit-reset"]) - now <= 901
    assert first.headers["x-app-limit-24hour-limit"] == "10000"
    assert first.headers["x-app-limit-24hour-remaining"] == "9999"
    assert first.headers["x-user-limit-24hour-remaining"] == "9999"
    assert first.headers["x-access-level"] == "read-write"
    assert {"x-transaction-id", "x-response-time", "api-version"} <= set(first.headers)


async def test_a_quarter_of_an_hour_refuses_and_ends(x: XStranger):
    token = await x.token("rate-limited")
    await x.posted(token, text="one")

    refused = await x.post(token, text="two")
    await x.post(token, text="two")
    violations = (await x.admin("violations"))["violations"]
    await x.pass_time(901)

    assert problem_of(refused) == TOO_MANY
    assert refused.json() == {"title": TOO_MANY[1], "detail": TOO_MANY[1], "type": "about:blank", "status": 429}
    assert refused.headers["x-rate-limit-remaining"] == "0"
    assert [(one["kind"], one["endpoint"]) for one in violations] == [("called_while_throttled", "POST /2/tweets")]
    assert (await x.post(token, text="two")).status_code == 201
    assert len(await x.ledger()) == 2


async def test_a_day_can_be_over_although_the_window_has_room(x: XStranger):
    token = await x.token("day-limited")
    await x.posted(token, text="one")

    refused = await x.post(token, text="two")

    now = (await x.admin("clock"))["unix"]
    assert problem_of(refused) == TOO_MANY
    assert int(refused.headers["x-rate-limit-remaining"]) > 0
    assert refused.headers["x-user-limit-24hour-remaining"] == "0"
    assert 86_000 < int(refused.headers["x-user-limit-24hour-reset"]) - now <= 86_401


async def test_the_apps_day_is_shared(x: XStranger):
    await x.settings(posts_per_app_day=1)
    await x.posted(await x.token(), text="one")

    refused = await x.post(await x.token("premium"), text="two")

    assert problem_of(refused) == TOO_MANY
    assert refused.headers["x-app-limit-24hour-remaining"] == "0"


async def test_each_call_has_its_price(x: XStranger):
    token = await x.token()
    me = await x.me(token)
    await x.me(token)
    first = await x.posted(token, text="plain")
    await x.posted(token, text="see example.com", reply={"in_reply_to_tweet_id": first["id"]})
    for _ in range(2):
        await x.get(f"users/{me['id']}/tweets", token)
    await x.call("DELETE", f"tweets/{first['id']}", token)

    told = await x.admin("x/credits")

    assert [(one["what"], one["usd"]) for one in told["charges"]] == [
        ("user_read", 0.01),
        ("post", 0.015),
        ("post_with_url", 0.2),
        ("owned_read", 0.001),
        ("owned_read", 0.001),
        ("delete", 0.01),
    ]
    assert told["total_usd"] == pytest.approx(0.237)
    assert told["left_usd"]["app"] == pytest.approx(1_000 - 0.237)
    assert [one["details"]["price_usd"] for one in await x.ledger()] == [0.015, 0.2]


async def test_what_was_refused_costs_nothing(x: XStranger):
    token = await x.token()
    await x.post(token, text="a" * 281)

    assert (await x.admin("x/credits"))["charges"] == []


async def test_without_credits_nothing_is_posted(x: XStranger):
    token = await x.token("out-of-credits")
    await x.me(token)

    refused = await x.post(token, text="a")
    await x.admin("x/credits", {"usd": 0.015, "purse": "out-of-credits"})
    paid = await x.post(token, text="a")
    over = await x.post(token, text="b")

    assert (refused.status_code, refused.json()["title"]) == (402, "CreditsDepleted")
    assert [paid.status_code, over.status_code] == [201, 402]
    assert len(await x.ledger()) == 1
    assert (await x.post(await x.token(), text="Others go on")).status_code == 201


@pytest.mark.parametrize(
    ("fault", "options", "status", "copies"),
    [
        ("drop_before", {}, None, 0),
        ("land_then_drop", {}, None, 1),
        ("clean_500", {}, 500, 0),
        ("land_then_500", {}, 500, 1),
        ("clean_503", {}, 503, 0),
        ("html_502", {}, 502, 0),
        ("html_502", {"landed": True}, 502, 1),
        ("slow", {"seconds": 0.01}, 201, 1),
        ("slow", {"seconds": 0.01, "landed": True}, 201, 1),
        ("unreadable_200", {}, 201, 1),
        ("no_id", {}, 201, 1),
        ("x_refusal", {"error": "403/duplicate"}, 403, 0),
        ("x_refusal", {"error": "429", "landed": True}, 429, 1),
        ("x_token_ends", {}, 401, 0),
    ],
    ids=str,
)
async def test_a_fault_strikes_x_and_the_ledger_knows(
    x: XStranger, fault: str, options: dict[str, Any], status: int | None, copies: int
):
    token = await x.token()
    await x.admin("faults", {"endpoint": "POST /2/tweets", "fault": fault, "next": 1, "options": options})

    found = None
    with contextlib.suppress(ConnectionResetError):
        found = (await x.post(token, text="Once")).status_code

    (call,) = (await x.admin("calls", endpoint="POST /2/tweets"))["calls"]
    assert found == status
    assert len(await x.ledger()) == copies
    assert (call["faults"], call["persona"], call["status"]) == ([fault], "ordinary", status or 0)


async def test_an_answer_can_leave_out_the_posts_id(x: XStranger):
    token = await x.token()
    await x.admin("faults", {"endpoint": "POST /2/tweets", "fault": "no_id"})

    answer = await x.post(token, text="Once")

    assert (answer.status_code, answer.json()["data"]["text"]) == (201, "Once")
    assert "id" not in answer.json()["data"]
    assert len(await x.ledger()) == 1


async def test_a_limit_can_be_used_up_for_some_seconds(x: XStranger):
    token, other = await x.token(), await x.token("premium")
    await x.admin("faults", {"endpoint": "POST /2/tweets", "fault": "x_limit", "nth": 1, "options": {"seconds": 30}})

    refused = [await x.post(token, text="a") for _ in range(2)]
    now = (await x.admin("clock"))["unix"]
    violations = (await x.admin("violations"))["violations"]
    free = await x.post(other, text="a")
    await x.pass_time(31)

    assert [problem_of(one) for one in refused] == [TOO_MANY] * 2
    assert refused[0].headers["x-rate-limit-remaining"] == "0"
    assert 28 < int(refused[0].headers["x-rate-limit-reset"]) - now <= 31
    assert refused[0].headers["x-rate-limit-reset"] == refused[1].headers["x-rate-limit-reset"]
    assert [one["kind"] for one in violations] == ["called_while_throttled"]
    assert [free.status_code, (await x.post(token, text="a")).status_code] == [201, 201]


async def test_who_waited_is_not_on_record_when_the_next_limit_begins_at_once(x: XStranger):
    token = await x.token()
    limit = {"endpoint": "POST /2/tweets", "fault": "x_limit", "options": {"seconds": 30}}

    for _ in range(2):
        await x.admin("faults", limit | {"next": 1})
        assert problem_of(await x.post(token, text="a")) == TOO_MANY
        await x.pass_time(31)

    assert (await x.admin("violations"))["violations"] == []


async def test_answers_are_dated_by_the_sandboxs_clock(x: XStranger):
    await x.pass_time(86_400)

    answer = await x.get("users/me", await x.token())

    now = (await x.admin("clock"))["unix"]
    assert now - 5 < parsedate_to_datetime(answer.headers["date"]).timestamp() <= now


async def test_every_endpoint_can_be_struck_by_its_label(x: XStranger):
    labels = [one for one in (await x.admin("faults"))["endpoints"] if " /2/" in one or " /i/" in one]
    token = await x.token()
    for label in labels:
        await x.admin("faults", {"endpoint": label, "fault": "html_502", "next": 1})
        method, _, path = label.partition(" ")
        answer = await x.http.request(
            method, f"/x{path.replace(':id', '77')}", headers={"authorization": f"Bearer {token}"}
        )
        assert answer.status_code == 502, label
    assert len(labels) == 16


async def test_a_rule_can_mean_one_account(x: XStranger):
    ordinary, premium = await x.token(), await x.token("premium")
    account = (await x.me(ordinary))["id"]
    await x.admin("faults", {"endpoint": "POST /2/tweets", "fault": "clean_503", "account": account})

    assert (await x.post(premium, text="a")).status_code == 201
    assert (await x.post(ordinary, text="a")).status_code == 503


async def test_metas_faults_leave_x_alone(x: XStranger):
    await x.admin("faults", {"fault": "graph_error", "endpoint": "*"})
    await x.admin("faults", {"fault": "reset_token", "endpoint": "*"})

    assert (await x.post(await x.token(), text="a")).status_code == 201


async def test_a_reset_forgets_x_too(x: XStranger, meta: Stranger):
    token = await x.token()
    await x.posted(token, text="a")
    await x.settings(vocabulary="new")

    await meta.admin("reset", {})

    told = await x.admin("x")
    assert (await x.get("users/me", token)).status_code == 401
    assert told["settings"]["vocabulary"] == "asked"
    assert (await x.admin("x/credits"))["charges"] == []
    assert (await x.posted(await x.token(), text="a"))["text"] == "a"


async def test_settings_that_cannot_be_are_refused(x: XStranger):
    for body in ({"persona": "nobody"}, {"unknown": 1}, {"vocabulary": "latin"}):
        assert (await x.http.post("/_admin/x", json=body)).status_code == 422
    assert (await x.http.post("/_admin/x/credits", json={"usd": 1, "purse": "mine"})).status_code == 422
    assert (await x.http.post("/_admin/x/tokens", json={"persona": "nobody"})).status_code == 422
