"""The tier of an account: a channel has it from its page, and keeps up with it."""

from dataclasses import replace
from typing import Any

import pytest

from platforms.base import ChannelKind, Platform
from platforms.sign_in import FoundPage
from publishing import models
from publishing.channels import select_pages, usable_channel
from publishing.deps import Deps
from publishing.ids import Kind, public_id
from publishing.pages import save_found
from tests.publishing.town import NOW, Street, open_street

PAGE = FoundPage(ChannelKind.X_ACCOUNT, "17", "Olive", token="secret")


async def found(street: Street, tier: str | None) -> None:
    await save_found(
        workspace_id=street.workspace_id, account_id=street.account.id, found=[replace(PAGE, tier=tier)], now=NOW
    )


@pytest.mark.parametrize("tiers", [(None, "premium"), ("premium", None)])
async def test_a_channel_keeps_up_with_the_tier_of_its_account(deps: Deps, tiers: tuple[Any, Any]):
    street = await open_street()
    lengths: list[int] = []
    for tier in tiers:
        await found(street, tier)
        page = await models.SelectablePage.get(account_id=street.account.id, platform_account_id="17")
        if not lengths:
            ids = [public_id(Kind.SELECTABLE_PAGE, page.id)]
            account = public_id(Kind.CONNECTED_ACCOUNT, street.account.id)
            selection = await select_pages(
                deps, street.caller, account_id=account, page_ids=ids, include_linked_instagram=False, replace=False
            )
        (channel,) = selection.channels
        channel_id = public_id(Kind.CHANNEL, channel.id)
        usable = await usable_channel(workspace_id=street.workspace_id, channel_id=channel_id, platform=Platform.X)
        lengths.append(usable.rules.max_text_length.value)

    assert lengths == [{None: 280, "premium": 25_000}[tier] for tier in tiers]
