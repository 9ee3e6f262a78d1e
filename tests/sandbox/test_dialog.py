"""The consent dialog: a page that a person can click, and what the browser brings back."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from sandbox.meta.personas import NAMED
from tests.sandbox.stranger import REDIRECT, SCOPES, VERSION, Stranger, fields_of


class Form(HTMLParser):
    """The form of a page, as a browser sees it."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__()
        self.action, self.method = "", ""
        self.fields: dict[str, str] = {}
        self.boxes: list[str] = []
        self.buttons: list[tuple[str, str]] = []
        self.links: list[str] = []
        self.feed(answer.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action, self.method = given["action"], given["method"]
        elif tag == "input":
            if given["type"] == "checkbox":
                self.boxes.append(given["name"])
            if given["type"] == "hidden" or "checked" in given:
                self.fields[given["name"]] = given["value"]
        elif tag == "button":
            self.buttons.append((given["name"], given["value"]))
        elif tag == "a":
            self.links.append(given["href"])

    async def press(self, meta: Stranger, button: int, *, untick: tuple[str, ...] = ()) -> dict[str, str]:
        """Send the form with a button and give what the browser carries to the app."""
        name, value = self.buttons[button]
        ticked = {key: text for key, text in self.fields.items() if key not in untick}
        answer = await meta.http.request(self.method, self.action, data={**ticked, name: value})
        assert answer.status_code == 302
        assert answer.headers["location"].startswith(REDIRECT)
        return fields_of(answer.headers["location"])


async def test_a_person_reads_what_is_asked_and_presses_a_button(meta: Stranger):
    answer = await meta.dialog(persona="two-pages")
    form = Form(answer)

    assert answer.headers["content-type"].startswith("text/html")
    assert form.method == "post"
    assert sum(name.startswith("pages.") for name in form.boxes) == 2
    assert {name for name in form.boxes if name.startswith("grant.")} == {f"grant.{one}" for one in SCOPES.split(",")}
    for words in ("SANDBOX", "Terry Two", "North Street Coffee", "Instagram @"):
        assert words in answer.text


async def test_yes_brings_a_code_and_the_state_back(meta: Stranger):
    form = Form(await meta.dialog(state="a state & more"))

    back = await form.press(meta, 0)
    token = await meta.exchange(code=back["code"], redirect_uri=REDIRECT)

    assert back.keys() == {"code", "state"}
    assert back["state"] == "a state & more"
    assert token.json()["token_type"] == "bearer"


async def test_the_redirect_ends_with_facebooks_fragment(meta: Stranger):
    answer = await meta.dialog(auto="approve")

    assert urlsplit(answer.headers["location"]).fragment == "_=_"


@pytest.mark.parametrize("way", ["button", "auto"])
async def test_no_is_told_in_facebooks_words(meta: Stranger, way: str):
    if way == "button":
        back = await Form(await meta.dialog()).press(meta, 1)
    else:
        back = fields_of((await meta.dialog(auto="deny")).headers["location"])

    assert back == {
        "error": "access_denied",
        "error_code": "200",
        "error_description": "Permissions error",
        "error_reason": "user_denied",
        "state": "s",
    }


async def test_an_unticked_page_is_not_shown_to_the_app(meta: Stranger):
    form = Form(await meta.dialog(persona="two-pages"))
    hidden = next(name for name in form.boxes if name.startswith("pages."))

    back = await form.press(meta, 0, untick=(hidden,))
    token = (await meta.exchange(code=back["code"], redirect_uri=REDIRECT)).json()["access_token"]
    shown = (await meta.get("me/accounts", token)).json()["data"]
    about = await meta.debug(token)

    assert len(shown) == 1
    assert hidden not in {f"pages.{page['id']}" for page in shown}
    targets = {one["scope"]: one.get("target_ids") for one in about["granular_scopes"]}
    assert targets["pages_manage_posts"] == [shown[0]["id"]]
    assert targets["instagram_basic"] is None


async def test_an_unticked_permission_is_declined(meta: Stranger):
    form = Form(await meta.dialog())

    back = await form.press(meta, 0, untick=("grant.pages_manage_posts",))
    token = (await meta.exchange(code=back["code"], redirect_uri=REDIRECT)).json()["access_token"]
    granted = (await meta.get("me/permissions", token)).json()["data"]

    statuses = {one["permission"]: one["status"] for one in granted}
    assert statuses["pages_manage_posts"] == "declined"
    assert {status for name, status in statuses.items() if name != "pages_manage_posts"} == {"granted"}


async def test_every_other_persona_is_one_click_away(meta: Stranger):
    form = Form(await meta.dialog())
    links = [link for link in form.links if "persona=" in link]

    pages = [await meta.http.get(link) for link in links]

    assert len(links) == len(NAMED) - 1
    assert all(page.status_code == 200 and "Continue" in page.text for page in pages)


@pytest.mark.parametrize("state", [None, "", 'x"><script>alert(1)</script>', "ü" * 50])
async def test_the_page_shows_what_it_is_handed_as_text(meta: Stranger, state: str | None):
    answer = await meta.dialog(state=state)

    assert "<script" not in answer.text
    assert Form(answer).fields.get("state") == state
    assert "default-src 'none'" in answer.headers["content-security-policy"]


REFUSED: dict[str, dict[str, Any]] = {
    "Invalid App ID": {"client_id": "123"},
    "no app": {"client_id": None},
    "no redirect": {"redirect_uri": None},
    "a relative redirect": {"redirect_uri": "/callback"},
    "a script": {"redirect_uri": "javascript:alert(1)"},
    "a broken redirect": {"redirect_uri": "http://["},
    "an implicit flow": {"response_type": "token"},
    "Invalid Scopes": {"scope": "pages_show_list,read_minds"},
    "an unknown persona": {"persona": "nobody"},
    "a persona of no Pages": {"persona": "many:0"},
    "an unknown way": {"auto": "maybe"},
}


@pytest.mark.parametrize(
    ("method", "given"),
    [
        *(pytest.param("GET", given, id=f"GET, {name}") for name, given in REFUSED.items()),
        *(pytest.param("POST", given, id=f"POST, {name}") for name, given in REFUSED.items() if "auto" not in given),
    ],
)
async def test_a_wrong_request_ends_on_the_platform_and_sends_nobody_anywhere(
    meta: Stranger, method: str, given: dict[str, Any]
):
    asked = {"client_id": "100000000000001", "redirect_uri": REDIRECT, "scope": SCOPES, "decision": "continue", **given}
    asked = {name: value for name, value in asked.items() if value is not None}
    place = {"params" if method == "GET" else "data": asked}

    answer = await meta.http.request(method, f"{VERSION}/dialog/oauth", **place)

    assert answer.status_code == 400
    assert not answer.has_redirect_location
    assert "Sorry, something went wrong" in answer.text


async def test_a_redirect_that_the_app_did_not_register_is_blocked(meta: Stranger):
    await meta.settings(redirect_uris=[REDIRECT])

    registered = await meta.dialog(auto="approve")
    others = [
        await meta.dialog(auto=auto, redirect_uri=uri)
        for auto in (None, "approve", "deny")
        for uri in (REDIRECT + "/", REDIRECT + "?x=1", "https://evil.example/callback", REDIRECT.upper())
    ]

    assert registered.status_code == 302
    for answer in others:
        assert (answer.status_code, answer.has_redirect_location) == (400, False)
        assert "URL Blocked" in answer.text


async def test_without_scopes_the_app_sees_no_pages(meta: Stranger):
    token = await meta.token(scope=None)

    assert (await meta.get("me/accounts", token)).json() == {"data": []}
    assert [one["permission"] for one in (await meta.get("me/permissions", token)).json()["data"]] == ["public_profile"]


async def test_scopes_may_be_divided_by_spaces_too(meta: Stranger):
    page = await meta.page(scope=SCOPES.replace(",", " "))

    assert page.instagram


async def test_the_administrator_chooses_who_signs_in_where_the_address_does_not(meta: Stranger):
    await meta.settings(persona="No IG")

    assert "Nora Noig" in (await meta.dialog()).text
    assert "Sam Solo" in (await meta.dialog(persona="solo")).text
