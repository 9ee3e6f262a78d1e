"""LinkedIn through the whole server: two sign-ins, a text, images, what follows, and answers that are lost."""

from typing import Any

import pytest

from tests.e2e.conftest import Town
from tests.e2e.test_follow_ups import DELETE, EDIT, followed
from tests.support.journey import image


async def member(town: Town, persona: str) -> tuple[str, str]:
    """Connect a member; gives the channel, and whose name the ledger knows it by."""
    account = await town.journey.connect(persona, platform="LINKEDIN")
    (page,) = account["pages"]
    (channel,) = await town.journey.select(account, [page["id"]])
    assert (page["kind"], channel["kind"]) == ("LINKEDIN_MEMBER", "LINKEDIN_MEMBER")
    return channel["id"], await author_of(town, channel["id"])


async def organisation(town: Town, persona: str, place: int = 0) -> tuple[str, str]:
    """Connect for Pages and choose one; gives the channel, and whose name the ledger knows it by."""
    account = await town.journey.connect(persona, platform="LINKEDIN_PAGES")
    offered = [page for page in account["pages"] if page["publishable"]]
    (channel,) = await town.journey.select(account, [offered[place]["id"]])
    assert channel["kind"] == "LINKEDIN_ORGANIZATION"
    return channel["id"], await author_of(town, channel["id"])


async def author_of(town: Town, channel: str) -> str:
    found = await town.journey.ask("query ($id: ID!) { channel(id: $id) { kind platformAccountId } }", id=channel)
    kind = "person" if found["kind"] == "LINKEDIN_MEMBER" else "organization"
    return f"urn:li:{kind}:{found['platformAccountId']}"


async def alone(town: Town, author: str, text: str) -> dict[str, Any]:
    [entry] = [one for one in await town.sandbox.ledger(author) if one["text"] == text]
    return entry


async def test_a_member_publishes_text_that_the_public_sees_whole(town: Town) -> None:
    channel, author = await member(town, "member")
    text = f"Fresh (daily) #bread_rolls [{town.stack.client is not None}] {id(town)} ~"
    done = await town.journey.outcome(await town.journey.accepted("linkedin", channel, text=text))

    assert done["status"] == "PUBLISHED"
    entry = await alone(town, author, text)
    assert done["platformPostId"] == entry["public_id"]


async def test_a_page_publishes_images_is_commented_edited_and_deleted(town: Town) -> None:
    channel, author = await organisation(town, "organisations", 1)
    text = f"Two (new) pictures {id(town)}"
    media = [image(town.picture(name), f"A {name}") for name in ("bun", "pie")]
    published = await town.journey.outcome(
        await town.journey.accepted("linkedin", channel, text=text, media=media, firstComment="First (!)")
    )
    assert published["status"] == "PUBLISHED"
    entry = await alone(town, author, text)
    assert (entry["kind"], entry["alt_texts"]) == ("images", ["A bun", "A pie"])
    done = await followed(town, published["id"])
    comment = await alone(town, author, "First (!)")
    assert (done["status"], comment["parent_id"]) == ("DONE", entry["public_id"])

    edited = await town.journey.ask(EDIT, input={"publicationId": published["id"], "text": f"{text} #new_one"})
    assert not edited["userErrors"], edited
    await followed(town, published["id"], "DONE", count=2)
    assert (await alone(town, author, f"{text} #new_one"))["public_id"] == entry["public_id"]
    deleted = await town.journey.ask(DELETE, input={"publicationId": published["id"]})
    assert not deleted["userErrors"], deleted
    await followed(town, published["id"], "DONE", count=3)
    assert await town.sandbox.live_copies(author, f"{text} #new_one") == 0


@pytest.mark.parametrize("fault", ["land_then_drop", "drop_before"])
@pytest.mark.parametrize("place", [2, None])
async def test_a_lost_answer_leaves_exactly_one_post(town: Town, fault: str, place: int | None) -> None:
    channel, author = await (member(town, "member") if place is None else organisation(town, "organisations", place))
    text = f"Once {fault} {place} {id(town)}"
    rule = await town.sandbox.add_fault("POST /rest/posts", fault, nth=1, account=author)
    done = await town.journey.outcome(await town.journey.accepted("linkedin", channel, text=text))

    assert done["status"] == "PUBLISHED"
    assert next(one for one in await town.sandbox.faults() if one["id"] == rule)["fired"] == 1
    assert (await alone(town, author, text))["public_id"] == done["platformPostId"]
    assert await town.sandbox.live_copies(author, text) == 1


async def test_a_poll_and_a_link_that_lacks_a_title(town: Town) -> None:
    channel, author = await member(town, "member")
    text = f"Vote {id(town)}"
    poll = {"question": "Tea or coffee?", "options": ["Tea", "Coffee"]}
    options = {"visibility": "CONNECTIONS", "poll": poll}
    done = await town.journey.outcome(await town.journey.accepted("linkedin", channel, text=text, options=options))
    assert (done["status"], (await alone(town, author, text))["kind"]) == ("PUBLISHED", "poll")

    refused = await town.journey.publish("linkedin", channel, text="x" * 2_990 + "(" * 6)
    assert refused["userErrors"]
    comment = await town.journey.publish("linkedin", channel, text="x", firstComment="Hello")
    assert comment["userErrors"]


async def test_a_document_needs_a_title_and_is_no_longer_than_linkedin_takes(town: Town) -> None:
    channel, author = await member(town, "member")
    text, menu = f"Menu {id(town)}", f"{town.sandbox.url}/samples/menu.pdf?pages=3"
    titled = {"options": {"documentTitle": "Our (new) menu"}}

    bare = await town.journey.publish("linkedin", channel, text=text, media=[image(menu)])
    long = await town.journey.accepted("linkedin", channel, text=text, media=[image(f"{menu}01")], **titled)
    done = await town.journey.outcome(
        await town.journey.accepted("linkedin", channel, text=text, media=[image(menu)], **titled)
    )

    assert bare["publication"] is not None, "its type is not known before it is fetched"
    assert [(await town.journey.outcome(one))["status"] for one in (bare["publication"]["id"], long)] == ["FAILED"] * 2
    assert "301 pages; 300 are allowed" in (await town.journey.publication(long))["error"]["message"]
    assert done["status"] == "PUBLISHED"
    entry = await alone(town, author, text)
    assert (entry["kind"], entry["details"]["title"]) == ("document", "Our (new) menu")


async def test_a_link_bears_the_picture_that_comes_with_it(town: Town) -> None:
    channel, author = await organisation(town, "organisations", 3)
    text, link = f"Read {id(town)}", "https://example.com/news"
    options, pictures = {"linkTitle": "News"}, [image(town.picture(name)) for name in ("bun", "pie")]

    crowded = await town.journey.publish("linkedin", channel, text=text, link=link, media=pictures)
    given = {"link": link, "media": pictures[:1], "options": options}
    done = await town.journey.outcome(await town.journey.accepted("linkedin", channel, text=text, **given))

    assert [issue["rule"] for issue in crowded["userErrors"][0]["issues"]] == ["LINK_AND_MEDIA"]
    assert done["status"] == "PUBLISHED"
    entry = await alone(town, author, text)
    assert (entry["kind"], entry["link"], len(entry["image_hashes"])) == ("article", link, 1)


async def test_a_document_is_refused_where_there_are_none(town: Town) -> None:
    shop = town.shop()
    menu = image(f"{town.sandbox.url}/samples/menu.pdf")
    done = await town.journey.outcome(await town.journey.accepted("facebook", shop.facebook, text="x", media=[menu]))
    assert done["status"] == "FAILED"
    assert "a document" in done["error"]["message"]
    assert await town.public(shop, "facebook") == []
