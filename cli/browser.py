"""The person at the browser during a sign-in, played with an HTTP client."""

from urllib.parse import urlsplit

import httpx

from cli.client import AnswerError

_APPROVE = {"auto": "approve", "persona": "two-pages"}  # switches of the sandbox's dialog, in place of a person


async def sign_in(http: httpx.AsyncClient, authorization_url: str, *, api_url: str) -> str:
    """Open the address, approve, follow the way back to the API, and give the path of the page it ended at.

    Raises:
        AnswerError: the dialog or the way back did not answer as a browser needs.
    """
    dialog = await http.get(httpx.URL(authorization_url).copy_merge_params(_APPROVE))
    if not dialog.has_redirect_location:
        raise AnswerError(f"the sign-in dialog answered {dialog.status_code} instead of sending the browser back")
    callback = dialog.headers["location"]
    if not callback.startswith(api_url):
        raise AnswerError(f"the sign-in dialog sent the browser to {urlsplit(callback).netloc} instead of {api_url}")
    page = await http.get(callback)
    if not page.is_success:
        raise AnswerError(f"the API answered the returning browser {page.status_code}")
    return urlsplit(callback).path
