"""What has to be there before the doors open on a development machine; `python -m cli.prepare` prints an API key.

A process of its own, because the supervisor that starts it lives for days and should not carry an ORM.
"""

import asyncio
import sys
from datetime import timedelta

from cli.keys import WantedKey, new_key
from publishing import schema
from publishing.records import Scope
from publishing.settings import load_settings

_KEY = WantedKey(
    name="agm dev", scopes=tuple(Scope), workspace="Development", lifetime=timedelta(days=30), replaces=True
)


async def prepare() -> str:
    """Migrate, make the workspace and a key with every scope in place of the last one, and give its secret."""
    settings = load_settings()
    await schema.upgrade(settings.database_url)
    return await new_key(settings, _KEY)


if __name__ == "__main__":
    sys.stdout.write(asyncio.run(prepare()))
