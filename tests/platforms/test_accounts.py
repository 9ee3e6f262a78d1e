"""What a sign-in offers: every Page, and for each that cannot be published to the reason."""

from datetime import UTC, datetime
from typing import Any

import pytest

from platforms.base import ChannelKind
from platforms.errors import TransientError
from platforms.sign_in import FoundPage
from tests.platforms.conftest import Desk, of_kind
from tests.platforms.wire import Wire
from tests.support.sandbox import Sandbox

PAGE, INSTAGRAM = ChannelKind.FACEBOOK_PAGE, ChannelKind.INSTAGRAM_ACCOUNT


def named(pages: list[FoundPage], name: str) -> FoundPage:
    return next(page for page in pages if page.kind is PAGE and page.name == name)


async def find(desk: Desk, token: str) -> list[FoundPage]:
    return list((await desk.finder.offer(token=token, now=datetime.now(UTC), granted=())).pages)


async def test_all_pages_of_a_long_list_are_found(desk: Desk, sandbox: Sandbox):
    pages = await desk.pages("many:250")

    offered = (await sandbox.personas())["people"]["many:250"]["pages"]
    assert [page.platform_account_id for page in of_kind(pages, PAGE)] == [page["id"] for page in offered]
    assert len(of_kind(pages, INSTAGRAM)) == 250
    assert len({page.token for page in of_kind(pages, PAGE)}) == 250
    assert all(page.problem is None for page in pages)
    assert len(await sandbox.calls("GET /me/accounts")) == 3


async def test_each_instagram_account_is_found_at_its_page(desk: Desk, sandbox: Sandbox):
    pages = await desk.pages("two-pages")

    offered = (await sandbox.personas())["people"]["two-pages"]["pages"]
    links = {page.platform_account_id: page.linked_to for page in of_kind(pages, INSTAGRAM)}
    assert links == {page["instagram"]["id"]: page["id"] for page in offered}
    for account in of_kind(pages, INSTAGRAM):
        [page] = [one for one in of_kind(pages, PAGE) if one.platform_account_id == account.linked_to]
        assert account.token == page.token
        assert account.profile_url == f"https://www.instagram.com/{account.handle}/"


async def test_a_page_without_instagram_stands_alone(desk: Desk):
    assert [page.kind for page in await desk.pages("no-ig")] == [PAGE]


async def test_a_page_without_the_task_is_shown_with_the_reason(desk: Desk):
    pages = await desk.pages("missing-task")

    page = named(pages, "Analyst View")
    linked = [one for one in of_kind(pages, INSTAGRAM) if one.linked_to == page.platform_account_id]
    assert [one.token for one in (page, *linked)] == [None, None]
    assert all("may not create content" in (one.problem or "") for one in (page, *linked))
    assert named(pages, "Full Control").problem is None
    assert named(pages, "Full Control").token is not None


@pytest.mark.parametrize(
    ("declined", "page_problem", "account_problem"),
    [
        ("instagram_content_publish", None, "instagram_content_publish"),
        ("pages_manage_posts", "pages_manage_posts", None),
    ],
)
async def test_a_denied_permission_closes_what_it_is_for(
    desk: Desk, declined: str, page_problem: str | None, account_problem: str | None
):
    page, account = await desk.pages(decline=declined)

    for found, expected in ((page, page_problem), (account, account_problem)):
        assert (found.problem is None) == (expected is None)
        assert (expected or "") in (found.problem or "")


async def test_a_page_that_was_not_ticked_is_not_offered(desk: Desk, sandbox: Sandbox):
    await desk.sign_in("two-pages")
    first, _ = (await sandbox.personas())["people"]["two-pages"]["pages"]

    pages = await desk.pages("two-pages", pages=first["id"])

    assert [page.platform_account_id for page in of_kind(pages, PAGE)] == [first["id"]]


async def test_an_instagram_account_that_was_not_ticked_is_not_published_to(desk: Desk, sandbox: Sandbox):
    await desk.sign_in("two-pages")
    first, second = (await sandbox.personas())["people"]["two-pages"]["pages"]

    pages = await desk.pages("two-pages", instagram=first["instagram"]["id"])

    open_accounts = [page.platform_account_id for page in of_kind(pages, INSTAGRAM) if page.problem is None]
    assert open_accounts == [first["instagram"]["id"]]
    assert second["instagram"]["id"] not in open_accounts


async def test_a_list_that_breaks_off_is_asked_for_again_whole(desk: Desk, sandbox: Sandbox):
    grant = await desk.sign_in("many:250")
    await sandbox.add_fault("GET /me/accounts", "clean_503", nth=2)
    with pytest.raises(TransientError):
        await find(desk, grant.token)

    assert len(of_kind(await find(desk, grant.token), PAGE)) == 250


async def test_a_page_token_that_cannot_be_checked_now_is_asked_for_again(desk: Desk, sandbox: Sandbox):
    grant = await desk.sign_in()
    await sandbox.add_fault("GET /debug_token", "clean_503", nth=1)

    with pytest.raises(TransientError):
        await find(desk, grant.token)


@pytest.mark.parametrize("facts", [{}, {"is_valid": False}, {"is_valid": True, "app_id": "7"}])
async def test_a_page_token_that_the_platform_does_not_vouch_for_is_not_kept(wired: Desk, wire: Wire, facts: Any):
    grant = await wired.sign_in()
    wire.answer("GET /debug_token", {"data": facts})

    for page in await find(wired, grant.token):
        assert page.token is None
        assert "does not work" in (page.problem or "")


def listed(*ids: Any, after: str | None = None) -> dict[str, Any]:
    paging = {"cursors": {"after": after}, "next": "https://graph.example/next"} if after else {}
    return {"data": [{"id": page_id, "name": "P", "tasks": []} for page_id in ids], "paging": paging}


async def test_cursors_that_lead_in_a_circle_end_the_list(wired: Desk, wire: Wire):
    grant = await wired.sign_in()
    answers = iter([listed("1", after="a"), listed("2", after="b"), listed("1", after="a"), listed("2", after="b")])

    class Circle(Wire):
        def own_answer(self, one: Any) -> Any:
            if one.asked == "GET /me/accounts":
                self._answers.clear()
                self.answer("GET /me/accounts", next(answers))
            return super().own_answer(one)

    wire.__class__ = Circle

    assert [page.platform_account_id for page in await find(wired, grant.token)] == ["1", "2"]
    assert [one.fields.get("after") for one in wire.asked("GET /me/accounts")] == [None, "a", "b"]


@pytest.mark.parametrize(
    "body", [{}, {"data": None}, {"data": {}}, {"data": [None, {}, 5]}, {"data": [], "paging": None}]
)
async def test_a_list_that_makes_no_sense_is_an_empty_one(wired: Desk, wire: Wire, body: Any):
    grant = await wired.sign_in()
    wire.answer("GET /me/accounts", body)

    assert await find(wired, grant.token) == []


async def test_an_instagram_entry_that_makes_no_sense_is_left_out(wired: Desk, wire: Wire):
    grant = await wired.sign_in()
    wire.answer("GET /me/accounts", {"data": [{"id": "1", "instagram_business_account": {"username": "x"}}]})

    assert [page.kind for page in await find(wired, grant.token)] == [PAGE]


async def test_t09_pages_of_business_portfolios_are_found(desk: Desk, sandbox: Sandbox):
    pages = await desk.pages("agency")

    offered = (await sandbox.personas())["people"]["agency"]["pages"]
    assert {page.platform_account_id for page in of_kind(pages, PAGE)} == {page["id"] for page in offered}
    assert len(of_kind(pages, PAGE)) == 3
    assert len(of_kind(pages, INSTAGRAM)) == 2
    assert all(page.problem is None and page.token for page in pages)


async def test_a_portfolio_that_does_not_answer_hides_only_its_own_pages(desk: Desk, sandbox: Sandbox):
    grant = await desk.sign_in("agency")
    await sandbox.add_fault("GET /client_pages", "clean_503", account=None)

    offer = await desk.finder.offer(token=grant.token, now=datetime.now(UTC), granted=())
    await sandbox.clear_faults()

    assert 0 < len(of_kind(list(offer.pages), PAGE)) < 3
    assert "did not tell all Pages of" in (offer.diagnosis or "")


async def test_t10_what_was_not_ticked_is_said(desk: Desk):
    grant = await desk.sign_in("two-pages", pages="")

    offer = await desk.finder.offer(token=grant.token, now=datetime.now(UTC), granted=())

    assert offer.pages == ()
    assert "ticked" in (offer.diagnosis or "")


async def test_an_instagram_account_that_may_not_have_been_ticked_is_said(desk: Desk):
    grant = await desk.sign_in("partial")

    offer = await desk.finder.offer(token=grant.token, now=datetime.now(UTC), granted=())

    linked = {page.linked_to for page in offer.pages}
    alone = [page for page in of_kind(list(offer.pages), PAGE) if page.platform_account_id not in linked]
    assert alone
    assert all(page.name in (offer.diagnosis or "") for page in alone)


async def test_a_person_without_pages_is_told_so(wired: Desk, wire: Wire):
    grant = await wired.sign_in("no-ig")
    wire.answer("GET /me/accounts", {"data": []})

    offer = await wired.finder.offer(token=grant.token, now=datetime.now(UTC), granted=())

    assert "no role on any Page" in (offer.diagnosis or "")


async def test_pages_that_were_ticked_and_are_in_no_list_are_asked_for_by_id(wired: Desk, wire: Wire, sandbox: Sandbox):
    await wired.sign_in("two-pages")
    first, _ = (await sandbox.personas())["people"]["two-pages"]["pages"]
    grant = await wired.sign_in("two-pages", pages=first["id"])
    wire.answer("GET /me/accounts", {"data": []})

    assert [page.platform_account_id for page in of_kind(await find(wired, grant.token), PAGE)] == [first["id"]]
