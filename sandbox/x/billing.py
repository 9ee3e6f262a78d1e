"""What calls cost: prepaid credits, a charge for each call that did something, 402 when they are used up.

Source: "Pricing" on docs.x.com, 2026-08: prices of each operation; the same object is billed once in a day of UTC.
"""

from datetime import UTC, datetime

from sandbox.x import facts
from sandbox.x.call import Call
from sandbox.x.errors import credits_depleted
from sandbox.x.personas import BY_PERSONA
from sandbox.x.state import Charge, X

ONCE_A_DAY = frozenset({"user_read", "post_read", "owned_read"})
PRICES = {
    "post": facts.PRICE_POST,
    "post_with_url": facts.PRICE_POST_WITH_URL,
    "summoned_reply": facts.PRICE_SUMMONED,
    "delete": facts.PRICE_DELETE,
    "metadata": facts.PRICE_METADATA,
    "user_read": facts.PRICE_USER,
    "post_read": facts.PRICE_READ,
    "owned_read": facts.PRICE_OWN_READ,
}


def require(call: Call, what: str) -> None:
    """Ask before the work is done whether it can be paid for.

    Raises:
        Refusal: 402, where the credits do not suffice.
    """
    if balance(call.x, _purse(call)) < PRICES[what]:
        raise credits_depleted()


def charge(call: Call, what: str, resource: str) -> None:
    """Charge for what was done to, or read of, an object."""
    purse = _purse(call)
    if what in ONCE_A_DAY and not _is_first(call, f"{purse} {resource}"):
        return
    price = PRICES[what]
    call.x.balances[purse] = balance(call.x, purse) - price
    call.x.charges[str(call.x.next("charges"))] = Charge(purse, call.account.id, what, resource, price, call.now)


def balance(x: X, purse: str) -> int:
    """Return what a purse holds, in millionths of a dollar."""
    if purse not in x.balances:
        return round(x.settings.credits_usd * facts.MICRO) if purse == "app" else _own(purse)
    return x.balances[purse]


def _purse(call: Call) -> str:
    return "app" if call.account.credits is None else call.account.persona


def _own(persona: str) -> int:
    return BY_PERSONA[persona].credits or 0


def _is_first(call: Call, key: str) -> bool:
    today = datetime.fromtimestamp(call.now, UTC).strftime("%Y%m%d")
    full = f"{today} {key}"
    if full in call.x.billed:
        return False
    call.x.billed[full] = call.now
    return True
