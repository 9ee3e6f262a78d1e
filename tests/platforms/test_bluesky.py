"""Bluesky's client against a real server of the AT Protocol: what it makes public, and what its errors mean."""

import io
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import orjson
import pytest
from PIL import Image

from net.addresses import FetchPolicy
from platforms.base import Done, Draft, DraftMedia, Environment, Platform, Receipt, ReplyTo, Sent
from platforms.bluesky.tokens import Session
from platforms.environment import PlatformsEnvironment
from platforms.errors import (
    OutcomeUnknownError,
    PlatformError,
    RateLimitedError,
    ReconnectRequiredError,
    RejectedError,
    TransientError,
)
from platforms.following import Following, Task
from platforms.network import Network
from platforms.registry import open_networks
from platforms.sign_in import FoundPage
from tests.platforms.work import NOW, Work, work_on
from tests.support.pds import Pds, Person, running_pds
from tests.support.xrpc_road import CREATE, Meeting, XrpcRoad, xrpc_road

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
CREATE_SESSION = "com.atproto.server.createSession"
REFRESH = "com.atproto.server.refreshSession"


@dataclass
class Coast:
    """Bluesky, whose configured server lies at the end of a road."""

    network: Network
    pds: Pds
    road: XrpcRoad

    async def sign_in(self, person: Person, **given: Any) -> Any:
        asked = {"identifier": person.handle, "password": person.password, "service": None, **given}
        code = orjson.dumps(asked).decode()
        return await self.network.sign_in.exchange(code=code, redirect_uri="", verifier="", now=datetime.now(UTC))

    async def page(self, person: Person) -> FoundPage:
        grant = await self.sign_in(person)
        (page,) = (await self.network.finder.offer(token=grant.token, now=NOW, granted=())).pages
        return page

    async def work(self, person: Person, draft: Draft, **given: Any) -> Work:
        return work_on(await self.page(person), draft, **given)

    async def bring_out(self, work: Work) -> Receipt:
        done = await self.network.routes[Platform.BLUESKY].publisher.step(work)
        assert isinstance(done, Done)
        return done.receipt

    async def look(self, work: Work, **given: Any) -> Any:
        sent = Sent(work.draft, work.channel_id, work.token, work.handles, NOW, NOW)
        return await self.network.routes[Platform.BLUESKY].publisher.look(replace(sent, **given))


@pytest.fixture
async def coast(pds: Pds) -> AsyncIterator[Coast]:
    async with AsyncExitStack() as held:
        yield await _coast(pds, await held.enter_async_context(xrpc_road(pds.url)), held)


async def _coast(pds: Pds, road: XrpcRoad, held: AsyncExitStack) -> Coast:
    environment = PlatformsEnvironment(bluesky_url=road.url)
    networks = open_networks(environment, sandbox_url=None, timeout_seconds=5, policy=FetchPolicy())
    held.push_async_callback(networks.aclose)
    return Coast(networks.get(Platform.BLUESKY, Environment.LIVE), pds, road)


@pytest.fixture
async def person(pds: Pds) -> Person:
    return await pds.person()


def picture(kind: str = "PNG", width: int = 40, height: int = 30) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "orange").save(out, kind)
    return out.getvalue()


def file(content: bytes, alt_text: str | None = None) -> DraftMedia:
    return DraftMedia("", "image/png", len(content), 40, 30, alt_text)


# -- what becomes public ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["x" * 300, "é" * 300, "e\u0301" * 300, f"{FAMILY}" * 166, "\U0001f1e9\U0001f1ea" * 300, "שלום \u202eabc\u202c"],
    ids=["letters", "accents", "marks", "families", "flags", "right to left"],
)
async def test_a_text_that_the_rules_let_through_is_taken_as_it_is(coast: Coast, person: Person, text: str):
    assert coast.network.rules[0].count_text(text) <= 300

    receipt = await coast.bring_out(await coast.work(person, Draft(text)))

    (post,) = await coast.pds.posts(person)
    assert (post["uri"], post["value"]["text"]) == (receipt.platform_post_id, text)


@pytest.mark.parametrize("text", ["x" * 301, f"{FAMILY}" * 167], ids=["graphemes", "bytes"])
async def test_a_text_that_the_rules_stop_is_refused_by_the_server_too(coast: Coast, person: Person, text: str):
    assert coast.network.rules[0].count_text(text) == 301

    with pytest.raises(RejectedError, match="maximum"):
        await coast.bring_out(await coast.work(person, Draft(text)))

    assert await coast.pds.posts(person) == []


async def test_links_mentions_and_tags_are_marked_by_bytes(coast: Coast, person: Person):
    friend = await coast.pds.person("friend")
    text = f"🥖 @{friend.handle} and @nobody.test: #Brot at https://example.com/é."

    await coast.bring_out(await coast.work(person, Draft(text)))

    (post,) = await coast.pds.posts(person)
    whole, facets = text.encode(), post["value"]["facets"]
    found = [
        (whole[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode(), facet["features"]) for facet in facets
    ]
    kind = "app.bsky.richtext.facet"
    assert found == [
        (f"@{friend.handle}", [{"$type": f"{kind}#mention", "did": friend.did}]),
        ("#Brot", [{"$type": f"{kind}#tag", "tag": "Brot"}]),
        ("https://example.com/é", [{"$type": f"{kind}#link", "uri": "https://example.com/é"}]),
    ]


async def test_who_is_mentioned_cannot_be_asked_so_that_nothing_goes_out_yet(coast: Coast, person: Person):
    coast.road.meet("com.atproto.identity.resolveHandle", Meeting(lands=False, status=503))
    work = await coast.work(person, Draft("hello @somebody.test"))

    with pytest.raises(TransientError):
        await coast.bring_out(work)

    assert (work.marks, await coast.pds.posts(person)) == ([], [])


async def test_four_images_are_shown_with_their_texts_and_shapes(coast: Coast, person: Person):
    images = [picture(width=40 + number) for number in range(4)]
    media = tuple(file(image, f"Picture {number}" if number else None) for number, image in enumerate(images))
    work = await coast.work(person, Draft("Look", media=media), files=tuple(images))

    await coast.bring_out(work)

    (post,) = await coast.pds.posts(person)
    embed = post["value"]["embed"]
    assert embed["$type"] == "app.bsky.embed.images"
    assert [one["alt"] for one in embed["images"]] == ["", "Picture 1", "Picture 2", "Picture 3"]
    assert all(one["aspectRatio"] == {"width": 40, "height": 30} for one in embed["images"])
    for image, shown in zip(images, embed["images"], strict=True):
        params = {"did": person.did, "cid": shown["image"]["ref"]["$link"]}
        answer = await coast.pds.http.get("/xrpc/com.atproto.sync.getBlob", params=params)
        assert answer.content == image


async def test_images_are_uploaded_once_and_again_where_the_server_threw_them_away(coast: Coast, person: Person):
    image = picture()
    work = await coast.work(person, Draft("Look", media=(file(image),)), files=(image,))
    coast.road.meet(
        CREATE,
        Meeting(lands=False, status=503),
        Meeting(lands=False, status=400, body={"error": "BlobNotFound", "message": "Could not find blob"}),
    )

    with pytest.raises(OutcomeUnknownError):
        await coast.bring_out(work)
    with pytest.raises(TransientError):
        await coast.bring_out(work)
    assert len(coast.road.calls("com.atproto.repo.uploadBlob")) == 1
    await coast.bring_out(work)

    assert len(coast.road.calls("com.atproto.repo.uploadBlob")) == 2
    assert len(await coast.pds.posts(person)) == 1


async def test_a_link_is_shown_as_a_card(coast: Coast, person: Person):
    await coast.bring_out(await coast.work(person, Draft("", link="https://www.example.com/bread")))

    (post,) = await coast.pds.posts(person)
    assert post["value"]["embed"]["external"] == {
        "uri": "https://www.example.com/bread",
        "title": "example.com/bread",
        "description": "",
    }


# -- once, and found again --------------------------------------------------------------------------------------


async def test_the_same_post_sent_twice_is_one_and_the_same(coast: Coast, person: Person):
    work = await coast.work(person, Draft("Once"))

    first = await coast.bring_out(work)
    with pytest.raises(OutcomeUnknownError):
        await coast.bring_out(work)

    sighting = await coast.look(work)
    assert (sighting.out, sighting.matches) == (True, (first,))
    assert await coast.pds.texts(person) == ["Once"]
    bodies = coast.road.calls(CREATE)
    assert bodies[0] == bodies[1]


@pytest.mark.parametrize("answer", [{}, {"cid": "bafy"}, {"uri": 7}, {"uri": "elsewhere"}, b""], ids=str)
async def test_success_without_an_address_is_a_doubt_that_its_key_settles(coast: Coast, person: Person, answer: Any):
    work = await coast.work(person, Draft("Nameless"))
    coast.road.meet(CREATE, Meeting(lands=True, status=200, body=answer))
    with pytest.raises(OutcomeUnknownError, match="did not say where it is"):
        await coast.bring_out(work)

    sighting = await coast.look(work)

    [post] = await coast.pds.posts(person)
    assert (sighting.out, [match.platform_post_id for match in sighting.matches]) == (True, [post["uri"]])
    assert len(coast.road.calls(CREATE)) == 1


async def test_what_is_not_there_may_be_sent_again_at_once(coast: Coast, person: Person):
    work = await coast.work(person, Draft("Lost"))
    coast.road.meet(CREATE, Meeting(lands=False))
    with pytest.raises(OutcomeUnknownError):
        await coast.bring_out(work)

    sighting = await coast.look(work)

    assert (sighting.out, sighting.matches, sighting.repeatable) == (False, (), True)


async def test_what_is_out_is_found_although_the_session_is_over(coast: Coast, person: Person):
    work = await coast.work(person, Draft("Once"))
    receipt = await coast.bring_out(work)
    over = replace(Session.read(work.token), access="over", refresh="over").packed()

    sighting = await coast.look(work, token=over)

    assert (sighting.out, sighting.matches) == (True, (receipt,))
    assert (CREATE in coast.road.signed, "com.atproto.repo.getRecord" in coast.road.signed) == (True, False)


async def test_another_post_under_the_key_is_not_taken_for_it(coast: Coast, person: Person):
    work = await coast.work(person, Draft("Mine"))
    await coast.bring_out(work)

    sighting = await coast.look(work, draft=replace(work.draft, text="Yours"))

    assert (sighting.out, sighting.matches, sighting.repeatable) == (None, (), False)


async def test_a_server_that_cannot_be_asked_says_nothing(coast: Coast, person: Person):
    work = await coast.work(person, Draft("Once"))
    await coast.bring_out(work)
    coast.road.meet("com.atproto.repo.getRecord", Meeting(lands=False, status=502), Meeting(lands=False))

    for _ in range(2):
        with pytest.raises(TransientError):
            await coast.look(work)


async def test_a_post_is_deleted_and_once_more_is_no_error(coast: Coast, person: Person):
    work = await coast.work(person, Draft("Gone"))
    receipt = await coast.bring_out(work)
    following = Following(Task.DELETE, work.channel_id, work.token, receipt.platform_post_id)
    publisher = coast.network.routes[Platform.BLUESKY].publisher

    await publisher.follow(following)
    await publisher.follow(following)

    assert await coast.pds.posts(person) == []
    assert await publisher.permalink(platform_post_id=receipt.platform_post_id, token=work.token) == receipt.permalink


async def test_a_part_of_a_thread_names_the_first_and_the_one_above(coast: Coast, person: Person):
    root = await coast.bring_out(await coast.work(person, Draft("One")))
    middle = Draft("Two", reply_to=ReplyTo(root.platform_post_id, root.platform_post_id))
    second = await coast.bring_out(await coast.work(person, middle))
    last = Draft("Three", reply_to=ReplyTo(root.platform_post_id, second.platform_post_id))
    await coast.bring_out(await coast.work(person, last))

    posts = {post["value"]["text"]: post for post in await coast.pds.posts(person)}
    one, two, three = (posts[text] for text in ("One", "Two", "Three"))
    above = {post["value"]["text"]: post["value"].get("reply") for post in posts.values()}
    first = {"uri": one["uri"], "cid": one["cid"]}
    assert above == {
        "One": None,
        "Two": {"root": first, "parent": first},
        "Three": {"root": first, "parent": {"uri": two["uri"], "cid": two["cid"]}},
    }
    assert three["uri"] != two["uri"]


async def test_below_a_part_that_is_gone_nothing_is_put(coast: Coast, person: Person):
    root = await coast.bring_out(await coast.work(person, Draft("One")))
    work = await coast.work(person, Draft("Two", reply_to=ReplyTo(root.platform_post_id, root.platform_post_id)))
    following = Following(Task.DELETE, work.channel_id, work.token, root.platform_post_id)
    await coast.network.routes[Platform.BLUESKY].publisher.follow(following)

    with pytest.raises(RejectedError, match="not there any more"):
        await coast.bring_out(work)

    assert await coast.pds.posts(person) == []


async def test_a_thread_is_deleted_from_its_end(coast: Coast, person: Person):
    posts = [await coast.bring_out(await coast.work(person, Draft(text))) for text in ("One", "Two")]
    uris = tuple(post.platform_post_id for post in posts)
    work = await coast.work(person, Draft("x"))
    following = Following(Task.DELETE, work.channel_id, work.token, uris[0], parts=uris)

    await coast.network.routes[Platform.BLUESKY].publisher.follow(following)

    assert await coast.pds.posts(person) == []
    deleted = [call["rkey"] for call in coast.road.calls("com.atproto.repo.deleteRecord")]
    assert deleted == [uri.rpartition("/")[2] for uri in reversed(uris)]


# -- what errors mean -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, {"error": "InvalidRequest", "message": "no"}, RejectedError),
        (400, {"error": "ExpiredToken", "message": "Token has expired"}, ReconnectRequiredError),
        (401, {"error": "InvalidToken", "message": "no"}, ReconnectRequiredError),
        (401, {"error": "AccountTakedown", "message": "no"}, ReconnectRequiredError),
        (413, {"error": "PayloadTooLarge", "message": "no"}, RejectedError),
        (400, {"error": "SomethingNew", "message": "no"}, OutcomeUnknownError),
        (500, {"error": "InvalidRequest", "message": "no"}, OutcomeUnknownError),
        (502, b"<html>", OutcomeUnknownError),
        (403, b"<html>", OutcomeUnknownError),
        (200, b"<html>", OutcomeUnknownError),
        (200, [], OutcomeUnknownError),
    ],
)
async def test_only_a_known_refusal_is_one(
    coast: Coast, person: Person, status: int, body: Any, kind: type[PlatformError]
):
    coast.road.meet(CREATE, Meeting(lands=False, status=status, body=body))

    with pytest.raises(kind):
        await coast.bring_out(await coast.work(person, Draft("Once")))


async def test_a_limit_says_when_it_ends_by_the_servers_own_clock(coast: Coast, person: Person):
    there = datetime(2031, 1, 1, tzinfo=UTC)
    headers = {"date": format_datetime(there, usegmt=True), "ratelimit-reset": str(int(there.timestamp()) + 90)}
    limit = {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}
    coast.road.meet(CREATE, Meeting(lands=False, status=429, body=limit, headers=headers))

    with pytest.raises(RateLimitedError) as caught:
        await coast.bring_out(await coast.work(person, Draft("Later")))

    assert caught.value.retry_after == timedelta(seconds=90)


async def test_the_limits_of_a_real_server_are_read():
    async with AsyncExitStack() as held:
        pds = await held.enter_async_context(running_pds(limits=True))
        person = await pds.person()
        coast = await _coast(pds, await held.enter_async_context(xrpc_road(pds.url)), held)
        for _ in range(30):
            with pytest.raises(RejectedError):
                await coast.sign_in(person, password="wrong")

        with pytest.raises(RateLimitedError) as caught:
            await coast.sign_in(person)

    assert caught.value.retry_after
    assert timedelta(minutes=4) < caught.value.retry_after <= timedelta(minutes=5)


# -- signing in -------------------------------------------------------------------------------------------------


async def test_a_session_is_renewed_and_its_pair_goes_on(coast: Coast, person: Person):
    grant = await coast.sign_in(person)
    old = Session.read(grant.token)
    assert coast.network.renewer

    renewed = await coast.network.renewer.renew(token=grant.token, now=NOW)

    new = Session.read(renewed.token)
    assert (new.did, new.service) == (person.did, coast.road.url)
    assert new.refresh != old.refresh
    assert timedelta(minutes=119) < renewed.expires_at - datetime.now(UTC) <= timedelta(hours=2)
    await coast.network.sign_in.check(token=renewed.token, now=NOW)
    assert old.access not in repr(old)
    assert old.refresh not in repr(grant)


async def test_a_renewal_without_an_answer_is_made_again_with_the_same_token(coast: Coast, person: Person):
    grant = await coast.sign_in(person)
    assert coast.network.renewer
    coast.road.meet(REFRESH, Meeting(lands=True), Meeting(lands=True, status=502, body=b""))

    for _ in range(2):
        with pytest.raises(TransientError):
            await coast.network.renewer.renew(token=grant.token, now=NOW)
    renewed = await coast.network.renewer.renew(token=grant.token, now=NOW)

    await coast.network.sign_in.check(token=renewed.token, now=NOW)


async def test_a_withdrawn_password_ends_the_session(coast: Coast, person: Person):
    grant = await coast.sign_in(person)
    assert coast.network.renewer

    await coast.pds.refuse(person)

    with pytest.raises(ReconnectRequiredError):
        await coast.network.renewer.renew(token=grant.token, now=NOW)


async def test_a_session_that_is_ended_can_be_ended_again(coast: Coast, person: Person):
    grant = await coast.sign_in(person)
    assert coast.network.renewer

    await coast.network.sign_in.revoke(token=grant.token)
    await coast.network.sign_in.revoke(token=grant.token)

    with pytest.raises(ReconnectRequiredError):
        await coast.network.renewer.renew(token=grant.token, now=NOW)


async def test_an_account_that_was_taken_down_does_not_work(coast: Coast, person: Person):
    grant = await coast.sign_in(person)
    assert await coast.network.sign_in.works(token=grant.token)

    await coast.pds.take_down(person)

    assert not await coast.network.sign_in.works(token=grant.token)
    with pytest.raises(ReconnectRequiredError):
        await coast.network.sign_in.check(token=grant.token, now=NOW)
    with pytest.raises(RejectedError):
        await coast.sign_in(person)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"password": "wrong"}, "Invalid identifier or password"),
        ({"identifier": "nobody.test"}, "Invalid identifier or password"),
        ({"service": "http://127.0.0.1:1"}, "not public"),
        ({"service": "http://[::1]:80"}, "not public"),
        ({"service": "ftp://bsky.social"}, "no address of a server"),
        ({"service": "https://bsky.social/path"}, "no address of a server"),
        ({"service": "https://user:secret@bsky.social"}, "no address of a server"),
        ({"service": "https://[bsky.social"}, "no address of a server"),
    ],
)
async def test_a_sign_in_that_cannot_be_says_why(coast: Coast, person: Person, given: dict[str, Any], says: str):
    with pytest.raises(RejectedError, match=says) as caught:
        await coast.sign_in(person, **given)

    assert caught.value.failure.code == "AUTHORIZATION_FAILED"
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("did", ["", "did:plc:" + "a" * 101, "did:plc:a/b", "7", "did:plc:a\x00", 7, None])
async def test_an_account_without_a_usable_id_is_not_signed_in(coast: Coast, person: Person, did: Any):
    body = {"did": did, "handle": "a.test", "accessJwt": "a.b.c", "refreshJwt": "d.e.f"}
    coast.road.meet(CREATE_SESSION, Meeting(lands=False, status=200, body=body))

    with pytest.raises((RejectedError, TransientError)):
        await coast.sign_in(person)


async def test_what_a_strange_server_tells_of_an_account_is_cut_to_what_can_be_stored(coast: Coast, person: Person):
    grant = await coast.sign_in(person)
    session = {"did": person.did, "handle": "\x00" + "a" * 400}
    profile = {"uri": "x", "cid": "y", "value": {"displayName": "N\x00" + "n" * 400, "avatar": {"ref": {"$link": 7}}}}
    coast.road.meet("com.atproto.server.getSession", Meeting(lands=False, status=200, body=session))
    coast.road.meet("com.atproto.repo.getRecord", Meeting(lands=False, status=200, body=profile))

    (page,) = (await coast.network.finder.offer(token=grant.token, now=NOW, granted=())).pages

    assert (page.name, page.handle, page.avatar_url) == ("N" + "n" * 299, None, None)


async def test_a_second_factor_asks_for_an_app_password(coast: Coast, person: Person):
    body = {"error": "AuthFactorTokenRequired", "message": "A sign in code has been sent to your email address"}
    coast.road.meet(CREATE_SESSION, Meeting(lands=False, status=401, body=body))

    with pytest.raises(RejectedError) as caught:
        await coast.sign_in(person)

    assert "app password" in caught.value.failure.hint


async def test_the_account_is_found_with_its_profile(coast: Coast, person: Person):
    image = picture()
    blob = await coast.pds.http.post(
        "/xrpc/com.atproto.repo.uploadBlob",
        content=image,
        headers={"content-type": "image/png", "authorization": f"Bearer {person.access}"},
    )
    record = {"$type": "app.bsky.actor.profile", "displayName": "Bread & Butter", "avatar": blob.json()["blob"]}
    profile = {"repo": person.did, "collection": "app.bsky.actor.profile", "rkey": "self", "record": record}
    await coast.pds.call("com.atproto.repo.putRecord", profile, access=person.access)

    page = await coast.page(person)

    assert (page.platform_account_id, page.name, page.handle) == (person.did, "Bread & Butter", person.handle)
    assert page.avatar_url
    assert (await coast.pds.http.get(page.avatar_url)).content == image
