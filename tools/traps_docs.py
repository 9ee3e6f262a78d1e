"""Write docs/traps.md from the names of the tests: `make docs`; a test compares the two and wants a test of each."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tools.page import DOCS, filled, table

TARGET = DOCS / "traps.md"
TESTS = DOCS.parent / "tests"
_GITHUB = "https://github.com"
_META = "https://developers.facebook.com/docs"
_NAME = re.compile(r"test_t(\d\d)_(\w+)")


@dataclass(frozen=True, slots=True)
class Trap:
    """Something that others fell into: what happened, and where that is told.

    Without an address it is in the code or notes of several projects.
    """

    happened: str
    sources: tuple[str, ...] = ()


TRAPS: Mapping[int, Trap] = {
    1: Trap(
        "HTTP 500 with code 2, “please retry”: each of seven tries had published.",
        (f"{_GITHUB}/arsduo/koala/issues/699",),
    ),
    2: Trap(
        "Instagram answers “action is blocked” (4/2207051) for a post that is live; the user tries again.",
        (f"{_GITHUB}/gitroomhq/postiz-app/issues/1681",),
    ),
    3: Trap(
        "The post is live, its address cannot be read, and the post is called failed.",
        (f"{_GITHUB}/gitroomhq/postiz-app/issues/1568",),
    ),
    4: Trap(
        "Containers cannot be read (100/33) for days, while publishing them works.",
        (f"{_GITHUB}/gitroomhq/postiz-app/issues/1562",),
    ),
    5: Trap(
        "A container is refused as not ready (9007/2207027) right after it was made, or although it says FINISHED.",
        (f"{_GITHUB}/exileum/meta-mcp/issues/138",),
    ),
    6: Trap(
        "A carousel is made before its items are finished.",
        (f"{_GITHUB}/exileum/meta-mcp/issues/138",),
    ),
    7: Trap("A carousel loses an item, and nobody says so."),
    8: Trap(
        "One of six identical images cannot be fetched (9004/2207052); “not transient” is wrong.",
        (f"{_GITHUB}/gitroomhq/postiz-app/issues/1900",),
    ),
    9: Trap(
        "Pages that a business portfolio owns are not listed, although they were ticked.",
        (f"{_GITHUB}/getopenpost/openpost/issues/216", f"{_GITHUB}/chatwoot/chatwoot/issues/7219"),
    ),
    10: Trap(
        "Somebody leaves a Page unticked in the dialog: an empty list, and no error.",
        (f"{_GITHUB}/facebookarchive/php-graph-sdk/issues/1120",),
    ),
    11: Trap(
        "A Page's token that was made from a short-lived one dies within hours.",
        (f"{_META}/facebook-login/guides/access-tokens/get-long-lived",),
    ),
    12: Trap(
        "A role that Business Manager gave is refused with code 200, for want of a permission about ads.",
        (f"{_META}/instagram-platform/instagram-graph-api/reference/error-codes",),
    ),
    13: Trap(
        "A Page whose owner must be authorized or confirmed first: publishing fails, and nothing tells it beforehand.",
        (f"{_META}/instagram-platform/instagram-graph-api/reference/ig-user/media_publish",),
    ),
    14: Trap(
        "A Reel's or story's bytes go to the wrong place, and finishing it says “Video Upload Is Missing”.",
        (f"{_GITHUB}/trypostit/trypost/pull/361", f"{_GITHUB}/trypostit/trypost/pull/32"),
    ),
    15: Trap("The browser comes back twice, the code is used already, and the connection is lost."),
    16: Trap(
        "An address of a file ends, or is not plain ASCII, before the platform has fetched it.",
        (f"{_META}/instagram-platform/content-publishing",),
    ),
    17: Trap(
        "Two workers publish the same row.",
        (f"{_GITHUB}/Shudesu/ig-harness-oss/issues/18",),
    ),
    18: Trap(
        "After a lost answer the newest post is taken for one's own, and it is somebody else's.",
        (f"{_GITHUB}/trypostit/trypost/pull/281",),
    ),
    19: Trap(
        "A permission is missing, silently, for everybody but the app's own people.",
        (f"{_META}/graph-api/overview/access-levels",),
    ),
    20: Trap(
        "After ninety days without the person, Instagram is gone although the token “never expires”.",
        (f"{_META}/facebook-login/guides/access-tokens",),
    ),
    21: Trap(
        "Photos and a video in one post, or eleven photos, fail half-way and leave orphans.",
        (f"{_GITHUB}/brightbeanxyz/brightbean-studio/pull/89",),
    ),
    22: Trap("Ids of people come as numbers or as texts, and answers wrapped or not."),
    23: Trap("A platform is switched on without its credentials: posted nowhere, and success reported."),
}


def render() -> str:
    """Give the whole page, as it stands with its region filled."""
    head = ("", "What happened to others", "What is tested here", "Where it is told")
    return filled(TARGET.read_text(), {"traps": table(head, _rows())})


@cache
def named_tests() -> Mapping[int, tuple[tuple[str, Path], ...]]:
    """Find the tests that are named after a trap, with their files."""
    found: dict[int, list[tuple[str, Path]]] = defaultdict(list)
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (name := _NAME.fullmatch(node.name)):
                found[int(name[1])].append((name[2], path))
    return {number: tuple(tests) for number, tests in found.items()}


def _rows() -> Iterator[tuple[str, ...]]:
    tests = named_tests()
    for number, trap in TRAPS.items():
        links = [f"[{_said(name)}](../{path.relative_to(DOCS.parent)})" for name, path in tests[number]]
        sources = [f"[{_short(source)}]({source})" for source in trap.sources] or ["several projects"]
        yield f"T{number}", trap.happened, "; ".join(links), ", ".join(sources)


def _said(name: str) -> str:
    return name.replace("_", " ")


def _short(source: str) -> str:
    if source.startswith(_META):
        return f"Meta: {source.rsplit('/', 1)[-1]}"
    owner, project, _, number = source.removeprefix(f"{_GITHUB}/").split("/")
    return f"{owner}/{project}#{number}"
