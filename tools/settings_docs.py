"""Write docs/settings.md from the settings themselves: `make docs`; a test compares the two."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from platforms.environment import PlatformsEnvironment
from publishing.settings import PREFIX, Settings

TARGET = Path(__file__).parent.parent / "docs" / "settings.md"

_HEAD = """# Settings

Every setting is an environment variable, or a line in a file named `.env` in the working folder. Each may also be read
from a file whose path is in the variable with `_FILE` behind its name, as container platforms mount secrets:
`AGM_TOKEN_KEYS_FILE=/run/secrets/token_keys`. The variable itself wins over the file, the file over `.env`.

They are read once, at start. One that is wrong stops the start with a sentence that names the variable and never shows
its value. `agm dev` and `agm demo` set what they need and leave the rest to you; with nothing set, everything runs on
this machine.

A server needs `AGM_PUBLIC_URL`, `AGM_DATABASE_URL`, `AGM_REDIS_URL`, `AGM_TOKEN_KEYS` and `AGM_SECRET_KEYS`, and for
the real platforms their app's id and secret. A key is made with `openssl rand -base64 32`; the two keyrings must not
share one. To rotate, put the new key in front and keep the old ones behind it.

This page is written by `make docs`.
"""


def render() -> str:
    """Give the whole page."""
    platforms = PlatformsEnvironment.model_fields
    own = {name: field for name, field in Settings.model_fields.items() if name not in platforms}
    parts = [_HEAD, "## The server\n", *_sections(own.items()), "## Platforms\n", *_sections(platforms.items())]
    return "\n".join(parts)


def _sections(fields: Iterable[tuple[str, FieldInfo]]) -> Iterator[str]:
    for name, field in fields:
        variable = f"{PREFIX}{name.upper()}"
        yield (
            f"### {variable}\n\n"
            f"{field.description}\n\n"
            f"- Default: {_default(field)}\n"
            f"- Example: `{variable}={_example(field)}`\n"
            f"- Secret: {_secret(field)}\n"
            f"- From a file: `{variable}_FILE`\n"
        )


def _example(field: FieldInfo) -> str:
    return str(next(iter(field.examples or ("",))))


def _secret(field: FieldInfo) -> str:
    if SecretStr.__name__ in str(field.annotation):
        return "yes"
    return "its password is" if "password@" in _example(field) else "no"


def _default(field: FieldInfo) -> str:
    said = re.search(r"Default: (.*)", field.description or "")
    if said:
        return "see above"
    if field.default in (None, (), ""):
        return "not set"
    return f"`{int(field.default) if isinstance(field.default, bool) else field.default}`"


if __name__ == "__main__":
    TARGET.write_text(render())
    print(f"wrote {TARGET.name}")
