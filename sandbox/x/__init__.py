"""The stand-in for X: OAuth 2.0 with PKCE, posts, media and timelines of API v2, below `/x`."""
