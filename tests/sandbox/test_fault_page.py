"""The page by which a person makes things go wrong."""

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

import httpx
import pytest

from sandbox.faults import FAULTS
from tests.sandbox.stranger import Stranger


class Form(HTMLParser):
    """Reads what a browser would send from the forms of a page, and which choices its drop-downs offer."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.choices: dict[str, list[str]] = {}
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "select":
            self._select = given["name"]
            self.choices[self._select] = []
        elif tag == "option" and self._select:
            self._choose(given)
        elif tag == "input" and (given.get("type") != "checkbox" or "checked" in given):
            self.values[given["name"]] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""

    def _choose(self, given: dict[str, str]) -> None:
        self.choices[self._select].append(given["value"])
        if "selected" in given or self._select not in self.values:
            self.values[self._select] = given["value"]


async def open_page(meta: Stranger) -> Form:
    return Form((await meta.http.get("/faults")).text)


async def send(meta: Stranger, changes: Mapping[str, str], path: str = "/faults") -> httpx.Response:
    """Fill in the form and send it as a browser would: every field, most of them empty."""
    return await meta.http.post(path, data={**(await open_page(meta)).values, **changes})


async def rules(meta: Stranger) -> list[dict[str, Any]]:
    return (await meta.admin("faults"))["rules"]


async def test_every_fault_and_every_option_can_be_chosen(meta: Stranger):
    form = await open_page(meta)

    assert form.choices["fault"] == ["", *sorted(FAULTS)]
    for name, kind in FAULTS.items():
        unticked = {option for option, field in kind.model_fields.items() if field.annotation is bool}
        assert {f"{name}.{option}" for option in kind.model_fields.keys() - unticked} <= form.values.keys()
    assert "POST /media_publish" in form.choices["endpoint"]


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (
            {"fault": "rate", "endpoint": "POST *", "rate.code": "80001", "rate.minutes": "2.5", "next": "1"},
            {"fault": "rate", "endpoint": "POST *", "options": {"code": 80001, "minutes": 2.5, "ramp": 0}, "next": 1},
        ),
        (
            {"fault": "html_502", "endpoint": "GET *", "html_502.landed": "true", "account": " 123 "},
            {"fault": "html_502", "endpoint": "GET *", "options": {"landed": True}, "account": "123"},
        ),
        (
            {"fault": "drop_child", "probability": "0.5", "seed": "7", "seconds": "60"},
            {"fault": "drop_child", "options": {"child": None}, "probability": 0.5, "seed": 7, "seconds": 60.0},
        ),
    ],
    ids=str,
)
async def test_a_sent_form_puts_a_fault_in_force(meta: Stranger, sent: dict[str, str], expected: dict[str, Any]):
    answer = await send(meta, sent)

    assert (answer.status_code, answer.headers["location"]) == (303, "/faults")
    (rule,) = await rules(meta)
    assert expected.items() <= rule.items()


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"fault": ""}, "fault"),
        ({"fault": "clean_503"}, "endpoint: Say where it happens"),
        ({"fault": "slow", "endpoint": "*", "slow.seconds": "-1", "next": "3"}, "options.seconds"),
        ({"fault": "slow", "endpoint": "*", "slow.seconds": "<b>", "account": '"><i>'}, "options.seconds"),
        ({"fault": "drop_child", "endpoint": "GET *"}, "This fault only happens to POST /media_publish"),
    ],
    ids=str,
)
async def test_a_refused_form_comes_back_as_it_was_filled_in(meta: Stranger, sent: dict[str, str], told: str):
    answer = await send(meta, sent)

    assert answer.status_code == 422
    assert told in answer.text
    assert sent.items() <= Form(answer.text).values.items()
    assert not any(tag in answer.text for tag in ("<b>", "<i>"))
    assert await rules(meta) == []


async def test_what_a_refusal_repeats_is_text(meta: Stranger):
    answer = await send(meta, {"fault": "slow", "endpoint": "*", "slow.<b>": "1"})

    assert answer.status_code == 422
    assert "options.&lt;b&gt;" in answer.text
    assert "<b>" not in answer.text


async def test_rules_are_shown_with_what_they_struck_and_lifted_one_by_one_or_all(meta: Stranger):
    ids = [
        (await meta.admin("faults", {"fault": "clean_503", "endpoint": "GET /me", "nth": nth}))["id"] for nth in (2, 3)
    ]
    for _ in range(2):
        await meta.call("GET", "me", None)
    shown = (await meta.http.get("/faults")).text

    assert "<td>nth 2</td><td>2</td><td>1</td>" in shown
    assert "<td>nth 3</td><td>2</td><td>0</td>" in shown
    await meta.http.post("/faults/lift", data={"id": ids[0]})
    assert [rule["id"] for rule in await rules(meta)] == ids[1:]
    await meta.http.post("/faults/lift")
    assert await rules(meta) == []


async def test_what_a_second_publish_does_is_chosen_at_run_time(meta: Stranger):
    answer = await send(meta, {"republish": "error_9007", "duplicate_seconds": "90"}, "/faults/policies")
    refused = await send(meta, {"republish": "error_9007", "duplicate_seconds": "inf"}, "/faults/policies")

    assert (answer.status_code, refused.status_code) == (303, 422)
    settings = (await meta.admin("personas"))["settings"]
    assert (settings["republish"], settings["duplicate_seconds"]) == ("error_9007", 90)
    assert (await open_page(meta)).values["republish"] == "error_9007"


async def test_who_called_too_early_is_shown(meta: Stranger):
    page = await meta.page()
    await meta.admin("faults", {"fault": "rate", "endpoint": "POST /feed", "next": 1})
    for _ in range(2):
        await meta.post(f"{page.id}/feed", page.token, message="x")

    assert "before the limit of code 4 had passed" in (await meta.http.get("/faults")).text


async def test_the_options_of_the_chosen_fault_are_shown(meta: Stranger):
    style = await meta.http.get("/faults.css")

    assert style.headers["content-type"].startswith("text/css")
    for name in FAULTS:
        assert f'option[value="{name}"]:checked) .of-{name}' in style.text
