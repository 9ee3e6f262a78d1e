"""Bluesky and other servers of the AT Protocol: sign-in by app password, publishing, looking, deleting."""
