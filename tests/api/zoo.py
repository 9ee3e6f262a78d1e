"""Objects that behave and objects that do not, and documents that ask for them in every way: to compare executors."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from random import Random
from typing import Annotated, Any, NewType, Union

import strawberry
from graphql import Undefined
from hypothesis import strategies as some
from strawberry.extensions import FieldExtension
from strawberry.schema.config import StrawberryConfig

from api.scalars import URL, config


@strawberry.enum
class Mood(Enum):
    CALM = "calm"
    WILD = "wild"


class Stranger(Enum):
    CALM = "calm"


Hollow = NewType("Hollow", str)
_HOLLOW = strawberry.scalar(name="Hollow", serialize=lambda value: None if value == "hollow" else value)


class Refused(FieldExtension):
    """A field that nobody may see, though it is a plain attribute."""

    def resolve(self, next_: Any, source: Any, info: Any, **arguments: Any) -> Any:
        raise PermissionError("not for you")


@strawberry.interface
class Named:
    id: strawberry.ID
    label: str | None


@strawberry.type
class Other:
    value: str
    leaf: "Leaf | None"


@strawberry.type
class Leaf(Named):
    mood: Mood
    count: int
    ratio: float | None
    flag: bool
    at: datetime | None
    url: URL | None
    hollow: Hollow | None
    secret: str | None = strawberry.field(extensions=[Refused()])
    tags: list[str]
    grid: list[list[int | None]] | None
    child: "Leaf | None"
    children: list["Leaf"]
    maybe: list["Leaf | None"] | None
    other: Other | None
    sure: Other
    named: Named | None
    either: Annotated[Union["Leaf", Other], strawberry.union("Either")] | None

    @strawberry.field
    def shout(self) -> str:
        return str(self.label).upper()

    @strawberry.field
    def touch(self) -> int:
        """Change what a later field reads."""
        self.label = f"{self.label}!"
        return 1

    @strawberry.field
    async def later(self) -> "Leaf | None":
        return self.child

    @strawberry.field
    def echo(self, text: str) -> str:
        return text


@strawberry.type
class Query:
    @strawberry.field
    def one(self, info: strawberry.Info) -> Leaf | None:
        return info.context[0]

    @strawberry.field
    async def many(self, info: strawberry.Info) -> list[Leaf | None] | None:
        return info.context

    @strawberry.field
    async def all(self, info: strawberry.Info) -> list[Leaf]:
        return info.context

    @strawberry.field
    def named(self, info: strawberry.Info) -> Named | None:
        return info.context[0]

    @strawberry.field
    def either(self, info: strawberry.Info) -> Annotated[Leaf | Other, strawberry.union("Either")] | None:
        return info.context[-1]


schema = strawberry.Schema(
    Query,
    types=[Leaf, Other],
    config=StrawberryConfig(scalar_map={**config().scalar_map, Hollow: _HOLLOW}),
)


class Awaited:
    """A value that has to be waited for."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __await__(self) -> Iterator[Any]:
        return self.value
        yield


class Hasty(Leaf):
    """A descendant one of whose attributes raises."""

    @property
    def label(self) -> str:
        raise LookupError("no label today")

    @label.setter
    def label(self, value: Any) -> None:
        """Take it as if it were kept."""

    def __repr__(self) -> str:
        return "a hasty one"


class Late(Leaf):
    """A descendant that has to be waited for, and becomes nothing."""

    def __await__(self) -> Iterator[Any]:
        return None
        yield


class Lump:
    """Nothing that any type takes."""

    def __repr__(self) -> str:
        return "a lump"


class Text(str):
    __slots__ = ()


@dataclass
class Made:
    """How a value is made: anew for each executor, because some can be read only once. Of an object, its parts."""

    make: Any
    parts: dict[str, "Made"]

    def __call__(self) -> Any:
        if self.make in (list, tuple, iter, Awaited):
            values = [part() for part in self.parts.values()]
            return self.make(values[0]) if self.make is Awaited else self.make(values)
        if not self.parts:
            return self.make()
        made = object.__new__(self.make)
        for name, part in self.parts.items():
            part.put(made, name)
        return made

    def put(self, target: Any, name: str) -> Any:
        """Make it, as an attribute of an object; what is missing is taken away."""
        if self.make is not _MISSING:
            setattr(target, name, self())
        elif name in vars(target):
            delattr(target, name)
        return target


def just(value: Any) -> Made:
    return Made(lambda: value, {})


def several(kinds: Any, parts: list[Made]) -> Made:
    return Made(kinds, {str(number): part for number, part in enumerate(parts)})


def sound(**given: Any) -> Leaf:
    """Make an object without a fault."""
    return Leaf(
        **{
            "id": strawberry.ID("1"), "label": "a label", "mood": Mood.CALM, "count": 1, "ratio": 0.5, "flag": True,
            "at": NOON, "url": URL("https://example.com"),
            "hollow": Hollow("full"), "secret": "a secret", "tags": ["a"], "grid": [[1, None]], "child": None,
            "children": [], "maybe": None, "other": None, "sure": Other(value="v", leaf=None), "named": None,
            "either": None, **given,
        }
    )  # fmt: skip


_MISSING = object()
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ODD = [
    just(None), just("hollow"), just(Undefined),
    just("text"), just(Text("text")), just(7), just(2**40), just(1.5), just(float("nan")),
    just(True), just(NOON), just(NOON.replace(tzinfo=None)), just(Mood.WILD), just(Stranger.CALM), just("calm"),
    just(Lump()), just({"id": "1", "label": "a dict"}), Made(lambda: ValueError("a value that is an error"), {}),
    several(Awaited, [just("waited for")]), several(Awaited, [just(None)]), several(iter, [just("once")]),
    several(list, [just(None), just(7), just("text")]), several(iter, [Made(sound, {}), just(7)]),
    several(list, [Made(sound, {}), just(7)]), Made(_MISSING, {}), Made(lambda: Late(**vars(sound())), {}),
    Made(lambda: strawberry.cast(Other, sound()), {}),
]  # fmt: skip
PLAIN: dict[str, list[Made]] = {
    "id": [just("1"), just("2")],
    "label": [just("a label"), just(None)],
    "mood": [just(Mood.CALM), just(Mood.WILD)],
    "count": [just(0), just(-5)],
    "ratio": [just(1.5), just(None)],
    "flag": [just(True), just(False)],
    "at": [just(NOON), just(None)],
    "url": [just("https://example.com"), just(None)],
    "hollow": [just("full"), just(None)],
    "secret": [just("a secret")],
    "tags": [just([]), just(["a", "b"]), just(("c",))],
    "grid": [just([[1, None], []]), just(None)],
}


class Herd:
    """Makes objects by chance, from a seed: drawn value by value, they would take hypothesis most of a minute."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)

    def objects(self) -> list[Made]:
        """Make what the fields of the root give."""
        return [self.leaf(2) for _ in range(self._chance.randint(1, 3))]

    def leaf(self, depth: int) -> Made:
        """Make an object, `depth` levels deep."""
        parts = {name: self._chance.choice(good) for name, good in PLAIN.items()}
        parts |= {name: self._chance.choice([just(None), self._inner(depth)]) for name in ("child", "named", "either")}
        parts |= {name: self._several(depth) for name in ("children", "maybe")}
        parts |= {"sure": self._other(depth), "other": just(None)}
        for name in parts:
            if self._chance.random() < 1 / 40:
                parts[name] = self._chance.choice(ODD)
        return Made(self._chance.choice([Leaf] * 18 + [Hasty, Late]), parts)

    def _inner(self, depth: int) -> Made:
        if not depth or self._chance.random() < 1 / 3:
            return just(None)
        return self._other(depth - 1) if self._chance.random() < 1 / 10 else self.leaf(depth - 1)

    def _several(self, depth: int) -> Made:
        items = [self.leaf(depth - 1) for _ in range(self._chance.randint(0, 2))] if depth else []
        return several(self._chance.choice([list, tuple]), items)

    def _other(self, depth: int) -> Made:
        return Made(Other, {"value": just("v"), "leaf": self._inner(depth - 1 if depth else 0)})


_FIELDS: dict[str, dict[str, str | None]] = {
    "Leaf": {
        **dict.fromkeys(PLAIN), "shout": None, "touch": None, 'echo(text: "hi")': None, "child": "Leaf",
        "children": "Leaf", "maybe": "Leaf", "other": "Other", "sure": "Other", "named": "Named", "either": "Either",
        "later": "Leaf",
    },
    "Other": {"value": None, "leaf": "Leaf"},
    "Named": {"id": None, "label": None},
    "Either": {},
}  # fmt: skip
_WITHIN = {"Leaf": ["Leaf", "Named"], "Other": ["Other"], "Named": ["Named", "Leaf"], "Either": ["Leaf", "Other"]}
_DIRECTIVES = [f" @{name}(if: {value})" for name in ("skip", "include") for value in ("true", "false", "$yes", "$no")]
FRAGMENTS = {"Leaf": "Plain", "Named": "Any"}


def _directive() -> Any:
    return some.just("") | some.just("") | some.sampled_from(_DIRECTIVES)


@some.composite
def selections(draw: Any, kind: str, depth: int = 3, *, spread: bool = True) -> str:
    """Draw what is asked of a type."""
    parts = [draw(_selection(kind, depth, spread)) for _ in range(draw(some.integers(1, 5)))]
    return f"{{ {' '.join(parts)} }}"


@some.composite
def _selection(draw: Any, kind: str, depth: int, spread: bool) -> str:
    how = draw(some.integers(0, 11))
    if how == 0 and spread and kind in FRAGMENTS:
        return f"...{FRAGMENTS[kind]}{draw(_directive())}"
    if depth and (how <= 2 or not _FIELDS[kind]):
        inner = draw(some.sampled_from(_WITHIN[kind]))
        return f"... on {inner}{draw(_directive())} {draw(selections(inner, depth - 1, spread=spread))}"
    fields = [name for name, of in _FIELDS[kind].items() if depth or of is None]
    name = draw(some.sampled_from([*fields, "__typename"]))
    alias = draw(some.sampled_from(["", "", f"a_{name.partition('(')[0]}: "]))
    of = _FIELDS[kind].get(name)
    return f"{alias}{name}{draw(_directive())}" + (f" {draw(selections(of, depth - 1, spread=spread))}" if of else "")


@some.composite
def documents(draw: Any) -> str:
    """Draw a document."""
    roots = {"one": "Leaf", "many": "Leaf", "all": "Leaf", "named": "Named", "either": "Either"}
    names = draw(some.lists(some.sampled_from(sorted(roots)), min_size=1, max_size=2))
    asked = " ".join(f"{name} {draw(selections(roots[name]))}" for name in names)
    fragments = [
        f"fragment {name} on {kind} {draw(selections(kind, 1, spread=False))}" for kind, name in FRAGMENTS.items()
    ]
    return "\n".join([f"query ($yes: Boolean = true, $no: Boolean = false) {{ {asked} }}", *fragments])
