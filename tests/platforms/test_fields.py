"""A field that a version of the Graph API no longer knows is read around; the rest of the answer stays."""

import pytest

from platforms.errors import RejectedError
from platforms.facebook import listing
from platforms.meta.fields import without
from tests.platforms.conftest import Desk
from tests.support.sandbox import Sandbox


@pytest.mark.parametrize(
    ("fields", "name", "left"),
    [
        ("id,name", "name", "id"),
        ("id,picture.type(large){url},name", "picture", "id,name"),
        ("id,a{b,c{d,e}},f", "d", "id,a{b,c{e}},f"),
        ("id,a{b}", "b", "id"),
        ("id,names", "name", "id,names"),
        ("id", "id", ""),
    ],
)
def test_a_field_is_taken_out_at_any_depth(fields: str, name: str, left: str):
    assert without(fields, name) == left


async def test_a_dead_field_fails_alone(desk: Desk, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(listing, "_FIELDS", f"{listing._FIELDS},moon_phase")

    page, account = await desk.pages("two-pages", pages="103184448069267")

    assert (page.name, page.problem) == ("North Street Coffee", None)
    assert account.handle == "north.street.coffee"


async def test_a_list_that_is_refused_for_another_reason_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(listing, "_FIELDS", "moon_phase")

    with pytest.raises(RejectedError):
        await desk.pages()
