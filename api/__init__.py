"""The GraphQL door: HTTP and WebSocket in front of the middle, OAuth callbacks, media bytes and health.

Resolvers parse, make one call into `publishing` and map what comes back. Nothing here touches rows or platforms.
"""
