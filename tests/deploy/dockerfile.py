"""Reading a Dockerfile: its instructions, in order, with lines that go on put together."""

import json
import re
import shlex
from pathlib import Path


def instructions(path: Path) -> list[tuple[str, str]]:
    """List `(INSTRUCTION, rest)`; comments are left out."""
    lines = [line for line in path.read_text().splitlines() if line.strip() and not line.startswith("#")]
    return [
        (word, rest)
        for line in re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines()
        for word, _, rest in [line.partition(" ")]
    ]


def given(path: Path, word: str) -> list[str]:
    """List what stands behind an instruction, wherever it occurs."""
    return [rest for found, rest in instructions(path) if found == word]


def words(text: str) -> list[str]:
    """Read a command in the form of a JSON list."""
    return json.loads(text[text.index("[") :])


def copied(path: Path) -> list[str]:
    """List what is copied from the build's folder."""
    return [
        source for rest in given(path, "COPY") if not rest.startswith("--from") for source in shlex.split(rest)[:-1]
    ]


def variables(path: Path) -> dict[str, str]:
    """Give the environment that it sets."""
    return dict(pair.split("=", 1) for rest in given(path, "ENV") for pair in shlex.split(rest))
