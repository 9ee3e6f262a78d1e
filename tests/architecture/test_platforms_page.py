"""docs/platforms.md has every limit with its source; that it is up to date is tested with the other pages."""

import re
from collections.abc import Iterator
from dataclasses import fields
from urllib.parse import urlsplit

import pytest

from platforms.base import Platform
from platforms.bluesky.console import CONSOLE as BLUESKY
from platforms.facebook.console import CONSOLE as FACEBOOK
from platforms.instagram.console import CONSOLE as INSTAGRAM
from platforms.linkedin.console import MEMBER_CONSOLE, PAGES_CONSOLE
from platforms.registry import PlatformsEnvironment, api_versions, rules_of
from platforms.rules import Console, Fact, MediaLimits, PostRules, Rules
from platforms.x.console import CONSOLE as X
from tests.architecture.markdown import table
from tests.architecture.source import ROOT
from tools import platforms_docs

PAGE = platforms_docs.TARGET.read_text()
NO_FACTS = {
    "kind",
    "tier",
    "posts",
    "options",
    "check_options",
    "name",
    "placement",
    "title",
    "image",
    "video",
    "document",
    "mixes",
} | {
    "instead",
    "leftovers",
    "count_text",
    "warn",
}
EVERY = [rules for platform in Platform for rules in rules_of(platform)]
CONSOLES = (FACEBOOK, INSTAGRAM, MEMBER_CONSOLE, PAGES_CONSOLE, X, BLUESKY)
VENDORS = {
    "developers.facebook.com",
    "learn.microsoft.com",
    "docs.x.com",
    "developer.x.com",
    "help.x.com",
    "github.com",
    "docs.bsky.app",
    "bsky.app",
}


def facts() -> Iterator[Fact]:
    for rules in EVERY:
        limits = [limit for post in rules.posts for limit in (post.image, post.video, post.document) if limit]
        for held in (rules, *rules.posts, *limits):
            yield from (value for field in fields(held) if isinstance(value := getattr(held, field.name), Fact))
    for console in CONSOLES:
        yield from (field.value for field in console.fields)
        yield from console.permissions.values()
    yield from (version.ends for version in api_versions(PlatformsEnvironment()).values())


def test_every_fact_names_a_page_of_its_vendor_over_https():
    addresses = [urlsplit(fact.source) for fact in facts()]

    assert len(addresses) > 30
    assert {(address.scheme, address.hostname) for address in addresses} == {("https", host) for host in VENDORS}
    assert all(len(address.path) > 1 for address in addresses)


def test_every_rule_has_a_row():
    assert set(platforms_docs.LIMITS) == {field.name for field in fields(Rules)} - NO_FACTS
    assert set(platforms_docs.POSTS) == {field.name for field in fields(PostRules)} - NO_FACTS
    assert set(platforms_docs.FILES) == {field.name for field in fields(MediaLimits)}


@pytest.mark.parametrize("rules", EVERY, ids=lambda rules: f"{rules.kind}-{rules.tier}")
def test_a_rule_without_a_source_is_none(rules: Rules):
    limits = [limit for post in rules.posts for limit in (post.image, post.video, post.document) if limit]

    for held in (rules, *rules.posts, *limits):
        bare = {field.name for field in fields(held) if not isinstance(getattr(held, field.name), Fact | None)}
        assert bare <= NO_FACTS


def test_the_settings_that_are_linked_are_on_their_page():
    settings = (ROOT / "docs" / "settings.md").read_text()

    texts = [field.value.value for console in CONSOLES for field in console.fields]
    named = {name for text in texts for name in re.findall(r"AGM_\w+_(?:APP|CLIENT)_(?:ID|SECRET)", text)}
    assert len(named) == 2 * sum(bool(console.permissions) for console in CONSOLES)
    assert all(f"### {name}\n" in settings for name in named)


@pytest.mark.parametrize(
    ("console", "name"),
    [
        (FACEBOOK, "Facebook"),
        (INSTAGRAM, "Instagram"),
        (MEMBER_CONSOLE, "LinkedIn"),
        (PAGES_CONSOLE, "LinkedIn Pages"),
    ],
)
def test_every_permission_that_is_asked_for_has_a_row_and_says_what_is_lost_without(console: Console, name: str):
    part = PAGE.partition(f"### What to set up for {name}\n")[2].partition("\n## ")[0]

    assert set(table(part, "Permission")) == set(console.permissions) == set(console.without)
