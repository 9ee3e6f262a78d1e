"""The edge: one folder per social platform, a plain library without database, queue or GraphQL.

`base` holds the contracts, `errors` the error tree, `registry` the list of platforms. A platform's folder holds all
knowledge of it: `rules` (limits as data), `oauth`, `accounts`, `publish` and its error table and settings.
"""
