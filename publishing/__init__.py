"""The middle: records, business rules and the publication's state machine, one file per noun.

Doors (`api`, `workers`) call the functions here; every one takes the workspace it acts for, except those in `system`.
Only this package touches database rows. It knows no GraphQL and no HTTP.
"""
