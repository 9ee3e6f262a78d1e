"""A place at the sandbox: faults are its rules, and copies are counted in its ledger."""

from dataclasses import dataclass, field
from typing import Any

from tests.matrix.cells import PostKind, Row
from tests.matrix.town import Town
from tests.support.journey import Journey, image
from tests.support.sandbox import Sandbox


@dataclass
class SandboxPlace:
    """A channel, and the name by which the ledger knows its account."""

    town: Town
    platform: str
    channel: str
    account: str
    _rules: list[int] = field(default_factory=list)

    async def publish(self, row: Row, kind: PostKind) -> str:
        """Put a row's faults in force and publish; gives the publication's id."""
        for strike in row.strikes:
            endpoint, options = strike.endpoint or kind.public_call, {**strike.when, **strike.options}
            rule = await self.town.sandbox.add_fault(endpoint, strike.fault, account=self.account, **options)
            self._rules.append(rule)
        wanted = content(self.town.sandbox, row, kind)
        return await Journey(self.town.stack.client).accepted(self.platform, self.channel, **wanted)

    async def was_struck(self) -> bool:
        """Whether every fault has struck."""
        if not self._rules:
            return True
        fired = {rule["id"]: rule["fired"] for rule in await self.town.sandbox.faults()}
        return all(fired[rule] for rule in self._rules)

    async def copies(self) -> int:
        """Count what the public sees now."""
        return len(await self.town.sandbox.ledger(self.account))


def content(sandbox: Sandbox, row: Row, kind: PostKind) -> dict[str, Any]:
    """Give what is published in a cell; its files are the sandbox's samples."""
    wanted: dict[str, Any] = {}
    if kind.has_text:
        wanted["caption" if kind.platform == "instagram" else "text"] = f"{kind.title}: {row.title}"
    if kind.link:
        wanted["link"] = "https://example.com/news"
    samples = f"{sandbox.url}/samples"
    media = [image(f"{samples}/m{number}.jpg?width=400&height=400") for number in range(kind.images)]
    media += [image(f"{samples}/v{number}.mp4?seconds=10&size_bytes=200000") for number in range(kind.videos)]
    media += [image(f"{samples}/g{number}.gif?width=40&height=40") for number in range(kind.gifs)]
    media += [image(f"{samples}/d{number}.pdf?pages=3") for number in range(kind.documents)]
    if media:
        wanted["media"] = media
    if kind.options:
        wanted["options"] = dict(kind.options)
    return wanted
