"""The same as the commands, by buttons; and who may not press them."""

from html.parser import HTMLParser
from typing import Any

import httpx
import pytest

from sandbox.meta.triggers import TRIGGERS
from tests.sandbox.server import ORIGIN, Server
from tests.sandbox.stranger import Stranger, error_of


class Forms(HTMLParser):
    """What each form of a page would send, by its action and its button's value."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__()
        self.found: dict[tuple[str, str], dict[str, str]] = {}
        self.choices: dict[tuple[str, str], list[str]] = {}
        self._action, self._fields, self._select = "", dict[str, str](), ""
        self._options: dict[str, list[str]] = {}
        self.feed(answer.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._action, self._fields, self._options = given["action"], {}, {}
        elif tag == "input" and "name" in given:
            self._fields[given["name"]] = given.get("value", "")
        elif tag == "select":
            self._select = given["name"]
            self._options[self._select] = []
        elif tag == "option":
            self._options[self._select].append(given["value"])
            if "selected" in given or self._select not in self._fields:
                self._fields[self._select] = given["value"]
        elif tag == "button":
            own = {given["name"]: given["value"]} if "name" in given else {}
            self.found[self._action, given.get("value", "")] = {**self._fields, **own}
            self.choices[self._action, given.get("value", "")] = self._options.get("target", [])


async def press(meta: Stranger, action: str, button: str = "", **changes: str) -> httpx.Response:
    forms = Forms(await meta.http.get("/controls"))
    fields = forms.found[action, button]
    assert changes.keys() <= fields.keys()
    return await meta.http.post(action, data={**fields, **changes})


async def test_every_trigger_has_a_button_with_its_targets(meta: Stranger):
    forms = Forms(await meta.http.get("/controls"))

    assert {button for action, button in forms.found if action == "/controls/trigger"} == set(TRIGGERS)
    assert "two-pages" in forms.choices["/controls/trigger", "checkpoint"]
    assert "Slow Instagram" in forms.choices["/controls/trigger", "remove-role"]


async def test_a_button_ends_tokens(meta: Stranger):
    page = await meta.page()

    answer = await press(meta, "/controls/trigger", "invalidate-token", target="solo", **{"option.reason": "463"})

    assert answer.status_code == 200
    assert "tokens of Sam Solo ended (190/463)" in answer.text
    assert error_of(await meta.get("me", page.token)) == (400, 190, 463)


async def test_a_button_tells_the_server_and_shows_what_it_said(meta: Stranger, server: Server):
    await meta.code("solo", redirect_uri=f"{ORIGIN}/callback")

    taken = await press(meta, "/controls/trigger", "data-deletion", target="solo")
    missing = await press(meta, "/controls/trigger", "deauthorize", server=f"{ORIGIN}/elsewhere")

    assert "answered 200" in taken.text
    assert "confirmation_code" in taken.text
    assert "has no such endpoint" in missing.text
    assert len(server.received) == 1


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"target": "nobody"}, "There is no person"),
        ({"option.reason": "1"}, "It takes reason"),
        ({"target": '"><script>alert(1)</script>'}, "There is no person"),
    ],
)
async def test_what_cannot_be_comes_back_with_a_sentence(meta: Stranger, changes: dict[str, str], told: str):
    answer = await press(meta, "/controls/trigger", "invalidate-token", **changes)

    assert answer.status_code == 422
    assert told in answer.text
    assert "<script>" not in answer.text


async def test_buttons_move_the_clock(meta: Stranger):
    await press(meta, "/controls/clock", "+60d")
    await press(meta, "/controls/clock", by="-12h")
    wrong = await press(meta, "/controls/clock", by="tomorrow")
    beyond = await press(meta, "/controls/clock", by="-90d")

    assert (await meta.admin("clock"))["offset_seconds"] == 59.5 * 86_400
    assert "59d 12h ahead" in (await meta.http.get("/controls")).text
    assert (wrong.status_code, beyond.status_code) == (422, 422)
    assert "such as +60d" in wrong.text
    assert "does not go back beyond" in beyond.text


async def test_a_button_forgets_everything(meta: Stranger):
    page = await meta.page()
    await meta.post(f"{page.id}/feed", page.token, message="x")

    answer = await press(meta, "/controls/reset")

    assert answer.status_code == 303
    assert await meta.ledger() == []


CHANGES: list[tuple[str, str, dict[str, Any]]] = [
    ("POST", "/controls/reset", {}),
    ("POST", "/_admin/reset", {}),
    ("POST", "/_admin/triggers", {"json": {"trigger": "checkpoint", "target": "solo"}}),
    ("DELETE", "/_admin/ledger", {}),
    ("POST", "/faults", {"data": {"fault": "clean_503", "endpoint": "*"}}),
    ("PUT", "/samples/a.jpg", {"content": b"x"}),
]


@pytest.mark.parametrize(("method", "path", "given"), CHANGES, ids=lambda one: one if isinstance(one, str) else "")
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_another_sites_page_changes_nothing(
    meta: Stranger, method: str, path: str, given: dict[str, Any], site: str
):
    answer = await meta.http.request(method, path, headers={"sec-fetch-site": site}, **given)

    assert answer.status_code == 403


@pytest.mark.parametrize("site", ["same-origin", "none", None])
async def test_its_own_pages_and_programs_may(meta: Stranger, site: str | None):
    headers = {"sec-fetch-site": site} if site else {}

    assert (await meta.http.post("/_admin/reset", headers=headers)).status_code == 200
    consent = await meta.http.get("/meta/v26.0/dialog/oauth", headers={"sec-fetch-site": "cross-site"})
    assert consent.status_code != 403
