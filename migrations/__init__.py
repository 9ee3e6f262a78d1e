"""The database's schema, step by step: one folder for SQLite and PostgreSQL, applied by `publishing.schema`.

Files are made by `agm migrate new NAME` and read by a person before they are committed.
"""
