"""The form that puts a fault in force: a drop-down of all faults, each with fields for its own options."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

import orjson

from sandbox.fault_admin import endpoints_of
from sandbox.faults import ANY_ENDPOINT, FAULTS, Fault
from sandbox.stand_ins import endpoint_labels

PATTERNS = {"*": "every call", "POST *": "every POST", "GET *": "every GET"}
COUNTS = {
    "nth": ("the n-th matching call", "1", "1"),
    "next": ("the next few", "1", "1"),
    "probability": ("each with this chance, 0 to 1", "any", "0"),
    "seed": ("seed of the chance", "1", "0"),
    "seconds": ("for so many seconds of the sandbox's clock", "any", "0"),
}
"""Which calls a rule strikes: each field's meaning, step and minimum."""


def form(entered: Mapping[str, str], accounts: Iterable[tuple[str, str]]) -> str:
    """Return the form as HTML.

    Args:
        entered: What to fill in by field name; an option's field is named `fault.option`.
        accounts: Ids and names to suggest.
    """
    chosen = entered.get("fault", "")
    faults = "".join(_option(name, name, chosen=chosen) for name in sorted(FAULTS))
    own = "".join(_own_fields(name, FAULTS[name], entered) for name in sorted(FAULTS))
    suggestions = "".join(f'<option value="{escape(one)}">{escape(name)}</option>' for one, name in accounts)
    return f"""<form class="card" method="post" action="/faults"><div class="in">
<label>Fault <select name="fault" required><option value="">choose one</option>{faults}</select></label>
{own}<label>Where <select name="endpoint">{_places(entered.get("endpoint", ""))}</select></label>
<label>Account <input name="account" list="accounts" placeholder="any" value="{escape(entered.get("account", ""))}">
</label><datalist id="accounts">{suggestions}</datalist>
<fieldset><legend>Only (leave empty for every matching call)</legend>{_counts(entered)}</fieldset>
<button class="main">Put it in force</button>
</div></form>"""


def asked(form_values: Mapping[str, str]) -> dict[str, Any]:
    """Return the rule that a sent form asks for, as `/_admin/faults` takes it; empty fields are left out."""
    filled = {name: text.strip() for name, text in form_values.items() if text.strip()}
    fault = filled.get("fault", "")
    prefix = f"{fault}."
    options = {name.removeprefix(prefix): _plain(text) for name, text in filled.items() if name.startswith(prefix)}
    wanted = ("fault", "endpoint", "account", *COUNTS)
    return {**{name: filled[name] for name in wanted if name in filled}, "options": options}


def style() -> str:
    """Return the rules that show the options of the chosen fault only; a browser without `:has` shows all of them."""
    shown = "\n".join(
        f'form:has(option[value="{name}"]:checked) .of-{name} {{ display: block; }}' for name in sorted(FAULTS)
    )
    return f"@supports selector(:has(*)) {{\n.own {{ display: none; }}\n{shown}\n}}\n{STYLE}"


STYLE = """
main { max-width: 60rem; }
h2 { font-size: 1.1rem; }
fieldset > p { margin: .2rem 0 .5rem; }
.problem { border-left: .3rem solid #b42318; padding: .4rem .8rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; padding: .3rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; }
td form { margin: 0; }
td button { padding: .2rem .7rem; }
.wide { overflow-x: auto; }
"""


def _own_fields(name: str, kind: type[Fault], entered: Mapping[str, str]) -> str:
    properties: dict[str, Any] = kind.model_json_schema().get("properties", {})
    fields = "".join(
        _own_field(f"{name}.{option}", option, schema, entered.get(f"{name}.{option}"))
        for option, schema in properties.items()
    )
    where = "any call" if kind.endpoints == ANY_ENDPOINT else ", ".join(endpoints_of(kind))
    meaning = escape(" ".join((kind.__doc__ or "").split()))
    return (
        f'<fieldset class="own of-{name}"><legend>{name}</legend>'
        f'<p class="soft">{meaning} Happens to: {escape(where)}.</p>{fields}</fieldset>'
    )


def _own_field(name: str, label: str, schema: dict[str, Any], entered: str | None) -> str:
    default = schema.get("default")
    text = entered if entered is not None else "" if default is None else str(default)
    told = f'{escape(label)} <span class="soft">{escape(schema["description"])}</span>'
    if schema.get("type") == "boolean":
        ticked = " checked" if text == "true" else ""
        return f'<label><input type="checkbox" name="{name}" value="true"{ticked}> {told}</label>'
    if "enum" in schema:
        options = "".join(_option(str(one), str(one), chosen=text) for one in schema["enum"])
        return f'<label>{told} <select name="{name}">{options}</select></label>'
    number = next((one for one in schema.get("anyOf", ()) if one.get("type") != "null"), schema)
    step = "1" if number["type"] == "integer" else "any"
    return f'<label>{told} <input type="number" step="{step}" name="{name}" value="{escape(text)}"></label>'


def _places(chosen: str) -> str:
    named = {"": "wherever the fault can happen", **{one: f"{one} ({told})" for one, told in PATTERNS.items()}}
    named |= {label: label for label in endpoint_labels()}
    return "".join(_option(value, label, chosen=chosen) for value, label in named.items())


def _counts(entered: Mapping[str, str]) -> str:
    return "".join(
        f'<label>{name} <span class="soft">{told}</span> <input type="number" name="{name}" min="{low}" step="{step}" '
        f'value="{escape(entered.get(name, ""))}"></label>'
        for name, (told, step, low) in COUNTS.items()
    )


def _option(value: str, label: str, *, chosen: str) -> str:
    selected = " selected" if value == chosen else ""
    return f'<option value="{escape(value)}"{selected}>{escape(label)}</option>'


def _plain(text: str) -> object:
    """Return a number or truth value for its spelling, anything else as it is: choices are compared by type."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text
