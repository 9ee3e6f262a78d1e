"""What X charges the app for a post, in dollars.

Source: https://docs.x.com/x-api/getting-started/pricing (read 2026-11-22); X changes its prices without a version.
"""

from datetime import date
from decimal import Decimal

from platforms.base import Draft
from platforms.rules import Fact
from platforms.x.weight import find_addresses, plain

_SOURCE, _READ = "https://docs.x.com/x-api/getting-started/pricing", date(2026, 11, 22)
POST = Fact(Decimal("0.015"), _SOURCE, _READ)
POST_WITH_ADDRESS = Fact(Decimal("0.20"), _SOURCE, _READ)
ALT_TEXT = Fact(Decimal("0.005"), _SOURCE, _READ)


def has_address(text: str) -> bool:
    """Whether X finds a web address in a text, with or without a scheme."""
    return bool(find_addresses(plain(text)))


def cost_of(draft: Draft) -> Decimal:
    """Say what the calls cost that make a post."""
    post = POST_WITH_ADDRESS if has_address(draft.text) else POST
    described = sum(1 for file in draft.media if file.alt_text)
    return post.value + described * ALT_TEXT.value
