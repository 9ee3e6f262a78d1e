"""Write docs/errors.md from the tables of the code: `make docs`; a test compares the two."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import cast

from graphql import GraphQLEnumType, GraphQLInterfaceType, build_schema

from api import error_codes, faults
from api.error_codes import ErrorCode
from api.errors import failure_error, page_error, user_error
from api.schema import sdl
from api.transitions import WHY
from platforms.base import Platform
from platforms.errors import FailureCode
from platforms.issues import Rule
from platforms.meta import codes
from publishing import errors, records
from tools.page import DOCS, code, filled, table

TARGET = DOCS / "errors.md"
CONTRACT = build_schema(sdl())
REFUSALS = (
    errors.NotFoundError("an id"),
    errors.ForbiddenError("no scope"),
    errors.InvalidError(()),
    errors.ConflictError("a key"),
    errors.StateError("a state", current="", allowed=()),
    errors.AuthorizationError("a sign-in"),
    errors.ReconnectError("an account", account_id=""),
    errors.NotConfiguredError(Platform.FACEBOOK, ()),
    errors.UnsupportedError("a platform"),
    errors.NotAllowedAddressError("an address"),
)
"""One of each refusal of the middle: what the API makes of them is what the page shows."""


NOT_GIVEN: dict[Rule, str] = {}
"""Rules of the schema that this release tells in another way."""

_F = FailureCode
AFTERWARDS: dict[FailureCode, tuple[str, str]] = {
    _F.PLATFORM_REJECTED: (
        "`FAILED`: the platform refused this content for good. A sign-in: `FAILED`.",
        "Follow `hint`, and publish the changed post under a new idempotency key.",
    ),
    _F.PLATFORM_UNAVAILABLE: (
        "`RETRYING` for about 40 minutes, then `FAILED`. `NEEDS_ATTENTION`: too late to go out, or workers died.",
        "Nothing while it is `RETRYING`. Afterwards `retryPublication`: nothing was sent.",
    ),
    _F.RATE_LIMITED: (
        "`RETRYING`, not before the platform allows it.",
        "Nothing. Publishing the same again would only add to it.",
    ),
    _F.QUOTA_EXCEEDED: (
        "`RETRYING` until there is room (`retryAt`), or `FAILED`, as `whenQuotaIsUsedUp` says.",
        "Nothing, or `cancelPublication` when it cannot wait; `FAILED`: publish it again at `retryAt`.",
    ),
    _F.RECONNECT_REQUIRED: (
        "`HELD`, with everything else of that account.",
        "`reconnectAccount` and a person who signs in: it goes on by itself.",
    ),
    _F.AUTHORIZATION_FAILED: ("Only of a sign-in: `FAILED`.", "Start another with `startConnection`."),
    _F.MEDIA_REJECTED: (
        "`FAILED`, after three more tries of an address that cannot be reached, or three minutes of a platform's.",
        "Change the image or make its address work, and publish it as a new post.",
    ),
    _F.OUTCOME_UNKNOWN: (
        (
            "`UNCONFIRMED`; then what the server finds: `PUBLISHED`, `RETRYING`, `FAILED` if it was refused since "
            "and is not there, or `NEEDS_ATTENTION` if nobody can tell."
        ),
        "Wait; never publish it again yourself. At `NEEDS_ATTENTION` look, and say what you see: `resolvePublication`.",
    ),
    _F.PLATFORM_NOT_CONFIGURED: (
        "`RETRYING`: it is looked at again every minute.",
        "An operator sets what `message` names.",
    ),
}
"""What a failure means once it is accepted: where the publication or the sign-in goes, and what its caller does."""


def render() -> str:
    """Give the whole page, as it stands with its regions filled."""
    return filled(
        TARGET.read_text(),
        {
            "user-errors": table(("Code", "What happened", "What to do", "Send it again?", "Type"), _user_errors()),
            "types": table(("Type", "When", "What it carries besides `code`, `message`, `path`"), _members()),
            "rules": table(("Rule", "What breaks it"), _rules()),
            "faults": table(("Fault", "Status", "What happened", "What to do", "Send it again?"), _faults()),
            "failures": table(("Failure", "Where it leads", "What to do"), _failures()),
            "reasons": table(("Reason", "In words"), [(code(reason.name), WHY[reason]) for reason in WHY]),
            "meta": table(("Meta's code", "What it means", "What to do", "Known from"), _meta()),
        },
    )


def types_by_code() -> dict[ErrorCode, list[str]]:
    """Say as which types of `UserError` each code comes, by asking the API's own table."""
    failures = (records.Failure(code, Platform.FACEBOOK, "", "", retryable=False) for code in FailureCode)
    pages = (records.PageProblem((), "", "", found=found) for found in (True, False))
    made = [*map(user_error, REFUSALS), *map(page_error, pages), *map(failure_error, failures)]
    found: dict[ErrorCode, list[str]] = defaultdict(list)
    for error in made:
        if type(error).__name__ not in found[error.code]:
            found[error.code].append(type(error).__name__)
    return found


def _user_errors() -> Iterator[tuple[str, ...]]:
    types = types_by_code()
    for name, advice in error_codes.ADVICE.items():
        yield code(name), advice.happened, advice.do, advice.again.value, ", ".join(map(code, types[name]))


def _members() -> Iterator[tuple[str, ...]]:
    interface = cast("GraphQLInterfaceType", CONTRACT.type_map["UserError"])
    for member in CONTRACT.get_possible_types(interface):
        own = {name: field for name, field in member.fields.items() if name not in interface.fields}
        carried = " ".join(f"`{name}`: {field.description}" for name, field in own.items())
        yield code(member.name), member.description or "", carried


def _rules() -> Iterator[tuple[str, ...]]:
    rules = cast("GraphQLEnumType", CONTRACT.type_map["ValidationRule"])
    for name, value in rules.values.items():
        later = f" {NOT_GIVEN[Rule[name]]}" if Rule[name] in NOT_GIVEN else ""
        yield code(name), f"{value.description}{later}"


def _faults() -> Iterator[tuple[str, ...]]:
    for name, advice in faults.ADVICE.items():
        yield code(name), str(faults.STATUS[name]), advice.happened, advice.do, advice.again.value


def _failures() -> Iterator[tuple[str, ...]]:
    for name, (leads, do) in AFTERWARDS.items():
        yield code(name), leads, do


def _meta() -> Iterator[tuple[str, ...]]:
    """List the rows of Meta's codes; those that follow each other and say the same are one."""

    def same(row: codes.Row) -> tuple[object, ...]:
        return row.subcode, row.says, row.verdict, row.hint, row.field

    for _, group in groupby(codes.ROWS, key=same):
        rows = list(group)
        yield _meta_names(rows), rows[0].verdict.value, rows[0].hint, "reports" if rows[0].field else "Meta"


def _meta_names(rows: list[codes.Row]) -> str:
    numbers = [row.code for row in rows if row.code is not None]
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):  # noqa: PLR2004 - two are no range
        return f"{code(numbers[0])} to {code(numbers[-1])}"
    words = f" that says “{rows[0].says}”" if rows[0].says else ""
    return ", ".join(map(_meta_name, rows)) + words


def _meta_name(row: codes.Row) -> str:
    if row.subcode is None:
        return code(row.code)
    return code(f"{'any' if row.code is None else row.code}/{row.subcode}")
