"""The rows: schema and migrations."""
