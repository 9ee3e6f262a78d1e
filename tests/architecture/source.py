"""The product's sources as trees: which files there are, and what is written in them."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
GENERATED = {"migrations"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """A file of the product. `name` is its path from the root, with slashes."""

    name: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    def functions(self) -> Iterator[tuple[str, Function]]:
        """Yield every function and method with its name inside the file, such as `Bell.ring`."""
        yield from _functions(self.tree, "")

    def public_functions(self) -> Iterator[Function]:
        """Yield the functions of the file's top level that others may call."""
        for node in self.tree.body:
            if isinstance(node, Function) and not node.name.startswith("_"):
                yield node


def module(name: str, text: str) -> Module:
    return Module(name, text, ast.parse(text))


@cache
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


@cache
def product() -> tuple[Module, ...]:
    """Read every file that is shipped and written by hand."""
    packages = pyproject()["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    paths = sorted(path for name in packages if name not in GENERATED for path in (ROOT / name).rglob("*.py"))
    return tuple(module(path.relative_to(ROOT).as_posix(), path.read_text()) for path in paths)


def within(package: str) -> tuple[Module, ...]:
    """Read the files of one package."""
    return tuple(one for one in product() if one.name.startswith(f"{package}/"))


@cache
def committed() -> tuple[Path, ...]:
    """List what git keeps of this project, and what it would keep."""
    command = ("git", "ls-files", "--cached", "--others", "--exclude-standard")
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.split("\n")
    return tuple(ROOT / name for name in listed if name and (ROOT / name).is_file())


def code_lines(function: Function) -> int:
    """Count a function's lines, its docstring aside."""
    docstring = function.body[0] if ast.get_docstring(function, clean=False) is not None else None
    hidden = docstring.end_lineno - docstring.lineno + 1 if docstring and docstring.end_lineno else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - hidden


def texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield every string of a file with its line; what is put into an f-string shows as `{}`."""
    inner: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            inner.update(id(part) for part in node.values)
            parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
            yield node.lineno, "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
            yield node.lineno, node.value


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, Function]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            yield f"{prefix}{child.name}", child
            yield from _functions(child, f"{prefix}{child.name}.")
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")
