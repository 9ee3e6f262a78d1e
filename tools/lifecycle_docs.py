"""Fill the diagram and the table of states of docs/lifecycle.md: `make docs`; a test compares the two."""

import ast
import inspect
from collections import defaultdict

from publishing import lifecycle
from publishing.decisions import Action, allowed_actions
from publishing.lifecycle import TRANSITIONS, Reason, Status, mermaid
from tools.page import DOCS, code, filled, table

TARGET = DOCS / "lifecycle.md"
MUTATIONS = {
    Action.CANCEL: "cancelPublication",
    Action.RETRY: "retryPublication",
    Action.EDIT: "editPublication",
    Action.DELETE: "deletePublication",
    Action.RESOLVE: "resolvePublication",
}


def render() -> str:
    """Give the whole page, as it stands with its regions filled."""
    said = _meanings()
    rows = ((code(status.name), said[status.name], _next(status), _decisions(status)) for status in Status)
    states = table(("State", "What it means, and who moves it on", "What may follow", "A person can"), rows)
    return filled(TARGET.read_text(), {"diagram": f"```mermaid\n{mermaid()}\n```", "states": states})


def _meanings() -> dict[str, str]:
    """Read what stands under each member of `Status`."""
    (tree,) = ast.parse(inspect.getsource(Status)).body
    if not isinstance(tree, ast.ClassDef):
        raise TypeError(f"{lifecycle.__name__}.Status is no class any more")
    meanings: dict[str, str] = {}
    for member, text in zip(tree.body, tree.body[1:], strict=False):
        if isinstance(member, ast.Assign) and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant):
            meanings[ast.unparse(member.targets[0])] = " ".join(str(text.value.value).split())
    return meanings


def _next(status: Status) -> str:
    return ", ".join(code(after.name) for after in Status if after in TRANSITIONS[status]) or "nothing"


def _decisions(status: Status) -> str:
    """Name the mutations that are allowed whatever the reason, and those that some reasons allow."""
    reasons: dict[Action, list[Reason]] = defaultdict(list)
    for reason in Reason:
        for action in allowed_actions(status, reason):
            reasons[action].append(reason)
    told = [_decision(action, found) + _limit(status, action) for action, found in reasons.items()]
    return ", ".join(told) or "nothing"


def _limit(status: Status, action: Action) -> str:
    return " if parts of a thread are out" if action is Action.DELETE and status is not Status.PUBLISHED else ""


def _decision(action: Action, found: list[Reason]) -> str:
    mutation, others = code(MUTATIONS[action]), [reason for reason in Reason if reason not in found]
    if not others:
        return mutation
    if len(found) < len(others):
        return f"{mutation} if {' or '.join(code(reason.name) for reason in found)}"
    return f"{mutation} unless {' or '.join(code(reason.name) for reason in others)}"
