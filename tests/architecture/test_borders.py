"""Who may call what: the tenant is named, the lists of platforms agree, exceptions are argued."""

import ast
import re
from collections.abc import Iterable, Iterator

import pytest

from platforms import registry
from platforms.base import Platform
from publishing import system
from tests.architecture.source import ROOT, Function, Module, module, product, pyproject, texts, within

FOR_NO_WORKSPACE = {
    "answer_challenge",
    "check_account",
    "claim_erasures",
    "listen_to_channels",
    "claim_follow_ups",
    "mark_follow_up",
    "rest_before",
    "settle_follow_up",
    "erase_claimed",
    "find_deletion",
    "receive_news",
    "receive_removal",
    "claim_checks",
    "resume_freed",
    "resume_held",
    "check_ready",
    "check_restored",
    "find_in_doubt",
    "find_shut_tokens",
    "hold_back",
    "newest_record",
    "claim_connections",
    "claim_due",
    "claim_unconfirmed",
    "conclude_doubt",
    "conclude_look",
    "postpone_look",
    "claim_revocations",
    "complete_claimed",
    "ensure_workspace",
    "hold_account",
    "look_at_workplace",
    "look_up_key",
    "note_usages",
    "number_events",
    "fresh_token",
    "publisher_of",
    "read_figures",
    "receive_callback",
    "renew_leases",
    "revoke_claimed",
    "serve_media",
    "find_workspace",
    "has_keys",
    "forget_revoked",
    "rotate_tokens",
    "run_checks",
    "sweep_connections",
    "sweep_publications",
    "token_lives",
}
"""What acts for no workspace: all of `publishing.system`, one by one."""
MACHINERY = {
    "publishing/care.py": "decides about times that are handed to it",
    "publishing/changes.py": "writes down changes that were decided on elsewhere",
    "publishing/clock.py": "tells the time",
    "publishing/db.py": "opens the database",
    "publishing/doubt_hints.py": "tells of publications that its callers hold",
    "publishing/deps.py": "opens what use-cases are handed",
    "publishing/delivery.py": "works on one claimed publication, fenced by its epoch",
    "publishing/events.py": "its reader is handed the workspace",
    "publishing/following.py": "decides about one claimed follow-up",
    "publishing/freezing.py": "stops this process, in tests",
    "publishing/doubts.py": "reads the calls of publications that its callers hold",
    "publishing/looking.py": "reads what a look at a platform needs for publications that its callers hold",
    "publishing/late_parts.py": "writes what an answer proves, whoever holds the publication",
    "publishing/thread_ends.py": "says of publications that its callers ended what is out",
    "publishing/drafts.py": "reads the files of publications that were claimed",
    "publishing/readying.py": "works on the files of one claimed publication",
    "publishing/threads.py": "reads and writes parts of publications that its callers hold",
    "publishing/outlook.py": "tells workers whether anything is due",
    "publishing/planning.py": "writes what follows from steps that were decided on elsewhere",
    "publishing/lists.py": "cuts a page out of a query that names its workspace",
    "publishing/caps.py": "counts for an account of a platform in all workspaces, for a cap knows none",
    "publishing/resting.py": "lets channels of all workspaces rest, for a limit knows none",
    "publishing/schema.py": "migrates",
    "publishing/setwise.py": "writes rows that were decided on elsewhere",
    "publishing/transitions.py": "writes steps that were decided on elsewhere",
    "publishing/twins.py": "reads what stands beside publications that were claimed",
    "publishing/uncut.py": "runs what it is handed to its end",
}
"""Files whose functions are no use-cases, and what they are instead."""
TENANTS = {"workspace_id", "caller"}
ROWS = ("models.ConnectedAccount", "models.ConnectionAttempt")
"""A row that was found for a workspace carries it."""


def names_tenant(function: Function) -> bool:
    arguments = [*function.args.args, *function.args.kwonlyargs]
    notes = [ast.unparse(one.annotation) for one in arguments if one.annotation is not None]
    return bool({one.arg for one in arguments} & TENANTS) or any(note in ROWS for note in notes)


def homeless(found: Module) -> list[str]:
    """Name the use-cases of a file that do not say for whom they act."""
    return [
        f"{found.name}:{function.name}"
        for function in found.public_functions()
        if isinstance(function, ast.AsyncFunctionDef) and not names_tenant(function)
    ]


def test_every_use_case_is_told_its_workspace():
    found = [
        name
        for one in within("publishing")
        if not one.name.startswith(("publishing/system/", "publishing/models/")) and one.name not in MACHINERY
        for name in homeless(one)
    ]

    assert found == []


def test_what_acts_for_no_workspace_is_listed_one_by_one():
    written = {function.name for one in within("publishing/system") for function in one.public_functions()}

    assert written == FOR_NO_WORKSPACE
    assert {name for name in system.__all__ if callable(getattr(system, name)) and name[0].islower()} == written


def test_the_list_of_machinery_is_current():
    assert set(MACHINERY) <= {one.name for one in within("publishing")}


@pytest.mark.parametrize("signature", ["deps, *, post_id: str", "row: models.Publication", "now: datetime"])
def test_a_use_case_without_a_workspace_would_be_noticed(signature):
    assert homeless(module("publishing/x.py", f"async def f({signature}): ..."))


def test_every_row_with_a_workspace_is_read_through_it_or_by_the_id_it_was_found_with():
    """Outside the system's part, a query names the workspace or ids that were found for one."""
    bare = [
        f"{one.name}:{node.lineno}"
        for one in within("publishing")
        if not one.name.startswith("publishing/system/")
        for node in ast.walk(one.tree)
        if isinstance(node, ast.Call) and re.fullmatch(r"models\.[A-Z]\w+\.(all|first)", ast.unparse(node.func))
    ]

    assert bare == []


SIGN_INS_ONLY = {Platform.LINKEDIN_PAGES}
"""Sign-ins beside that of their platform, with an app of their own; what they find are that platform's channels."""


def test_the_contract_about_platforms_lists_every_platform():
    contracts = {one["name"]: one for one in pyproject()["tool"]["importlinter"]["contracts"]}
    listed = set(contracts["No platform knows another"]["modules"])

    assert listed == {f"platforms.{platform.value}" for platform in registry._PLATFORMS.values()}
    assert {platform for platform in Platform if not registry.rules_of(platform)} == SIGN_INS_ONLY
    assert set(registry._PLATFORMS.values()) == set(Platform) - SIGN_INS_ONLY


OPTIONS = "api/options.py"
"""The one file outside `platforms/` that knows what only one platform knows: its options, as inputs."""


def knowing(modules: Iterable[Module]) -> list[str]:
    """List where a kind of post, or the folder of one platform, is named."""
    kinds = {post.name for one in Platform for rules in registry.rules_of(one) for post in rules.posts} - COMMON_WORDS
    folder = re.compile(rf"platforms\.({'|'.join(platform.value for platform in Platform)})\b")
    return [
        f"{one.name}:{line}"
        for one in modules
        for line, text in (*texts(one.tree), *((node.lineno, node.module or "") for node in imports(one)))
        if text in kinds or folder.match(text)
    ]


COMMON_WORDS = {"text", "image", "video", "document"}
"""Kinds of posts whose names are words for other things too."""


def imports(one: Module) -> Iterator[ast.ImportFrom]:
    return (node for node in ast.walk(one.tree) if isinstance(node, ast.ImportFrom))


def test_a_new_kind_of_post_adds_to_its_platforms_folder_and_to_the_inputs_only():
    doors = [one for package in ("api", "workers", "publishing", "cli") for one in within(package)]

    assert {place.partition(":")[0] for place in knowing(doors)} == {OPTIONS}


@pytest.mark.parametrize(
    "text", ['KIND = "carousel"', "from platforms.facebook.rules import REEL", 'x = post == "photo_story"']
)
def test_a_door_that_knows_a_kind_of_post_would_be_noticed(text: str):
    assert knowing([module("workers/x.py", text)])


def test_every_package_is_under_the_contracts_and_is_shipped():
    tools = pyproject()["tool"]
    roots = set(tools["importlinter"]["root_packages"])

    assert roots == set(tools["hatch"]["build"]["targets"]["wheel"]["packages"]) - {"migrations"}
    assert roots == set(tools["basedpyright"]["include"])


def test_every_rule_that_is_switched_off_has_a_reason():
    text = (ROOT / "pyproject.toml").read_text()
    everywhere = re.search(r"^ignore = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    somewhere = re.search(r"^\[tool\.ruff\.lint\.per-file-ignores\]\n(.*?)\n\n", text, re.MULTILINE | re.DOTALL)
    assert everywhere
    assert somewhere
    lines = [line.strip() for line in (everywhere[1] + somewhere[1]).splitlines() if line.strip()]

    assert len(lines) > 15
    assert [line for line in lines if not re.search(r"[\],]\s*# \S.{10,}", line)] == []


_EXCUSE = r"#\s*(?:noqa(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?|type: ignore\S*|pyright: ignore\S*)"


def test_every_line_that_is_excused_from_a_rule_has_a_reason():
    silent = [
        f"{one.name}:{number}"
        for one in product()
        for number, line in enumerate(one.text.splitlines(), start=1)
        if re.search(_EXCUSE, line) and not re.search(rf"{_EXCUSE} - \S", line)
    ]

    assert silent == []
