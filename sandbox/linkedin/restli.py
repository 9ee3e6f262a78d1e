"""Rest.li on the wire: what a path, a query and the headers of a call say, and what is refused before anybody looks."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote, unquote_plus

import orjson

from sandbox.linkedin import facts
from sandbox.linkedin.errors import Refusal, illegal, inactive_version

RAW = re.compile(r"[:(),]")
"""Characters that a value may not hold as they are: in Rest.li they are punctuation."""
LIST = re.compile(r"List\(([^()]*)\)")
MONTH = re.compile(r"\d{6}")


def segments_of(raw_path: str) -> list[str]:
    """Return the parts of a path, still encoded."""
    return [segment for segment in raw_path.split("/") if segment]


def key_of(segment: str) -> str:
    """Return the key that a part of a path is.

    Raises:
        Refusal: If it holds punctuation that is not encoded.
    """
    if RAW.search(segment):
        raise illegal(f"Invalid key {unquote(segment)[:80]!r}: the characters : ( ) , must be percent-encoded")
    return unquote(segment)


def query_of(raw_query: str) -> dict[str, str]:
    """Return the parameters of a query, still encoded."""
    pairs = (pair.partition("=") for pair in raw_query.split("&") if pair)
    return {unquote_plus(name): value for name, _, value in pairs}


def text_of(query: Mapping[str, str], name: str) -> str:
    """Return a parameter's value; a URN must be encoded.

    Raises:
        Refusal: If it is missing or not encoded.
    """
    value = query.get(name)
    if value is None:
        raise illegal(f"Parameter '{name}' is required")
    if RAW.search(value):
        raise illegal(f"Parameter '{name}' is invalid: the characters : ( ) , must be percent-encoded")
    return unquote_plus(value)


def list_of(query: Mapping[str, str], name: str) -> list[str]:
    """Return the values of a `List(…)`.

    Raises:
        Refusal: If it is none.
    """
    found = LIST.fullmatch(query.get(name, ""))
    if found is None:
        raise illegal(f"Parameter '{name}' is invalid: it is written List(a,b)")
    return [unquote(one) for one in found[1].split(",") if one]


def number_of(query: Mapping[str, str], name: str, default: int, limit: int) -> int:
    """Return a whole number from 0 to the limit.

    Raises:
        Refusal: If it is none.
    """
    text = query.get(name, str(default))
    if not re.fullmatch(r"\d{1,6}", text) or int(text) > limit:
        raise illegal(f"Parameter '{name}' is invalid: a number from 0 to {limit}")
    return int(text)


def check_headers(headers: Mapping[str, str], versions: tuple[str, ...]) -> str:
    """Return the version that a call of `/rest` wants.

    Raises:
        Refusal: 400 where a header is missing or no month, 426 where the version is not active.
    """
    version = headers.get("linkedin-version")
    if version is None:
        message = "A version must be present. Please specify a version by adding the LinkedIn-Version header."
        raise Refusal(400, "VERSION_MISSING", message)
    if not MONTH.fullmatch(version):
        raise Refusal(400, "INVALID_VERSION", f"Version {version[:20]!r} is no month written YYYYMM")
    if version not in versions:
        raise inactive_version(version)
    if headers.get("x-restli-protocol-version") != facts.RESTLI_VERSION:
        raise illegal(f"X-Restli-Protocol-Version must be {facts.RESTLI_VERSION}")
    return version


def json_of(headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    """Return a call's JSON object.

    Raises:
        Refusal: 415 or 400, if it is something else.
    """
    if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refusal(415, None, "Unsupported Media Type")
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise illegal("The request body is no JSON") from None
    if not isinstance(found, dict):
        raise illegal("The request body is no JSON object")
    return found


def paged(found: list[dict[str, Any]], path: str, query: Mapping[str, str]) -> dict[str, Any]:
    """Return one page of what was found, with the address of the next.

    Raises:
        Refusal: If start or count are no numbers in bounds.
    """
    start, count = number_of(query, "start", 0, 999_999), number_of(query, "count", facts.DEFAULT_PAGE, facts.MAX_PAGE)
    links: list[dict[str, str]] = []
    if start + count < len(found):
        asked = {**query, "start": str(start + count), "count": str(count)}
        href = f"{path}?{'&'.join(f'{quote(name)}={value}' for name, value in asked.items())}"
        links.append({"rel": "next", "href": href, "type": "application/json"})
    paging = {"start": start, "count": count, "links": links}
    return {"elements": found[start : start + count], "paging": paging}
