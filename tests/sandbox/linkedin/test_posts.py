"""Posts: what is taken, what is refused and why, and what the public sees."""

from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote

import pytest

from tests.sandbox.conftest import FILES
from tests.sandbox.linkedin.conftest import organisation
from tests.sandbox.linkedin.member import DAY, LinkedInApp, post_of


def coded(urn: str) -> str:
    return quote(urn, safe="")


def path_of(urn: str) -> str:
    return f"/rest/posts/{coded(urn)}"


async def test_a_post_is_public_and_its_answer_empty(member: LinkedInApp):
    answer = await member.post("Hello, world.")

    (entry,) = await member.ledger()
    urn = answer.headers["x-restli-id"]
    assert (answer.status_code, answer.content) == (201, b"")
    assert urn.startswith("urn:li:share:")
    assert (entry["platform"], entry["kind"], entry["public_id"], entry["text"]) == (
        "linkedin",
        "text",
        urn,
        "Hello, world.",
    )
    assert (entry["account_id"], entry["account_name"]) == (member.author, "Mina Member")
    assert "Hello, world." in (await member.http.get(entry["permalink"])).text
    assert "Hello, world." in (await member.http.get("/")).text


@pytest.mark.parametrize(
    ("sent", "read", "cut"),
    [
        (r"Plain \(escaped\) text\_with \\ all\~", r"Plain (escaped) text_with \ all~", None),
        ("Prices (from 5) up", "Prices ", 7),
        (r"One #tag and {hashtag|\#|two\_words}", "One #tag and #two_words", None),
        ("snake_case", "snake", 5),
        ("#half_tag", "#half", 5),
        ("An email a@b.example", "An email a", 10),
        ("{hashtag|#|bare}", "", 0),
        ("A lone # sign", "A lone ", 7),
        ("Ends with \\", "Ends with ", 10),
        ("Two\nlines, ünïcode, 🙂", "Two\nlines, ünïcode, 🙂", None),
    ],
)
async def test_a_reserved_character_ends_the_text_in_silence(
    member: LinkedInApp, sent: str, read: str, cut: int | None
):
    answer = await member.post(sent)

    (entry,) = await member.ledger()
    assert answer.status_code == 201
    assert entry["text"] == read
    assert (entry["details"]["raw"], entry["details"]["is_cut"]) == (sent, cut is not None)
    assert entry["details"]["cut_at"] == cut


async def test_the_page_shows_what_was_cut_off(member: LinkedInApp):
    await member.post("Prices (from 5) up")

    assert "Prices (from 5) up" in (await member.http.get("/")).text


async def test_a_mention_lives_with_the_right_name_only(page: LinkedInApp):
    right, wrong = f"@[North Works]({page.author})", f"@[north works]({page.author})"
    await page.post(f"By {right}")
    await page.post(f"By {wrong}")

    first, second = await page.ledger()
    assert (first["text"], first["details"]["mentions"]) == ("By North Works", [page.author])
    assert (second["text"], second["details"]["mentions"]) == ("By north works", [])


async def test_the_page_app_reads_finds_changes_and_deletes(page: LinkedInApp):
    urn = (await page.post("First #words")).headers["x-restli-id"]
    read = (await page.call("GET", path_of(urn))).json()
    changed = await page.call(
        "POST", path_of(urn), {"patch": {"$set": {"commentary": "Second"}}}, X_RestLi_Method="PARTIAL_UPDATE"
    )
    await page.post("Another")
    finder = f"/rest/posts?q=author&author={coded(page.author)}&sortBy=CREATED"
    found = (await page.call("GET", finder, X_RestLi_Method="FINDER")).json()
    deleted = [await page.call("DELETE", path_of(urn)) for _ in range(2)]
    gone = await page.call("GET", path_of(urn))

    first, _ = await page.ledger()
    assert read["commentary"] == r"First {hashtag|\#|words}"
    assert (read["id"], read["author"], read["lifecycleState"]) == (urn, page.author, "PUBLISHED")
    assert isinstance(read["createdAt"], int)
    assert changed.status_code == 204
    assert [one["commentary"] for one in found["elements"]] == ["Another", "Second"]
    assert found["elements"][1]["lifecycleStateInfo"] == {"isEditedByAuthor": True}
    assert [one.status_code for one in (*deleted, gone)] == [204, 204, 404]
    assert (first["text"], first["details"]["raw"], first["deleted_at"] is not None) == ("Second", "Second", True)


async def test_the_finder_goes_page_by_page(page: LinkedInApp):
    for number in range(3):
        await page.post(f"Post {number}")
    path = f"/rest/posts?q=author&author={coded(page.author)}&count=2&start="
    pages = [(await page.call("GET", f"{path}{start}", X_RestLi_Method="FINDER")).json() for start in (0, 2)]

    assert [len(one["elements"]) for one in pages] == [2, 1]
    assert [len(one["paging"]["links"]) for one in pages] == [1, 0]


async def test_a_member_app_may_only_write(member: LinkedInApp):
    urn = (await member.post()).headers["x-restli-id"]
    finder = f"/rest/posts?q=author&author={coded(member.author)}"
    refused = [await member.call("GET", path_of(urn)), await member.call("GET", finder, X_RestLi_Method="FINDER")]
    deleted = await member.call("DELETE", path_of(urn))

    assert [(one.status_code, one.json()["code"]) for one in refused] == [(403, "ACCESS_DENIED")] * 2
    assert refused[0].json()["message"].startswith("Not enough permissions to access: posts.GET.20260901")
    assert deleted.status_code == 204


@pytest.mark.parametrize(
    ("changes", "status", "code", "where"),
    [
        ({"tags": []}, 403, "ACCESS_DENIED", "[/tags]"),
        ({"content": {"media": {"id": "urn:li:image:1", "alt": ""}}}, 403, "ACCESS_DENIED", "[/content/media/alt]"),
        ({"visibility": None}, 400, "INVALID_VALUE_FOR_FIELD", "/visibility"),
        ({"visibility": "FRIENDS"}, 400, "INVALID_VALUE_FOR_FIELD", "/visibility"),
        ({"lifecycleState": "DRAFT"}, 400, "INVALID_VALUE_FOR_FIELD", "/lifecycleState"),
        ({"distribution": {}}, 400, "MISSING_FIELD", "/distribution/feedDistribution"),
        ({"commentary": "x" * 3_001}, 400, "FIELD_LENGTH_TOO_LONG", "/commentary"),
        ({"commentary": "\\(" * 1_501}, 400, "FIELD_LENGTH_TOO_LONG", "/commentary"),
        ({"commentary": "🙂" * 1_501}, 400, "FIELD_LENGTH_TOO_LONG", "/commentary"),
        ({"commentary": " "}, 400, "INVALID_VALUE_BLANK_FIELD", "/commentary"),
        ({"author": "urn:li:company:1"}, 400, "INVALID_URN_TYPE", "/author"),
        ({"author": "urn:li:person:somebody"}, 403, "ACCESS_DENIED", "[/author]"),
        ({"author": "urn:li:person:"}, 403, None, ""),
        ({"author": "urn:li:organization:1"}, 400, None, "Organization Or Events permissions must be used"),
        ({"content": {}}, 400, "INVALID_VALUE_FOR_FIELD", "/content"),
        ({"content": {"media": {"id": "urn:li:image:none"}}}, 400, "INVALID_URN_ID", "/content/media/id"),
        ({"content": {"media": {"id": "urn:li:share:1"}}}, 400, "INVALID_URN_TYPE", "/content/media/id"),
        ({"content": {"article": {"source": "https://a.example"}}}, 400, "MISSING_FIELD", "/content/article/title"),
        ({"content": {"article": {"source": "a.example", "title": "T"}}}, 400, "INVALID_VALUE_FOR_FIELD", "source"),
        ({"content": {"multiImage": {"images": []}}}, 400, "INVALID_VALUE_FOR_FIELD", "/content/multiImage/images"),
        (
            {"content": {"poll": {"question": "Q", "options": [{"text": "a"}], "settings": {"duration": "ONE_DAY"}}}},
            400,
            "INVALID_VALUE_FOR_FIELD",
            "/content/poll/options",
        ),
    ],
    ids=lambda value: str(value)[:50],
)
async def test_what_will_not_do_is_refused_by_name(
    member: LinkedInApp, changes: dict[str, Any], status: int, code: str | None, where: str
):
    answer = await member.call("POST", "/rest/posts", {**post_of(member.author), **changes})

    body = answer.json()
    assert (answer.status_code, body["status"], body.get("code")) == (status, status, code)
    assert where in body["message"]
    assert await member.ledger() == []


@pytest.mark.parametrize("field", ["author", "commentary", "visibility", "distribution", "lifecycleState"])
async def test_what_is_missing_is_named(member: LinkedInApp, field: str):
    body = post_of(member.author)
    del body[field]
    answer = await member.call("POST", "/rest/posts", body)

    assert (answer.status_code, answer.json()["code"]) == (400, "MISSING_FIELD")
    assert answer.json()["message"].startswith(f"/{field} ")


@pytest.mark.parametrize("text", ["x" * 3_000, "\\(" * 1_500, "🙂" * 1_500], ids=["plain", "escaped", "pairs"])
async def test_three_thousand_units_are_taken(member: LinkedInApp, text: str):
    assert (await member.post(text)).status_code == 201


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("North Works", 201),
        ("Press Office", 201),
        ("Branch 102", 201),
        ("Figures Only", 403),
        ("Not Yet Approved", 403),
    ],
)
async def test_a_page_speaks_through_those_who_may(page: LinkedInApp, name: str, status: int):
    answer = await page.post(author=await organisation(page, name))

    assert answer.status_code == status
    assert len(await page.ledger()) == (status == 201)


async def test_a_page_is_not_read_by_just_anybody_and_speaks_in_public(page: LinkedInApp):
    foreign = await page.post(author=await organisation(page, "Fresh Fish"))
    hidden = await page.post(visibility="CONNECTIONS")

    assert [foreign.status_code, hidden.status_code] == [403, 400]


async def test_the_same_again_within_ten_minutes_names_the_first(member: LinkedInApp):
    first = await member.post("Once")
    again = await member.post("Once")
    other = await member.post("Once, and more")
    await member.later(600)
    later = await member.post("Once")

    urn = first.headers["x-restli-id"]
    assert (again.status_code, again.json()["code"]) == (422, "DUPLICATE_POST")
    assert again.json()["message"] == f"Content is a duplicate of {urn}"
    assert [other.status_code, later.status_code] == [201, 201]
    assert len(await member.ledger()) == 3


async def test_what_is_deleted_is_no_first(member: LinkedInApp):
    first = await member.post("Once")
    await member.call("DELETE", path_of(first.headers["x-restli-id"]))

    assert (await member.post("Once")).status_code == 201


async def test_with_other_pictures_the_same_words_are_something_else(member: LinkedInApp):
    first, second = [await member.image(FILES[name]) for name in ("square.jpg", "second.jpg")]
    answers = [await member.post("Once", content={"media": {"id": one}}) for one in (first, second, first)]

    assert [one.status_code for one in answers] == [201, 201, 422]


async def test_a_poll_an_article_and_a_reshare(member: LinkedInApp):
    options = [{"text": "Yes"}, {"text": "No"}]
    poll = {"question": "Well?", "options": options, "settings": {"duration": "THREE_DAYS"}}
    thumbnail = await member.image(FILES["square.png"])
    article = {"source": "https://a.example/x", "title": "A", "description": "B (c)", "thumbnail": thumbnail}
    answers = [await member.post(content={"poll": poll}), await member.post("", content={"article": article})]
    parent = answers[1].headers["x-restli-id"]
    answers.append(await member.post(reshareContext={"parent": parent}))

    first, second, third = await member.ledger()
    assert [one.status_code for one in answers] == [201, 201, 201]
    assert answers[0].headers["x-restli-id"].startswith("urn:li:ugcPost:")
    assert (first["kind"], first["details"]["options"]) == ("poll", ["Yes", "No"])
    assert (second["kind"], second["link"], second["details"]["description"]) == ("article", article["source"], "B (c)")
    assert len(second["image_hashes"]) == 1
    assert (third["kind"], third["details"]["parent"]) == ("reshare", parent)


async def test_a_day_has_so_many_posts(stranger: LinkedInApp):
    await stranger.sign_in("limited")
    answers = [await stranger.post() for _ in range(2)]
    await stranger.later(1)
    answers.append(await stranger.post())
    violations = await stranger.admin("violations")
    now = (await stranger.admin("clock"))["unix"]
    await stranger.later(DAY - now % DAY)
    answers.append(await stranger.post())

    assert [one.status_code for one in answers] == [201, 429, 429, 201]
    assert answers[1].json()["serviceErrorCode"] == 101
    assert "throttle MEMBER DAY limit" in answers[1].json()["message"]
    assert [one["kind"] for one in violations["violations"]] == ["called_while_throttled"]
    assert len(await stranger.ledger()) == 2


async def test_a_day_can_be_over_in_some_seconds(member: LinkedInApp):
    fault = {"endpoint": "POST /rest/posts", "fault": "linkedin_day_limit", "nth": 1, "options": {"seconds": 30}}
    await member.admin("faults", fault)

    refused = [await member.post() for _ in range(2)]
    violations = (await member.admin("violations"))["violations"]
    await member.later(31)
    taken = await member.post()

    dated = parsedate_to_datetime(refused[0].headers["date"])
    midnight = dated.replace(hour=0, minute=0, second=0) + timedelta(days=1)
    assert [one.status_code for one in refused] == [429, 429]
    assert "throttle MEMBER DAY limit" in refused[0].json()["message"]
    assert timedelta(seconds=30) <= midnight - dated <= timedelta(seconds=31)
    assert [one["account_id"] for one in violations] == [member.author]
    assert (taken.status_code, len(await member.ledger())) == (201, 1)


async def test_an_apps_day_is_counted_too(member: LinkedInApp):
    await member.admin("linkedin", {"posts_per_app": 1})
    await member.post()

    assert "throttle APPLICATION DAY limit" in (await member.post()).json()["message"]
