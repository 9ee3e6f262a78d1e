"""`agm sandbox` starts the sandbox as it is asked to, and tells its commands where things are."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cli.beside import LOCK, mark_of
from cli.local_keys import DevFile, write_dev_file
from publishing.settings import load_settings
from tests.cli.test_commands import agm_here

Started = list[tuple[list[str], dict[str, str]]]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """What this process would have become."""
    found: Started = []

    def become(_program: str, command: list[str], environment: dict[str, str]) -> None:
        found.append((list(command)[list(command).index("sandbox") + 1 :], environment))

    monkeypatch.setattr(os, "execve", become)
    return found


@contextmanager
def running_dev(folder: Path) -> Iterator[None]:
    """Leave what `agm dev` leaves, and hold the folder as it does."""
    origin = "http://127.0.0.1:8123"
    written = DevFile(f"{origin}/graphql", "ws://127.0.0.1:8123/graphql", "key", "http://127.0.0.1:9123", None)
    write_dev_file(folder, written)
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write(mark_of(load_settings(data_dir=folder)))
        lock.flush()
        yield


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--port", "0", "--state", "x"),
        ("clock",),
        ("clock", "+60d"),
        ("clock", "-30m"),
        ("trigger", "--help"),
        ("trigger", "rate-limit", "Slow Instagram", "--minutes", "5"),
    ],
    ids=" ".join,
)
def test_arguments_arrive_as_they_are(tmp_path: Path, started: Started, arguments: tuple[str, ...]):
    agm_here("sandbox", *arguments, folder=tmp_path)

    assert [tuple(command) for command, _ in started] == [arguments]


def test_commands_find_the_stack_that_runs(tmp_path: Path, started: Started):
    with running_dev(tmp_path):
        agm_here("sandbox", "clock", folder=tmp_path)

    ((_, environment),) = started
    assert environment["SANDBOX_URL"] == "http://127.0.0.1:9123"
    assert environment["SANDBOX_SERVER"] == "http://127.0.0.1:8123"


def test_what_a_stack_that_was_killed_left_is_not_believed(tmp_path: Path, started: Started):
    with running_dev(tmp_path):
        pass

    agm_here("sandbox", "clock", folder=tmp_path)

    ((_, environment),) = started
    assert {"SANDBOX_URL", "SANDBOX_SERVER"}.isdisjoint(environment)


def test_settings_say_it_otherwise(tmp_path: Path, started: Started):
    where = {"AGM_SANDBOX_URL": "http://127.0.0.1:9321", "AGM_PUBLIC_URL": "https://agm.example"}

    agm_here("sandbox", "clock", folder=tmp_path, **where)

    ((_, environment),) = started
    assert environment["SANDBOX_URL"] == "http://127.0.0.1:9321"
    assert environment["SANDBOX_SERVER"] == "https://agm.example"


def test_with_neither_the_sandbox_decides(tmp_path: Path, started: Started):
    agm_here("sandbox", "clock", folder=tmp_path)

    ((_, environment),) = started
    assert {"SANDBOX_URL", "SANDBOX_SERVER"}.isdisjoint(environment)


def test_a_wrong_setting_is_named(tmp_path: Path, started: Started):
    answer = agm_here("sandbox", "clock", folder=tmp_path, AGM_PORT="eighty")

    assert (answer.exit_code, started) == (1, [])
    assert answer.stderr.startswith("agm: AGM_PORT is wrong")
