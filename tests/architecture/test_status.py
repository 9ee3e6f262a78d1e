"""A publication's status has one writer, and the table it asks is whole."""

import ast
import re
from collections.abc import Iterator

import pytest

from publishing.lifecycle import CLAIMABLE, LEASED, STARTS, TRANSITIONS, Reason, Status, sources
from tests.architecture.source import Module, module, product, texts, within

WRITER = "publishing/transitions.py"
MAY_TOUCH_ROWS = ("api/", "cli/", "publishing/", "workers/")
"""The other packages never see a row: import-linter holds them to it."""
FOREIGN = ("ConnectionStatus", "ConnectionAttemptStatus", "MediaStatus", "ChannelHealthStatus")
"""Other things have a status too; a line that names one of these is about that."""
_COLUMNS = ("status", "previous_status")
_SET = re.compile(
    r'UPDATE\s+"?publication"?\s+SET\b(?P<columns>.*?)(?:\bFROM\b|\bWHERE\b|$)', re.IGNORECASE | re.DOTALL
)
_INSERT = re.compile(r'(?:INSERT\s+INTO|REPLACE\s+INTO|MERGE\s+INTO)\s+"?publication"?[\s(]', re.IGNORECASE)
_INSERTS = {"create", "bulk_create", "get_or_create", "update_or_create"}


def writers(found: Module) -> Iterator[str]:
    """Name every place of a file that writes a publication's status, by SQL, by a query set or by a row."""
    for line, text in texts(found.tree):
        if any(_names_status(match["columns"]) for match in _SET.finditer(text)) or _INSERT.search(text):
            yield f"{found.name}:{line} SQL"
    for node in ast.walk(found.tree):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and _assigns_status(node):
            yield f"{found.name}:{node.lineno} assignment"
        elif isinstance(node, ast.Call) and _calls_a_writer(node):
            yield f"{found.name}:{node.lineno} query"


def _names_status(columns: str) -> bool:
    return any(re.search(rf'(?<![\w.])"?{name}"?\s*=', columns) for name in _COLUMNS)


def _assigns_status(node: ast.Assign | ast.AnnAssign | ast.AugAssign) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    flat = [part for target in targets for part in ast.walk(target)]
    hit = any(isinstance(part, ast.Attribute) and part.attr in _COLUMNS for part in flat)
    value = ast.unparse(node.value) if node.value is not None else ""
    return hit and not any(name in value for name in FOREIGN)


def _calls_a_writer(node: ast.Call) -> bool:
    text = ast.unparse(node.func)
    if text == "setattr" and len(node.args) > 1 and ast.unparse(node.args[1]).strip("'\"") in _COLUMNS:
        return True
    root = text.removeprefix("models.").partition(".")[0]
    if root != "Publication":
        return False
    last = text.rpartition(".")[2]
    keywords = {keyword.arg for keyword in node.keywords}
    return last in _INSERTS or (last in {"update", "bulk_update"} and bool(keywords & {*_COLUMNS, None}))


def test_one_place_writes_the_status_of_a_publication():
    found = [place for one in product() if one.name.startswith(MAY_TOUCH_ROWS) for place in writers(one)]

    assert [place for place in found if not place.startswith(f"{WRITER}:")] == []
    assert len(found) == 1, f"the writer itself is one statement: {found}"


@pytest.mark.parametrize(
    "line",
    [
        "execute(f\"UPDATE publication SET status = 'queued' WHERE id = {x}\")",
        "execute('update \"publication\" set due_at = 1, status=v.after FROM x')",
        "execute('INSERT INTO publication (id, status) VALUES (1, 2)')",
        "await models.Publication.filter(id=1).update(status=Status.QUEUED)",
        "await Publication.filter(id=1).update(**columns)",
        "await models.Publication.create(id=1)",
        "await models.Publication.bulk_create(rows)",
        "publication.status = Status.QUEUED",
        "row.error, row.status = None, after",
        "row.previous_status = row.status",
        "setattr(row, 'status', after)",
    ],
)
def test_another_writer_would_be_noticed(line):
    assert list(writers(module("x.py", f"async def f():\n    {line}\n")))


@pytest.mark.parametrize(
    "line",
    [
        "execute('UPDATE publication SET handles = v.handles FROM x WHERE publication.status = 1')",
        "await models.Publication.filter(id=1).update(permalink=permalink)",
        "row.status, row.error = ConnectionAttemptStatus.FAILED, None",
        "status = row.status",
    ],
)
def test_what_writes_other_columns_may(line):
    assert not list(writers(module("x.py", f"async def f():\n    {line}\n")))


def test_every_state_can_be_reached():
    reached, edge = set(STARTS), set(STARTS)
    while edge:
        edge = {after for before in edge for after in TRANSITIONS[before]} - reached
        reached |= edge

    assert reached == set(Status)
    assert set(TRANSITIONS) == set(Status)


def test_a_worker_claims_into_a_lease_and_leaves_it_by_the_table():
    assert all(Status.PREPARING in TRANSITIONS[status] for status in CLAIMABLE)
    assert all(TRANSITIONS[status] for status in LEASED)
    assert Status.QUEUED not in TRANSITIONS[Status.PUBLISHING]


def test_every_step_of_the_code_is_in_the_table():
    steps = [step for one in within("publishing") + within("workers") for step in _steps(one)]

    assert len(steps) > 15
    for place, earlier, after in steps:
        allowed = sources(after, proof=True)
        assert allowed, f"{place}: nothing leads to {after}"
        assert earlier <= allowed, f"{place}: the table does not allow {after} from {earlier - allowed}"


def test_every_reason_is_given_by_the_code():
    text = "".join(
        one.text for one in within("publishing") + within("workers") if not one.name.endswith("lifecycle.py")
    )

    assert [reason.name for reason in Reason if f"Reason.{reason.name}" not in text] == []


def _steps(found: Module) -> Iterator[tuple[str, frozenset[Status], Status]]:
    """Yield the changes that a file describes: where, from which states if it says so, and to which."""
    for node in ast.walk(found.tree):
        name = ast.unparse(node.func).rpartition(".")[2] if isinstance(node, ast.Call) else ""
        if not isinstance(node, ast.Call) or name not in {"Change", "Found", "change", "_outcome"}:
            continue
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        after = given.get("after") or next((one for one in node.args if _statuses(one)), None)
        for status in _statuses(after):
            earlier = _statuses(given.get("before")) if name == "Found" else frozenset()
            yield f"{found.name}:{node.lineno}", earlier, status


def _statuses(node: ast.AST | None) -> frozenset[Status]:
    named = [ast.unparse(part) for part in ast.walk(node)] if node is not None else []
    if "CLAIMABLE" in named:
        return CLAIMABLE
    return frozenset(Status[name.removeprefix("Status.")] for name in named if name.startswith("Status."))
