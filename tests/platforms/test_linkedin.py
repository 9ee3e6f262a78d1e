"""LinkedIn's own client against the sandbox: signing in twice over, every kind of post, what follows, what is lost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from platforms.base import DENIED, DOUBTED, ChannelKind, Done, Draft, DraftMedia, Environment, Platform, Sent, Wait
from platforms.errors import (
    FailureCode,
    OutcomeUnknownError,
    RateLimitedError,
    ReconnectRequiredError,
    RejectedError,
    TransientError,
)
from platforms.following import Following, Task
from platforms.linkedin.options import LinkedInOptions, LinkedInVisibility, Poll
from platforms.sign_in import FoundPage
from tests.platforms.conftest import Desk
from tests.platforms.work import Work, work_on
from tests.support.loopback import loopback
from tests.support.sandbox import Sandbox

TEXT = "Opening (Friday) at 8: #fresh_bread, <3 ~ *now* | {x} [y] @home \\ done"


class Bureau:
    """LinkedIn's two sign-ins at a sandbox."""

    def __init__(self, desk: Desk, sandbox: Sandbox) -> None:
        self.members = replace(desk, at=Platform.LINKEDIN)
        self.pages = replace(desk, at=Platform.LINKEDIN_PAGES)
        self.sandbox = sandbox

    async def member(self, persona: str = "member") -> FoundPage:
        (page,) = await self.members.pages(persona)
        return page

    async def page(self, persona: str = "organisations") -> FoundPage:
        return next(page for page in await self.pages.pages(persona) if page.problem is None)

    def publisher(self, page: FoundPage) -> Any:
        at = self.members if page.kind is ChannelKind.LINKEDIN_MEMBER else self.pages
        return at.networks.route(Platform.LINKEDIN, Environment.SANDBOX, sign_in=at.at).publisher

    async def publish(self, page: FoundPage, work: Work) -> Done:
        """Step until it is out, with time passing as it is asked for."""
        for _ in range(60):
            outcome = await self.publisher(page).step(work)
            if isinstance(outcome, Done):
                return outcome
            await self.sandbox.advance_clock(outcome.delay.total_seconds())
            work.now += outcome.delay
        raise AssertionError("it never came out")

    async def shown(self, page: FoundPage) -> list[dict[str, Any]]:
        kind = "person" if page.kind is ChannelKind.LINKEDIN_MEMBER else "organization"
        return await self.sandbox.ledger(f"urn:li:{kind}:{page.platform_account_id}")

    async def settings(self, **settings: Any) -> None:
        async with loopback(base_url=self.sandbox.url) as http:
            answer = await http.post("/_admin/linkedin", json=settings)
        assert answer.is_success, answer.text

    async def file(self, path: str) -> bytes:
        async with loopback(base_url=self.sandbox.url) as http:
            return (await http.get(path)).content


@pytest.fixture
def bureau(make_desk: Any, own_sandbox: Sandbox) -> Bureau:
    return Bureau(make_desk(own_sandbox.url), own_sandbox)


async def picture(bureau: Bureau, name: str, alt_text: str | None = None) -> tuple[DraftMedia, bytes]:
    content = await bureau.file(f"/samples/{name}.jpg")
    return DraftMedia("", "image/jpeg", len(content), 100, 100, alt_text), content


async def test_a_member_and_the_pages_are_two_sign_ins_with_apps_of_their_own(bureau: Bureau) -> None:
    member, grant = await bureau.member(), await bureau.members.sign_in("member")
    pages = await bureau.pages.pages("organisations")

    assert (member.kind, grant.missing_permissions) == (ChannelKind.LINKEDIN_MEMBER, ())
    assert timedelta(days=59) < (grant.expires_at or grant.token_ends_at) - datetime.now(UTC) <= timedelta(days=60)
    assert {page.kind for page in pages} == {ChannelKind.LINKEDIN_ORGANIZATION}
    assert len(pages) > 100
    assert [page.name for page in pages if page.token is None] == [page.name for page in pages if page.problem]
    assert any(page.problem for page in pages)
    assert len({page.platform_account_id for page in pages}) == len(pages)


@pytest.mark.parametrize("kind", ["member", "page"])
async def test_the_public_sees_every_character_of_a_text(bureau: Bureau, kind: str) -> None:
    page = await (bureau.member() if kind == "member" else bureau.page())
    done = await bureau.publish(page, work_on(page, Draft(TEXT)))

    [entry] = await bureau.shown(page)
    assert (entry["text"], entry["public_id"]) == (TEXT, done.receipt.platform_post_id)
    assert done.receipt.permalink
    assert done.receipt.permalink.endswith(f"/feed/update/{entry['public_id']}/")


async def test_images_go_up_first_and_keep_their_order_and_their_words(bureau: Bureau) -> None:
    page = await bureau.page()
    files = [await picture(bureau, name, f"A picture of {name} (new)") for name in ("bread", "cake", "tart")]
    media, contents = tuple(one for one, _ in files), tuple(content for _, content in files)
    await bureau.publish(page, work_on(page, Draft("Three", media=media), files=contents))

    [entry] = await bureau.shown(page)
    assert (entry["kind"], entry["alt_texts"]) == ("images", [one.alt_text for one in media])
    assert len(set(entry["image_hashes"])) == len(media)


async def test_one_image_of_a_member_who_may_not_ask_about_it(bureau: Bureau) -> None:
    page = await bureau.member()
    file, content = await picture(bureau, "bread", "Bread")
    work = work_on(page, Draft("One", media=(file,)), files=(content,))
    await bureau.publish(page, work)

    [entry] = await bureau.shown(page)
    assert (entry["kind"], entry["alt_texts"], len(work.marks)) == ("image", ["Bread"], 1)


async def test_a_link_has_a_card_and_a_poll_its_answers(bureau: Bureau) -> None:
    page = await bureau.member()
    card = LinkedInOptions(link_title="News (1)", link_description="All of it")
    await bureau.publish(page, work_on(page, Draft("Read", link="https://example.com/a_b", options=card)))
    poll = LinkedInOptions(poll=Poll("Tea or coffee?", ("Tea", "Coffee")), visibility=LinkedInVisibility.CONNECTIONS)
    await bureau.publish(page, work_on(page, Draft("Vote", options=poll)))

    article, vote = await bureau.shown(page)
    assert (article["kind"], article["link"], vote["kind"]) == ("article", "https://example.com/a_b", "poll")
    assert "News (1)" in str(article["details"])
    assert "Coffee" in str(vote["details"])


async def test_a_poll_with_a_link_is_refused_before_any_call(bureau: Bureau) -> None:
    page = await bureau.member()
    options = LinkedInOptions(poll=Poll("Tea?", ("Yes", "No")))
    with pytest.raises(RejectedError, match="poll"):
        await bureau.publish(page, work_on(page, Draft("Vote", link="https://example.com", options=options)))
    assert await bureau.shown(page) == []


async def test_a_first_comment_an_edit_and_a_deletion(bureau: Bureau) -> None:
    page = await bureau.page()
    done = await bureau.publish(page, work_on(page, Draft("Befre")))
    publisher, post = bureau.publisher(page), done.receipt.platform_post_id
    assert page.token
    given = {"channel_id": page.platform_account_id, "token": page.token, "platform_post_id": post}

    comment = await publisher.follow(Following(Task.FIRST_COMMENT, text="Plain (words) #here", **given))
    await publisher.follow(Following(Task.EDIT, text="Before (all)", **given))

    entry, below = await bureau.shown(page)
    assert (entry["text"], below["text"], bool(comment)) == ("Before (all)", "Plain (words) #here", True)
    found = await publisher.find_comment(Following(Task.FIRST_COMMENT, text="Plain (words) #here", **given))
    assert [match.platform_post_id for match in found.matches] == [comment]
    for _ in range(2):
        await publisher.follow(Following(Task.DELETE, **given))
    assert await bureau.sandbox.live_copies(f"urn:li:organization:{page.platform_account_id}", "Before (all)") == 0


def sent_of(work: Work, **given: Any) -> Sent:
    fields = {"handles": work.handles, "sent_at": work.now, "now": work.now + timedelta(seconds=5), **given}
    return Sent(draft=work.draft, channel_id=work.channel_id, token=work.token, **fields)


@pytest.mark.parametrize("fault", ["land_then_drop", "drop_before"])
async def test_a_members_lost_answer_leaves_one_post_by_sending_once_more(bureau: Bureau, fault: str) -> None:
    page = await bureau.member()
    publisher, work = bureau.publisher(page), work_on(page, Draft("Once"))
    await bureau.sandbox.add_fault("POST /rest/posts", fault, nth=1)
    with pytest.raises(OutcomeUnknownError):
        await publisher.step(work)

    sighting = await publisher.look(sent_of(work))
    assert (sighting.out, sighting.matches, sighting.repeatable) == (None, (), True)
    work.handles[DOUBTED] = work.now.isoformat()
    done = await publisher.step(work)

    [entry] = await bureau.shown(page)
    assert entry["public_id"] == done.receipt.platform_post_id


async def test_a_pages_lost_answer_is_found_among_its_posts(bureau: Bureau) -> None:
    page = await bureau.page()
    publisher = bureau.publisher(page)
    work = work_on(page, Draft(TEXT), now=datetime.now(UTC))
    await bureau.publish(page, work_on(page, Draft("Another")))
    await bureau.sandbox.add_fault("POST /rest/posts", "land_then_drop", nth=1)
    with pytest.raises(OutcomeUnknownError):
        await publisher.step(work)

    sighting = await publisher.look(sent_of(work))
    entries = await bureau.shown(page)
    assert [match.platform_post_id for match in sighting.matches] == [entries[-1]["public_id"]]


async def test_after_the_window_a_member_is_asked_and_nothing_is_sent(bureau: Bureau) -> None:
    page = await bureau.member()
    work = work_on(page, Draft("Late"))
    work.handles[DOUBTED] = (work.now - timedelta(minutes=9)).isoformat()
    with pytest.raises(OutcomeUnknownError):
        await bureau.publisher(page).step(work)
    late = sent_of(work, sent_at=work.now - timedelta(minutes=9), now=work.now)

    assert (await bureau.publisher(page).look(late)).repeatable is False
    assert (work.marks, await bureau.shown(page)) == ([], [])


@pytest.mark.parametrize("fault", ["land_then_drop", "drop_before"])
async def test_after_the_window_a_pages_posts_are_looked_at_before_it_is_sent_again(bureau: Bureau, fault: str) -> None:
    page = await bureau.page()
    publisher, work = bureau.publisher(page), work_on(page, Draft("Later"), now=datetime.now(UTC))
    await bureau.sandbox.add_fault("POST /rest/posts", fault, nth=1)
    with pytest.raises(OutcomeUnknownError):
        await publisher.step(work)
    await bureau.sandbox.advance_clock(700)
    work.handles[DOUBTED], work.now = work.now.isoformat(), work.now + timedelta(seconds=700)
    if fault == "drop_before":
        await publisher.step(work)
    else:
        with pytest.raises(OutcomeUnknownError):
            await publisher.step(work)

    assert len(await bureau.shown(page)) == 1


async def test_a_refusal_of_the_second_call_says_nothing_of_the_first(bureau: Bureau) -> None:
    page = await bureau.member()
    publisher, work = bureau.publisher(page), work_on(page, Draft("Twice"))
    await bureau.sandbox.add_fault("POST /rest/posts", "land_then_drop", nth=1)
    with pytest.raises(OutcomeUnknownError):
        await publisher.step(work)
    work.handles[DOUBTED] = work.now.isoformat()
    work.draft = replace(work.draft, text="x" * 4_000)
    with pytest.raises(OutcomeUnknownError):
        await publisher.step(work)


async def test_a_person_who_overlooked_the_first_is_put_right_by_the_refusal_of_the_second(bureau: Bureau) -> None:
    page = await bureau.member()
    publisher, work = bureau.publisher(page), work_on(page, Draft("Overlooked"))
    await bureau.sandbox.add_fault("POST /rest/posts", "land_then_drop", nth=1)
    with pytest.raises(OutcomeUnknownError):
        await publisher.step(work)
    work.handles[DENIED] = "1"

    done = await publisher.step(work)

    [entry] = await bureau.shown(page)
    assert entry["public_id"] == done.receipt.platform_post_id
    work.draft = replace(work.draft, text="x" * 4_000)
    with pytest.raises(RejectedError):
        await publisher.step(work)


async def test_a_duplicate_is_adopted_only_when_an_earlier_call_is_doubted(bureau: Bureau) -> None:
    page = await bureau.member()
    first = await bureau.publish(page, work_on(page, Draft("Same")))
    with pytest.raises(RejectedError) as caught:
        await bureau.publisher(page).step(work_on(page, Draft("Same")))
    assert first.receipt.platform_post_id in caught.value.failure.message


async def test_an_answer_without_an_id_is_a_post_all_the_same(bureau: Bureau) -> None:
    page = await bureau.member()
    publisher, work = bureau.publisher(page), work_on(page, Draft("Nameless"))
    await bureau.sandbox.add_fault("POST /rest/posts", "no_restli_id", nth=1)
    with pytest.raises(OutcomeUnknownError) as caught:
        await publisher.step(work)

    sighting = await publisher.look(sent_of(work, answer=caught.value.failure.platform_code))
    assert (sighting.out, sighting.repeatable, len(await bureau.shown(page))) == (True, False, 1)


async def test_an_ended_version_is_for_an_operator(make_desk: Any, own_sandbox: Sandbox) -> None:
    bureau = Bureau(make_desk(own_sandbox.url, linkedin_version="202501"), own_sandbox)
    page = await bureau.member()
    with pytest.raises(RejectedError) as caught:
        await bureau.publisher(page).step(work_on(page, Draft("Old")))
    assert caught.value.failure.code is FailureCode.PLATFORM_NOT_CONFIGURED
    assert "AGM_LINKEDIN_VERSION" in caught.value.failure.hint


async def test_a_used_up_day_ends_at_midnight_utc(bureau: Bureau) -> None:
    page = await bureau.member("limited")
    await bureau.publish(page, work_on(page, Draft("One")))
    with pytest.raises(RateLimitedError) as caught:
        await bureau.publisher(page).step(work_on(page, Draft("Two")))
    now = datetime.now(UTC)
    midnight = datetime(now.year, now.month, now.day, tzinfo=UTC) + timedelta(days=1)
    assert caught.value.retry_after
    assert abs(caught.value.retry_after - (midnight - now)) < timedelta(minutes=1)


async def test_a_token_that_works_only_after_a_moment_signs_in(bureau: Bureau) -> None:
    grant = await bureau.members.sign_in("fresh-401")
    assert grant.platform_user_id


async def test_a_dead_token_asks_for_its_person(bureau: Bureau) -> None:
    page = await bureau.member()
    async with loopback(base_url=bureau.sandbox.url) as http:
        answer = await http.post("/_admin/linkedin/tokens", json={"persona": "member", "status": "revoked"})
    assert answer.is_success, answer.text
    assert page.token
    with pytest.raises(ReconnectRequiredError):
        await bureau.publisher(page).step(work_on(page, Draft("Dead")))
    assert await bureau.members.oauth.works(token=page.token) is False
    with pytest.raises(ReconnectRequiredError):
        await bureau.members.oauth.check(token=page.token, now=datetime.now(UTC))


async def test_a_refresh_token_renews_and_its_absence_is_no_end(bureau: Bureau) -> None:
    network = bureau.pages.networks.get(Platform.LINKEDIN, Environment.SANDBOX)
    assert network.renewer
    grant = await bureau.members.sign_in("refresh")
    renewed = await network.renewer.renew(token=grant.token, now=datetime.now(UTC))
    assert renewed.token != grant.token
    assert await bureau.members.oauth.works(token=renewed.token)
    plain = await bureau.members.sign_in("member")
    kept = await network.renewer.renew(token=plain.token, now=datetime.now(UTC))
    assert kept.token == plain.token


async def test_an_image_that_is_not_ready_is_waited_for(bureau: Bureau) -> None:
    await bureau.settings(processing_seconds=20)
    page = await bureau.page()
    file, content = await picture(bureau, "bread")
    work = work_on(page, Draft("Wait", media=(file,)), files=(content,))
    assert isinstance(await bureau.publisher(page).step(work), Wait)
    assert work.marks == []
    await bureau.publish(page, work)
    assert len(await bureau.shown(page)) == 1


async def test_a_video_goes_up_in_parts_and_goes_on_where_it_was_cut(bureau: Bureau) -> None:
    page = await bureau.page()
    padding = 9_000_000
    content = await bureau.file("/samples/film.mp4?seconds=5") + padding.to_bytes(4) + b"free" + bytes(padding - 8)
    media = DraftMedia("", "video/mp4", len(content), 100, 100, seconds=5.0)
    work = work_on(page, Draft("Film", media=(media,), options=LinkedInOptions(video_title="A film")), files=(content,))
    await bureau.sandbox.add_fault("PUT /dms-uploads/video/{key}/{part}", "drop_before", nth=2)
    with pytest.raises(TransientError):
        await bureau.publisher(page).step(work)
    await bureau.publish(page, work)

    [entry] = await bureau.shown(page)
    assert entry["kind"] == "video"
