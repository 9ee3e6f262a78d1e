"""A caller of the GraphQL API, as any program would be one."""

from typing import Any

import httpx


class GraphQLClient:
    """Sends operations with an API key."""

    def __init__(self, http: httpx.AsyncClient, api_key: str) -> None:
        self.http = http
        self.api_key = api_key

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.api_key}"}

    async def send(self, document: str, **variables: Any) -> dict[str, Any]:
        """Send an operation and give the whole answer, errors included."""
        body = {"query": document, "variables": variables}
        return (await self.http.post("/graphql", json=body, headers=self.headers)).json()

    async def __call__(self, document: str, **variables: Any) -> dict[str, Any]:
        """Send an operation that must have no top-level errors and give its data."""
        answer = await self.send(document, **variables)
        assert not answer.get("errors"), answer["errors"]
        return answer["data"]
