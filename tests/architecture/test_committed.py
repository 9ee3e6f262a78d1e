"""What git keeps names no machine, no registry and no secret."""

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, committed

_HOSTS = r"pypi\.org|pythonhosted\.org|registry\.npmjs\.org|[/.](?:artifactory|nexus|jfrog|devpi)[./]"
_REGISTRIES = rf"{_HOSTS}|--(?:extra-)?index-url|\bfind-links\b|[/:.](?:simple|pypi)/(?=[a-z\s]|$)"
_MACHINE = r"(?<![\w.:}])/(?:home|root|work|Users|tmp|mnt|workspace)/[\w.-]"
_SECRET = r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bEAA[A-Za-z0-9]{60,}|\bgh[pousr]_[A-Za-z0-9]{30,}"
ELSEWHERE = {"tests/architecture/test_committed.py"}
"""This file names what must not be named."""
BINARY = {".png", ".jpg", ".jpeg", ".gif", ".ico", ".woff2"}


def texts() -> list[Path]:
    return [
        path for path in committed() if path.suffix not in BINARY and path.relative_to(ROOT).as_posix() not in ELSEWHERE
    ]


def found(pattern: str) -> list[str]:
    """List where a pattern occurs in what git keeps."""
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in texts()
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if re.search(pattern, line)
    ]


def test_git_is_asked_for_the_files():
    assert ROOT / "README.md" in texts()
    assert len(texts()) > 200


@pytest.mark.parametrize("pattern", [_REGISTRIES, _MACHINE, _SECRET], ids=["registry", "machine", "secret"])
def test_nothing_that_is_kept_names_a(pattern: str):
    assert found(pattern) == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (_REGISTRIES, "--index-url https://packages.example.com/simple/"),
        (_REGISTRIES, "url = https://files.pythonhosted.org/packages/a.whl"),
        (_MACHINE, 'path = "/home/somebody/project"'),
        (_MACHINE, "see /work/main/README.md"),
        (_SECRET, "-----BEGIN RSA PRIVATE KEY-----"),
    ],
)
def test_such_a_line_would_be_noticed(pattern: str, line: str):
    assert re.search(pattern, line)


def test_no_lock_carries_an_address():
    locks = [path for path in committed() if path.parent.name == "requirements"]

    assert len(locks) >= 5
    assert [path.name for path in locks if "://" in path.read_text()] == []
    assert not (ROOT / "uv.lock").exists()
    for path in committed():
        if path.name == "package-lock.json":
            assert '"resolved"' not in path.read_text(), "npm install --omit-lockfile-registry-resolved"
