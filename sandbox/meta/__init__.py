"""The stand-in for Meta: Facebook Login and the Graph API for Pages and Instagram.

All of Meta's hosts collapse under `/meta`. Facts come from developers.facebook.com as read on 2026-11-22 (changelog,
permissions, access tokens, Page posts, content publishing, its error codes), from Meta's own API specification in its
business SDK v26.0, and, where said so beside them, from recorded calls.
"""
