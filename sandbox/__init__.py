"""Stand-ins for the social platforms, for use without network, accounts or app review.

The package is an independent witness: it is written from the platforms' documentation only and shares no code with the
product. It keeps a ledger of everything that became public, so that a test can assert on what the world saw.
`python -m sandbox` starts it; `sandbox.app.create_app` gives the ASGI application.
"""
