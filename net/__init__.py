"""The ground: everything that leaves this machine by HTTP, and the only importer of the HTTP libraries.

`http` is the client for the platforms' own APIs, `fetch` the guarded fetch for addresses that users give, `errors` what
both can end in. Nothing here knows a platform, a row or a queue.
"""
