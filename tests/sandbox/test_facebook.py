"""Publishing on a Page: what becomes public, what is refused and how."""

from datetime import datetime
from typing import Any

import httpx
import pytest

from tests.sandbox.conftest import PICTURES
from tests.sandbox.stranger import DAY, VERSION, Page, Stranger, error_of, fields_of, proof

SQUARE, SECOND = f"{PICTURES}/square.jpg", f"{PICTURES}/second.jpg"


@pytest.fixture
async def page(meta: Stranger) -> Page:
    return await meta.page()


def attached(*photos: str) -> str:
    return "[" + ",".join(f'{{"media_fbid":"{photo}"}}' for photo in photos) + "]"


async def feed(meta: Stranger, page: Page, **given: Any) -> Any:
    return await meta.post(f"{page.id}/feed", page.token, **given)


async def test_a_text_becomes_public_as_it_was_written(meta: Stranger, page: Page):
    text = "Fresh bread, 🥖\r\nand <b>rolls</b>"

    answer = await feed(meta, page, message=text)

    (entry,) = await meta.ledger()
    assert answer.json() == {"id": entry["public_id"]}
    assert answer.json()["id"].startswith(f"{page.id}_")
    assert (entry["platform"], entry["kind"], entry["text"], entry["account_id"]) == ("facebook", "text", text, page.id)


async def test_a_link_is_kept_with_its_text(meta: Stranger, page: Page):
    await feed(meta, page, message="Read this", link="https://example.com/a?b=c")

    (entry,) = await meta.ledger()
    assert (entry["kind"], entry["link"]) == ("link", "https://example.com/a?b=c")


@pytest.mark.parametrize("link", ["nonsense", "ftp://example.com", "http://", "http://[", "https://a b"])
async def test_a_link_that_is_none_is_refused(meta: Stranger, page: Page, link: str):
    assert error_of(await feed(meta, page, message="x", link=link)) == (400, 1500, None)
    assert await meta.ledger() == []


@pytest.mark.parametrize("given", [{}, {"message": ""}, {"message": " \n"}])
async def test_an_empty_post_is_refused(meta: Stranger, page: Page, given: dict[str, str]):
    assert error_of(await feed(meta, page, **given)) == (400, 197, None)


@pytest.mark.parametrize(("length", "status"), [(63_206, 200), (63_207, 400)])
async def test_a_text_has_at_most_63206_characters(meta: Stranger, page: Page, length: int, status: int):
    answer = await feed(meta, page, message="é" * length)

    assert answer.status_code == status
    assert len(await meta.ledger()) == (status == 200)


async def test_a_persons_own_token_does_not_post_as_the_page(meta: Stranger, page: Page):
    answer = await meta.post(f"{page.id}/feed", await meta.token(), message="x")

    assert error_of(answer) == (400, 190, 2069032)


async def test_photos_are_staged_in_private_and_appear_with_the_post(meta: Stranger, page: Page):
    photos = [await meta.photo(page, SQUARE, alt_text_custom="Bread"), await meta.photo(page, SECOND)]
    staged = await meta.ledger()
    before = (await meta.get(photos[0], page.token, fields="page_story_id")).json()

    post = (await feed(meta, page, message="Two", attached_media=attached(*photos))).json()["id"]

    after = (await meta.get(photos[0], page.token, fields="page_story_id")).json()
    (entry,) = await meta.ledger()
    assert staged == []
    assert before == {"id": photos[0]}
    assert after == {"id": photos[0], "page_story_id": post}
    assert (entry["kind"], entry["alt_texts"], len(set(entry["image_hashes"]))) == ("photos", ["Bread", ""], 2)


@pytest.mark.parametrize("form", ["json", "indexed", "body"])
async def test_attached_photos_are_named_in_any_documented_way(meta: Stranger, page: Page, form: str):
    photos = [await meta.photo(page, url) for url in (SQUARE, SECOND)]
    if form == "body":
        body = {"attached_media": [{"media_fbid": photo} for photo in photos], "appsecret_proof": proof(page.token)}
        await meta.call("POST", f"{page.id}/feed", page.token, json=body)
    elif form == "indexed":
        given = {f"attached_media[{n}]": f'{{"media_fbid":"{photo}"}}' for n, photo in enumerate(photos)}
        await feed(meta, page, **given)
    else:
        await feed(meta, page, attached_media=attached(*photos))

    assert [len(entry["image_hashes"]) for entry in await meta.ledger()] == [2]


async def test_a_photo_is_attached_once(meta: Stranger, page: Page):
    photo = await meta.photo(page, SQUARE)
    await feed(meta, page, message="First", attached_media=attached(photo))

    again = await feed(meta, page, message="Second", attached_media=attached(photo))
    twice = await feed(meta, page, attached_media=attached(*[await meta.photo(page, SQUARE)] * 2))

    assert error_of(again) == (400, 100, 1366051)
    assert error_of(twice) == (400, 100, None)
    assert [entry["text"] for entry in await meta.ledger()] == ["First"]


async def test_a_photo_of_another_page_or_of_nobody_is_not_attached(meta: Stranger):
    mine, other = await meta.pages("two-pages")
    theirs = await meta.photo(other, SQUARE)

    for photo in (theirs, "12", "", "1" * 5_000):
        assert error_of(await feed(meta, mine, message="x", attached_media=attached(photo))) == (400, 100, None)
    assert await meta.ledger() == []


async def test_a_temporary_photo_waits_a_day_and_is_gone(meta: Stranger, page: Page):
    temporary, lasting = await meta.photo(page, SQUARE, temporary="true"), await meta.photo(page, SECOND)
    await meta.pass_time(DAY + 1)

    expired = await feed(meta, page, message="x", attached_media=attached(temporary))
    read = await meta.get(temporary, page.token)
    kept = await feed(meta, page, message="y", attached_media=attached(lasting))

    assert error_of(expired) == (400, 100, None)
    assert error_of(read) == (400, 100, 33)
    assert kept.status_code == 200


async def test_ten_photos_fit_and_eleven_do_not(meta: Stranger, page: Page):
    photos = [await meta.photo(page, SQUARE) for _ in range(11)]

    eleven = await feed(meta, page, attached_media=attached(*photos))
    ten = await feed(meta, page, attached_media=attached(*photos[:10]))

    assert (error_of(eleven), ten.status_code) == ((400, 100, None), 200)


@pytest.mark.parametrize("media", ["nonsense", "{}", "[1]", '["x"]', '[["x"]]', "[{", '[{"media_fbid":{}}]'])
async def test_attached_media_of_another_shape_are_refused(meta: Stranger, page: Page, media: str):
    assert error_of(await feed(meta, page, message="x", attached_media=media))[:2] == (400, 100)
    assert await meta.ledger() == []


async def test_a_published_photo_is_a_post_at_once(meta: Stranger, page: Page):
    answer = await meta.post(f"{page.id}/photos", page.token, url=SQUARE, caption="At once")

    (entry,) = await meta.ledger()
    assert answer.json()["post_id"] == entry["public_id"]
    assert (entry["kind"], entry["text"]) == ("photo", "At once")


@pytest.mark.parametrize("field", ["source", "source0"])
async def test_a_photo_may_be_uploaded(meta: Stranger, page: Page, field: str):
    from tests.sandbox.conftest import FILES

    answer = await meta.call(
        "POST",
        f"{page.id}/photos",
        page.token,
        data={"published": "false", "appsecret_proof": proof(page.token)},
        files={field: ("a.jpg", FILES["square.jpg"])},
    )

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("missing.jpg", (400, 324, 2069019)),
        ("moved.jpg", (400, 324, 2069019)),
        ("page.html", (400, 324, 2069019)),
        ("empty.jpg", (400, 324, 2069019)),
        ("square.webp", (400, 324, 2069019)),
        ("huge.jpg", (400, 100, 1366046)),
    ],
)
async def test_a_photo_is_really_fetched_and_looked_at(meta: Stranger, page: Page, name: str, refusal: Any):
    answer = await meta.post(f"{page.id}/photos", page.token, url=f"{PICTURES}/{name}", published="false")

    assert error_of(answer) == refusal


@pytest.mark.parametrize("name", ["square.png", "large.jpg", "tall.jpg", "wide.jpg"])
async def test_a_page_takes_what_instagram_does_not(meta: Stranger, page: Page, name: str):
    assert await meta.photo(page, f"{PICTURES}/{name}")


@pytest.mark.parametrize("url", ["nonsense", "file:///etc/passwd", "http://", "http://[", "http://a b/"])
async def test_a_photos_address_is_an_address(meta: Stranger, page: Page, url: str):
    answer = await meta.post(f"{page.id}/photos", page.token, url=url, published="false")

    assert error_of(answer)[:2] == (400, 100)


async def test_a_photo_needs_a_picture(meta: Stranger, page: Page):
    assert error_of(await meta.post(f"{page.id}/photos", page.token)) == (400, 324, None)


async def test_posts_are_listed_newest_first_from_a_time_on(meta: Stranger, page: Page):
    for text in ("One", "Two"):
        await feed(meta, page, message=text)
        await meta.pass_time(100)
    since = int((await meta.admin("clock"))["unix"]) - 150

    listed = (await meta.get(f"{page.id}/published_posts", page.token, fields="message")).json()["data"]
    late = (await meta.get(f"{page.id}/published_posts", page.token, fields="message", since=since)).json()["data"]

    assert [post["message"] for post in listed] == ["Two", "One"]
    assert [post["message"] for post in late] == ["Two"]


async def test_a_post_is_read_back_with_its_address_and_pictures(meta: Stranger, page: Page):
    photo = await meta.photo(page, SQUARE)
    wanted = "id,message,created_time,permalink_url,is_published,status_type,attachments{media_type,target{id}}"
    post = (await feed(meta, page, message="Hello", attached_media=attached(photo))).json()["id"]

    found = (await meta.get(post, page.token, fields=wanted)).json()

    assert (found["message"], found["is_published"], found["status_type"]) == ("Hello", True, "added_photos")
    assert found["attachments"] == {"data": [{"media_type": "photo", "target": {"id": photo}}]}
    assert (await meta.http.get(found["permalink_url"])).status_code == 200
    assert found["created_time"].endswith("+0000")


async def test_fields_asked_with_the_post_come_with_the_answer(meta: Stranger, page: Page):
    answer = (await feed(meta, page, message="Hello", fields="id,permalink_url")).json()

    assert answer.keys() == {"id", "permalink_url"}


async def test_a_link_shows_as_facebook_wraps_it_and_as_it_was_given(meta: Stranger, page: Page):
    link = "https://example.com/a?b=c&d=\u00e9"
    await feed(meta, page, message="Read this", link=link)

    wanted = "attachments{media_type,type,url,unshimmed_url,title,target}"
    (found,) = (await meta.get(f"{page.id}/published_posts", page.token, fields=wanted)).json()["data"]
    (shown,) = found["attachments"]["data"]

    assert (shown["media_type"], shown["type"], shown["title"]) == ("link", "share", "example.com")
    assert shown["unshimmed_url"] == link
    assert shown["url"].startswith("https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.com%2Fa")
    assert fields_of(shown["url"])["u"] == link
    assert shown["target"] == {"url": shown["url"]}
    narrow = await meta.get(f"{page.id}/published_posts", page.token, fields="attachments{target{id}}")
    assert narrow.json()["data"][0]["attachments"] == {"data": [{"target": {}}]}


async def test_posts_are_read_page_by_page_within_a_window(meta: Stranger, page: Page):
    for number in range(5):
        await feed(meta, page, message=f"{number}")
        await meta.pass_time(10)
    window = {"fields": "message,created_time", "limit": 2}
    everything = (await meta.get(f"{page.id}/published_posts", page.token, fields="created_time")).json()["data"]
    moments = [datetime.fromisoformat(one["created_time"]) for one in everything]
    since, until = int(moments[3].timestamp()), int(moments[0].timestamp())

    first = (await meta.get(f"{page.id}/published_posts", page.token, since=since, until=until, **window)).json()
    rest: list[str] = []
    found = first
    while "next" in found["paging"]:
        following = httpx.URL(found["paging"]["next"]).copy_add_param("appsecret_proof", proof(page.token))
        found = (await meta.http.get(following)).json()
        rest += [one["message"] for one in found["data"]]

    assert everything[0]["created_time"].endswith("+0000")
    assert [one["message"] for one in first["data"]] == ["4", "3"]
    assert rest == ["2", "1"]


async def test_an_unpublished_post_is_invisible_until_it_is_published(meta: Stranger, page: Page):
    post = (await feed(meta, page, message="Later", published="false")).json()["id"]
    before = await meta.ledger()

    await meta.post(post, page.token, is_published="true")
    await meta.post(post, page.token, is_published="true")

    assert before == []
    assert [entry["public_id"] for entry in await meta.ledger()] == [post]


async def test_a_post_can_be_changed_and_deleted_and_the_ledger_remembers(meta: Stranger, page: Page):
    post = (await feed(meta, page, message="Old")).json()["id"]
    link = (await meta.ledger())[0]["permalink"]

    await meta.post(post, page.token, message="New")
    changed = (await meta.ledger())[0]["text"]
    deleted = await meta.delete(post, page.token)

    assert (changed, deleted.json()) == ("New", {"success": True})
    assert (await meta.ledger())[0]["deleted_at"]
    assert error_of(await meta.get(post, page.token)) == (400, 100, 33)
    assert (await meta.http.get(link)).status_code == 404


async def test_the_same_text_again_is_refused_where_the_administrator_wants_it(meta: Stranger, page: Page):
    await meta.settings(duplicate_seconds=60)

    first, second = [await feed(meta, page, message="Twice") for _ in range(2)]
    await meta.pass_time(61)
    later = await feed(meta, page, message="Twice")

    assert [first.status_code, error_of(second), later.status_code] == [200, (400, 506, None), 200]
    assert len(await meta.ledger()) == 2


async def test_a_scheduled_post_appears_at_its_time_and_not_before(meta: Stranger, page: Page):
    now = (await meta.admin("clock"))["unix"]
    given = {"published": "false", "scheduled_publish_time": str(int(now) + 1200)}
    text = (await feed(meta, page, message="Later", **given)).json()["id"]
    photo = (await meta.post(f"{page.id}/photos", page.token, url=SQUARE, caption="Seen later", **given)).json()
    listed = (await meta.get(f"{page.id}/scheduled_posts", page.token, fields="id,scheduled_publish_time")).json()
    await meta.post(text, page.token, scheduled_publish_time=str(int(now) + 1800))

    await meta.pass_time(1300)
    first = await meta.ledger()
    await meta.pass_time(600)
    second = await meta.ledger()

    assert photo.keys() == {"id"}
    assert listed["data"][0] == {"id": text, "scheduled_publish_time": int(now) + 1200}
    assert [entry["text"] for entry in first] == ["Seen later"]
    assert [(entry["text"], entry["public_id"]) for entry in second[1:]] == [("Later", text)]
    assert abs(second[1]["published_at_unix"] - int(now) - 1800) < 1
    assert (await meta.get(f"{page.id}/scheduled_posts", page.token)).json()["data"] == []


@pytest.mark.parametrize("ahead", [60, 31 * DAY, None])
async def test_a_time_to_publish_is_ten_minutes_to_thirty_days_ahead(meta: Stranger, page: Page, ahead: int | None):
    now = (await meta.admin("clock"))["unix"]
    time = "next week" if ahead is None else str(int(now) + ahead)

    answer = await feed(meta, page, message="x", published="false", scheduled_publish_time=time)
    public = await feed(meta, page, message="x", scheduled_publish_time=str(int(now) + 1200))

    assert error_of(answer) == error_of(public) == (400, 100, None)


async def test_only_what_the_app_made_is_edited(meta: Stranger, page: Page):
    await meta.admin("triggers", {"trigger": "post-by-hand", "target": page.id, "options": {"text": "By hand"}})
    (found,) = (await meta.get(f"{page.id}/published_posts", page.token, fields="id,message")).json()["data"]

    answer = await meta.post(found["id"], page.token, message="Changed")

    assert found["message"] == "By hand"
    assert error_of(answer) == (403, 10, None)
    assert [entry["text"] for entry in await meta.ledger()] == ["By hand"]


async def test_a_photo_is_taken_out_of_its_post(meta: Stranger, page: Page):
    photos = [await meta.photo(page, SQUARE), await meta.photo(page, SECOND)]
    post = (await feed(meta, page, attached_media=attached(*photos))).json()["id"]

    await meta.delete(photos[0], page.token)
    (left,) = await meta.ledger()
    await meta.delete(photos[1], page.token)
    (gone,) = await meta.ledger()

    assert (len(left["image_hashes"]), left["deleted_at"]) == (1, None)
    assert gone["deleted_at"]
    assert error_of(await meta.get(photos[0], page.token)) == error_of(await meta.get(post, page.token))


async def test_unpublished_photos_are_found_among_the_uploaded(meta: Stranger, page: Page):
    orphan = await meta.photo(page, SQUARE)
    shown = (await meta.post(f"{page.id}/photos", page.token, url=SECOND)).json()["id"]

    everything = await meta.get(f"{page.id}/photos", page.token, type="uploaded", fields="id,page_story_id")
    public = await meta.get(f"{page.id}/photos", page.token, fields="id")

    assert [("page_story_id" in one, one["id"]) for one in everything.json()["data"]] == [
        (True, shown),
        (False, orphan),
    ]
    assert [one["id"] for one in public.json()["data"]] == [shown]


async def test_a_hidden_post_leaves_the_lists(meta: Stranger, page: Page):
    post = (await feed(meta, page, message="Hidden")).json()["id"]

    await meta.post(post, page.token, is_hidden="true")

    assert (await meta.get(f"{page.id}/published_posts", page.token)).json()["data"] == []
    assert (await meta.get(post, page.token, fields="is_hidden")).json()["is_hidden"] is True


async def test_any_version_answers_and_says_which_one_it_is(meta: Stranger, page: Page):
    for asked, served in (("v26.0", "v26.0"), ("v21.0", "v21.0"), ("v12.0", "v21.0"), ("", "v26.0")):
        path = VERSION.replace("v26.0", asked).rstrip("/") + f"/{page.id}/"
        query = {"appsecret_proof": proof(page.token), "access_token": page.token}
        answer = await meta.http.get(path, params=query)
        assert (answer.status_code, answer.headers["facebook-api-version"]) == (200, served)
