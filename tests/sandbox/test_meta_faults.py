"""Each of Meta's faults: what the caller is told, and what the public sees."""

import asyncio
import json
from typing import Any

import httpx
import pytest

from sandbox.faults import FAULTS
from tests.sandbox.conftest import PICTURES
from tests.sandbox.stranger import Page, Stranger, error_of
from tests.support.programs import until

SQUARE, SECOND = f"{PICTURES}/square.jpg", f"{PICTURES}/second.jpg"
BUSINESS_USAGE = "x-business-use-case-usage"


@pytest.fixture
async def page(meta: Stranger) -> Page:
    await meta.settings(processing={"fixed_seconds": 0})
    return await meta.page()


async def upset(meta: Stranger, fault: str, endpoint: str | None = None, **given: Any) -> Any:
    """Put a fault in force; its options go by the name `options`."""
    return await meta.admin("faults", {"fault": fault, "endpoint": endpoint, **given})


async def say(meta: Stranger, page: Page, text: str = "Hello") -> httpx.Response:
    return await meta.post(f"{page.id}/feed", page.token, message=text)


async def carousel(meta: Stranger, page: Page, count: int = 3) -> str:
    children = [
        await meta.container(page, image_url=SQUARE, is_carousel_item="true", alt_text=f"{number}")
        for number in range(1, count + 1)
    ]
    return await meta.container(page, media_type="CAROUSEL", children=",".join(children))


async def texts(meta: Stranger, page: Page, edge: str = "published_posts", **query: Any) -> list[str]:
    answer = await meta.get(f"{page.id}/{edge}", page.token, fields="message", **query)
    return [one["message"] for one in answer.json()["data"]]


async def rule(meta: Stranger) -> dict[str, Any]:
    (found,) = (await meta.admin("faults"))["rules"]
    return found


async def test_a_500_may_hide_a_post(meta: Stranger, page: Page):
    await upset(meta, "land_then_500", "POST /feed", next=1)

    answer = await say(meta, page)

    assert error_of(answer) == (500, 2, None)
    assert answer.json()["error"]["is_transient"] is True
    assert [entry["text"] for entry in await meta.ledger()] == ["Hello"]


async def test_a_call_can_be_cut_before_anything_was_done(meta: Stranger, page: Page):
    await upset(meta, "drop_before", "POST /feed", next=1)

    with pytest.raises(ConnectionResetError):
        await say(meta, page)

    assert await meta.ledger() == []
    assert (await say(meta, page)).status_code == 200


@pytest.mark.parametrize(("landed", "posts"), [(False, 0), (True, 1)])
async def test_a_gateway_answers_html_before_or_after_the_work(meta: Stranger, page: Page, landed: bool, posts: int):
    await upset(meta, "html_502", "POST /feed", options={"landed": landed})

    answer = await say(meta, page)

    assert (answer.status_code, answer.headers["content-type"]) == (502, "text/html; charset=utf-8")
    assert len(await meta.ledger()) == posts


@pytest.mark.parametrize(("landed", "posts"), [(False, 0), (True, 1)])
async def test_a_call_waits_before_the_work_or_after_it(meta: Stranger, page: Page, landed: bool, posts: int):
    await upset(meta, "slow", "POST /feed", options={"seconds": 600, "landed": landed})
    call = asyncio.create_task(say(meta, page))

    async def is_waiting() -> bool:
        return (await rule(meta))["fired"] == 1

    await until(is_waiting, what="the call")
    await asyncio.sleep(0)
    assert len(await meta.ledger()) == posts
    assert not call.done()
    call.cancel()


async def test_a_good_answer_can_be_unreadable(meta: Stranger, page: Page):
    await upset(meta, "unreadable_200", "POST /feed")

    answer = await say(meta, page)

    assert answer.status_code == 200
    with pytest.raises(json.JSONDecodeError):
        answer.json()
    assert len(await meta.ledger()) == 1
    assert error_of(await say(meta, page, "")) == (400, 197, None)


async def test_a_good_answer_can_leave_out_what_was_made(meta: Stranger, page: Page):
    await upset(meta, "no_id", "POST *")
    refused = await say(meta, page, "")

    answer = await say(meta, page)

    assert (answer.status_code, "id" in answer.json()) == (200, False)
    assert error_of(refused) == (400, 197, None)
    assert len(await meta.ledger()) == 1


async def test_instagram_can_deny_what_it_published(meta: Stranger, page: Page):
    container = await meta.container(page, image_url=SQUARE)
    await upset(meta, "publish_then_2207051")

    answer = await meta.publish(page, container)

    assert error_of(answer) == (400, 4, 2207051)
    assert (await meta.status(page, container))["status_code"] == "PUBLISHED"
    assert len(await meta.ledger(page.instagram)) == 1


async def test_a_container_can_be_unreadable_and_yet_be_published(meta: Stranger, page: Page):
    container = await meta.container(page, image_url=SQUARE)
    await upset(meta, "container_unreadable")

    read = await meta.get(container, page.token, fields="status_code")
    published = await meta.publish(page, container)

    assert error_of(read) == (400, 100, 33)
    assert published.status_code == 200
    assert len(await meta.ledger(page.instagram)) == 1


async def test_a_status_can_lack_its_code(meta: Stranger, page: Page):
    container = await meta.container(page, image_url=SQUARE)
    await upset(meta, "status_without_code")

    found = await meta.status(page, container)

    assert found.keys() == {"id", "status"}
    assert found["status"].startswith("Finished")


@pytest.mark.parametrize("spoiler", ["html_502", "unreadable_200", "land_then_500"])
async def test_a_fault_leaves_alone_what_another_has_spoilt(meta: Stranger, page: Page, spoiler: str):
    container = await meta.container(page, image_url=SQUARE)
    options = {"landed": True} if spoiler == "html_502" else {}
    await upset(meta, spoiler, "GET /container", options=options)
    alone = await meta.get(container, page.token, fields="status_code")

    await upset(meta, "status_without_code")
    both = await meta.get(container, page.token, fields="status_code")

    assert (both.status_code, both.headers["content-type"]) == (alone.status_code, alone.headers["content-type"])


async def test_a_finished_container_is_refused_so_many_times(meta: Stranger, page: Page):
    await upset(meta, "finished_but_9007", options={"times": 2})
    container, other = [await meta.container(page, image_url=SQUARE) for _ in range(2)]

    assert (await meta.status(page, container))["status_code"] == "FINISHED"
    refusals = [error_of(await meta.publish(page, one)) for one in (container, container, other)]
    assert refusals == [(400, 9007, 2207027)] * 3
    assert await meta.ledger() == []

    assert (await meta.publish(page, container)).status_code == 200
    assert len(await meta.ledger(page.instagram)) == 1
    assert ((await rule(meta))["hits"], (await rule(meta))["fired"]) == (3, 3)


@pytest.mark.parametrize(("options", "left"), [({}, ["1", "2"]), ({"child": 1}, ["2", "3"])])
async def test_a_carousel_can_lose_a_picture(meta: Stranger, page: Page, options: dict[str, int], left: list[str]):
    container = await carousel(meta, page)
    await upset(meta, "drop_child", options=options)

    answer = await meta.publish(page, container)

    assert answer.status_code == 200
    (entry,) = await meta.ledger()
    assert (entry["alt_texts"], len(entry["image_hashes"])) == (left, 2)
    read = await meta.get(answer.json()["id"], page.token, fields="children{id}")
    assert len(read.json()["children"]["data"]) == 2


async def test_a_single_image_loses_nothing(meta: Stranger, page: Page):
    await upset(meta, "drop_child")

    await meta.publish(page, await meta.container(page, image_url=SQUARE))

    assert [len(entry["image_hashes"]) for entry in await meta.ledger()] == [1]
    assert (await rule(meta))["hits"] == 0


async def test_a_permalink_can_be_unreadable(meta: Stranger, page: Page):
    media = (await meta.publish(page, await meta.container(page, image_url=SQUARE))).json()["id"]
    post = (await say(meta, page)).json()["id"]
    await upset(meta, "permalink_100_33")

    for item, field in ((media, "permalink"), (post, "id,permalink_url")):
        assert error_of(await meta.get(item, page.token, fields=field)) == (400, 100, 33)
        assert (await meta.get(item, page.token, fields="id")).status_code == 200
    assert [entry["deleted_at"] for entry in await meta.ledger()] == [None, None]


async def test_a_page_can_refuse_any_text_as_a_duplicate(meta: Stranger, page: Page):
    await upset(meta, "duplicate_506", "POST /feed", next=1)

    assert error_of(await say(meta, page)) == (400, 506, None)
    assert await meta.ledger() == []


async def test_a_page_can_refuse_a_repeated_text_only(meta: Stranger, page: Page):
    await upset(meta, "duplicate_506", options={"repeats_only": True})

    outcomes = [(await say(meta, page, text)).status_code for text in ("One", "Two", "One")]

    assert outcomes == [200, 200, 400]
    assert [entry["text"] for entry in await meta.ledger()] == ["One", "Two"]


async def test_a_post_can_be_listed_late(meta: Stranger, page: Page):
    await say(meta, page, "Before")
    await upset(meta, "feed_lag", "POST /feed", next=1, options={"seconds": 60})
    photo = await meta.photo(page, SQUARE)
    attached = json.dumps([{"media_fbid": photo}])
    post = (await meta.post(f"{page.id}/feed", page.token, message="Late", attached_media=attached)).json()["id"]

    assert [entry["text"] for entry in await meta.ledger()] == ["Before", "Late"]
    assert (await meta.get(post, page.token, fields="message")).json()["message"] == "Late"
    for edge in ("published_posts", "posts", "feed"):
        assert await texts(meta, page, edge) == ["Before"]
    assert "page_story_id" not in (await meta.get(photo, page.token, fields="page_story_id")).json()

    await meta.pass_time(60)

    assert await texts(meta, page) == ["Late", "Before"]
    assert (await meta.get(photo, page.token, fields="page_story_id")).json()["page_story_id"] == post


async def test_an_instagram_post_can_be_listed_late(meta: Stranger, page: Page):
    await upset(meta, "feed_lag", "POST /media_publish", options={"seconds": 60})
    container = await meta.container(page, image_url=SQUARE)
    await meta.publish(page, container)

    async def listed() -> int:
        return len((await meta.get(f"{page.instagram}/media", page.token, fields="id")).json()["data"])

    assert len(await meta.ledger()) == 1
    assert (await meta.status(page, container))["status_code"] == "PUBLISHED"
    assert await listed() == 0
    await meta.pass_time(60)
    assert await listed() == 1


async def test_a_list_can_hide_what_is_young(meta: Stranger, page: Page):
    await say(meta, page)
    await upset(meta, "feed_lag", "GET *", options={"seconds": 60})

    assert await texts(meta, page) == []
    await meta.admin("faults", method="DELETE")
    assert await texts(meta, page) == ["Hello"]


@pytest.mark.parametrize("subcode", [458, 459, 460, 463, 464, 467, 492])
async def test_a_token_can_stop_working_in_the_middle(meta: Stranger, subcode: int):
    mine, other = await meta.pages("two-pages")
    await upset(meta, "reset_token", "POST /feed", options={"subcode": subcode})

    assert error_of(await say(meta, mine)) == (400, 190, subcode)
    await meta.admin("faults", method="DELETE")

    assert error_of(await say(meta, mine)) == (400, 190, subcode)
    assert (await meta.debug(mine.token))["is_valid"] is False
    assert (await meta.debug(other.token))["is_valid"] is (subcode in {463, 467, 492})
    assert await meta.ledger() == []
    assert (await say(meta, await meta.page("two-pages"))).status_code == 200


def usage(answer: httpx.Response, header: str) -> dict[str, Any]:
    return json.loads(answer.headers[header])


@pytest.mark.parametrize(
    ("code", "header"),
    [
        (4, "x-app-usage"),
        (17, "x-app-usage"),
        (32, "x-page-usage"),
        (80001, BUSINESS_USAGE),
    ],
)
async def test_a_limit_announces_itself_refuses_and_passes(meta: Stranger, page: Page, code: int, header: str):
    await upset(meta, "rate", "POST /feed", next=1, options={"code": code, "minutes": 5, "ramp": 3})

    answers = [await say(meta, page, f"{number}") for number in range(4)]
    rising = [usage(answer, header) for answer in answers]
    if code == 80001:
        rising = [one[page.id][0] for one in rising]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 400]
    assert error_of(answers[-1])[1] == code
    assert [one["call_count"] for one in rising] == [25, 50, 75, 100]
    assert rising[-1].get("estimated_time_to_regain_access") == (5 if code == 80001 else None)
    assert len(await meta.ledger()) == 3

    await meta.pass_time(300)
    answer = await say(meta, page, "Again")
    assert answer.status_code == 200
    assert header not in answer.headers


async def test_the_time_to_regain_access_runs_down(meta: Stranger, page: Page):
    await upset(meta, "rate", "GET /ig", next=1, options={"code": 80002, "minutes": 10})
    first = await meta.get(page.instagram, page.token)
    await meta.pass_time(241)
    second = await meta.get(f"{page.instagram}/media", page.token)

    cases = [usage(answer, BUSINESS_USAGE)[page.instagram][0] for answer in (first, second)]
    assert [case["estimated_time_to_regain_access"] for case in cases] == [10, 6]
    assert cases[0]["type"] == "instagram"


@pytest.mark.parametrize(
    ("code", "refused"),
    [
        (4, ["page", "instagram", "same person", "stranger"]),
        (17, ["page", "instagram", "same person"]),
        (32, ["page"]),
        (80001, ["page"]),
        (80002, ["instagram"]),
    ],
)
async def test_a_limit_reaches_as_far_as_its_code_says(meta: Stranger, code: int, refused: list[str]):
    mine, second = await meta.pages("two-pages")
    stranger = await meta.page("solo")
    begin = "GET /ig" if code == 80002 else "GET /page"
    await upset(meta, "rate", begin, next=1, options={"code": code})
    await meta.get(mine.instagram if code == 80002 else mine.id, mine.token)

    reads = {
        "page": (mine.id, mine.token),
        "instagram": (mine.instagram, mine.token),
        "same person": (second.id, second.token),
        "stranger": (stranger.id, stranger.token),
    }
    found = [name for name, (node, token) in reads.items() if (await meta.get(node, token)).status_code != 200]

    assert found == refused


async def test_who_calls_before_access_is_regained_is_put_on_record(meta: Stranger, page: Page):
    await upset(meta, "rate", "POST /feed", next=1, options={"code": 80001, "minutes": 5})

    await say(meta, page)
    assert (await meta.admin("violations"))["count"] == 0
    await meta.pass_time(200)
    await say(meta, page)
    await meta.pass_time(100)
    await say(meta, page)

    found = await meta.admin("violations", account=page.id)
    (violation,) = found["violations"]
    assert (violation["kind"], violation["endpoint"]) == ("called_while_throttled", "POST /feed")
    assert violation["told_at"] < violation["at"] < violation["until"]
    assert 200 <= violation["seconds_after_told"] < 300
    assert (await meta.admin("violations", account="another"))["violations"] == []
    assert (await meta.admin("violations", method="DELETE")) == {"removed": 1}
    assert (await meta.admin("violations"))["violations"] == []


async def test_a_limit_comes_back_while_its_rule_stands(meta: Stranger, page: Page):
    await upset(meta, "rate", "POST /feed", options={"minutes": 5, "ramp": 1})

    outcomes: list[int] = []
    for _ in range(2):
        outcomes += [(await say(meta, page)).status_code for _ in range(3)]
        await meta.pass_time(300)

    assert outcomes == [200, 400, 400, 200, 400, 400]
    assert (await meta.admin("violations"))["count"] == 2


async def test_a_lifted_limit_is_over_at_once(meta: Stranger, page: Page):
    await upset(meta, "rate", "POST /feed", next=1)
    refused = await say(meta, page)
    await meta.admin("faults", method="DELETE")

    assert [refused.status_code, (await say(meta, page)).status_code] == [400, 200]


@pytest.mark.parametrize("name", sorted(FAULTS))
async def test_every_fault_says_what_it_is(meta: Stranger, name: str):
    choice = (await meta.admin("faults"))["choices"][name]

    assert choice["meaning"]
    assert all(option["description"] for option in choice["options"].values())
