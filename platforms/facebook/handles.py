"""Names of the handles that several kinds of Facebook post share."""

PHOTO = "photo:"
"""Handles of uploaded photos: `photo:0`, `photo:1` …, in order."""
