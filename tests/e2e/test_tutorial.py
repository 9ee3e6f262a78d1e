"""The tutorial, block by block, as a reader would paste it into one shell, beside a stack as `make dev` starts it."""

import asyncio
import contextlib
import json
import os
import re
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from cli import stack as dev_stack
from cli.local_keys import DevFile, write_dev_file
from cli.welcome import welcome
from publishing.lifecycle import CLAIMABLE, LEASED
from tests.architecture.source import ROOT
from tests.support.sandbox import Sandbox
from tests.support.stack import Stack, new_api_key

TUTORIAL = ROOT / "docs" / "tutorial.md"
PASSING = {status.name for status in CLAIMABLE | LEASED}
"""States that a watcher may miss: they are over in a moment."""


@dataclass(frozen=True)
class Step:
    """A block to run, and the answer shown below it."""

    command: str
    kind: str = ""
    shown: str = ""


def parts(text: str) -> list[tuple[str, str]]:
    """List the blocks with their languages, in order."""
    return re.findall(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def steps(text: str, folder: Path) -> Iterator[Step]:
    """Yield what the shell runs; files that the reader saves are written on the way."""
    found = parts(text)[2:]
    for number, (language, block) in enumerate(found):
        if language == "python":
            (folder / "publish.py").write_text(block)
        elif language == "bash":
            kind, shown = found[number + 1] if number + 1 < len(found) else ("", "")
            yield Step(block, *(("", "") if kind in {"bash", "python"} else (kind, shown)))


def alike(shown: Any, real: Any) -> bool:
    """Compare; `…` in a shown text stands for anything."""
    if isinstance(shown, dict) and isinstance(real, dict):
        return list(shown) == list(real) and all(alike(shown[name], real[name]) for name in shown)
    if isinstance(shown, list) and isinstance(real, list):
        return len(shown) == len(real) and all(map(alike, shown, real))
    if isinstance(shown, str) and isinstance(real, str):
        return bool(re.fullmatch(".*".join(map(re.escape, shown.split("…"))), real, re.DOTALL))
    return shown == real and type(shown) is type(real)


def same_states(shown: list[Any], real: list[Any], status_of: Callable[[Any], str]) -> bool:
    """Compare what a watcher saw: states that last must be there, the end must be the same, nothing else may come."""
    seen = [status_of(item) for item in real]
    lasting = {status_of(item) for item in shown} - PASSING
    return lasting <= set(seen) <= lasting | PASSING and alike(shown[-1], real[-1])


def events(text: str) -> list[Any]:
    return [json.loads(line.removeprefix("data: ")) for line in text.splitlines() if line.startswith("data: ")]


MATCHES: dict[str, Callable[[str, str], bool]] = {
    "json": lambda shown, real: alike(json.loads(shown), json.loads(real)),
    "text": lambda shown, real: alike(shown.strip(), real.strip()),
    "sse": lambda shown, real: same_states(
        events(shown), events(real), lambda event: event["data"]["publicationChanged"]["status"]
    ),
    "states": lambda shown, real: same_states(
        shown.strip().splitlines(),
        [line.strip() for line in real.strip().splitlines()],
        lambda line: line.partition(" ")[0],
    ),
}


def script(found: list[Step]) -> str:
    groups = [f"{{\n{step.command}}} >out.{number}\n" for number, step in enumerate(found)]
    return "set -euo pipefail\n" + "".join(groups)


async def run(folder: Path, found: list[Step]) -> str:
    """Run all blocks in one shell; give what it complained about."""
    (folder / "all.sh").write_text(script(found))
    with (folder / "complaints").open("w") as complaints:
        shell = await asyncio.create_subprocess_exec(
            *("bash", "all.sh"), cwd=folder, stderr=complaints, start_new_session=True
        )
    try:
        code = await asyncio.wait_for(shell.wait(), 120)
        return "" if code == 0 else f"ended with {code}: {(folder / 'complaints').read_text()}"
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(shell.pid, signal.SIGKILL)  # a curl that still listens


async def clone(folder: Path, stack: Stack, sandbox: Sandbox) -> Path:
    """Make a folder that looks to the reader's shell like a clone in which `make dev` runs."""
    settings = stack.settings
    key = await new_api_key(settings["AGM_DATABASE_URL"], settings["AGM_SECRET_KEYS"], workspace="Development")
    (folder / ".agm").mkdir()
    (folder / ".venv").symlink_to(sys.prefix)
    write_dev_file(
        folder / ".agm",
        DevFile(
            graphql_url=f"{stack.url}/graphql",
            ws_url=f"{stack.url}/graphql".replace("http", "ws", 1),
            api_key=key,
            sandbox_url=sandbox.url,
            console_url=None,
        ),
    )
    return folder


@pytest.mark.timeout(180)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_every_block_does_what_the_page_shows(
    make_stack: Callable[..., Awaitable[Stack]], own_sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory
):
    stack = await make_stack(sandbox_url=own_sandbox.url, reconcile_seconds="1,2,4,8")
    await stack.start_api()
    await stack.start_worker()
    folder = await clone(tmp_path_factory.mktemp("clone"), stack, own_sandbox)
    found = list(steps(TUTORIAL.read_text(), folder))

    complaints = await run(folder, found)

    assert complaints == ""
    assert len(found) >= 15
    for number, step in enumerate(found):
        if step.kind:
            real = (folder / f"out.{number}").read_text()
            assert MATCHES[step.kind](step.shown, real), f"{step.command}\nsays\n{real}\nand not\n{step.shown}"
    assert len([step for step in found if step.kind]) >= 12


def test_every_block_is_run_or_compared():
    kinds = [kind for kind, _ in parts(TUTORIAL.read_text())]

    assert kinds[:2] == ["console", "text"]
    assert set(kinds[2:]) == {"bash", "python", *MATCHES}
    assert len(kinds) == TUTORIAL.read_text().count("\n```") / 2
    assert all(before == "bash" for before, kind in pairwise(kinds[1:]) if kind in MATCHES)


def test_the_first_screen_is_the_one_of_make_dev(monkeypatch: pytest.MonkeyPatch):
    (_, command), (_, screen) = parts(TUTORIAL.read_text())[:2]
    monkeypatch.chdir(ROOT)
    with socket.socket() as listener:
        real = welcome(
            dev_stack.Stack(
                data_dir=ROOT / ".agm",
                listener=listener,
                sandbox_url="http://127.0.0.1:9400",
                sandbox_port=9400,
                own_valkey=True,
                drain_seconds=1,
            ),
            ROOT / ".agm" / "dev.json",
        )

    assert command == "$ make dev\n"
    assert re.search(r"^dev:.*\n\t@\$\(BIN\)/agm dev$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert unversioned(real.strip().replace("127.0.0.1:0", "127.0.0.1:8000")).startswith(unversioned(screen.strip()))


def unversioned(text: str) -> str:
    return re.sub(r"\d+\.\d+\.\d+,", "0,", text)


def test_the_comparison_sees_differences():
    assert alike({"id": "pub_…", "n": [1, None]}, {"id": "pub_01k", "n": [1, None]})
    assert not alike({"id": "pub_…"}, {"id": "post_01k"})
    assert not alike({"id": "pub_…"}, {"id": "pub_01k", "more": 1})
    assert not alike([1], [True])
    assert not same_states(["UNCONFIRMED", "PUBLISHED"], ["PREPARING", "PUBLISHED"], str)
    assert same_states(["PREPARING", "PUBLISHED"], ["PUBLISHING", "PUBLISHED"], str)
    assert not same_states(["PUBLISHED"], ["FAILED", "PUBLISHED"], str)
