"""The person at the browser during a sign-in, played with an HTTP client."""

from urllib.parse import urlsplit

import httpx

from cli.client import AnswerError


async def approve(http: httpx.AsyncClient, authorization_url: str, *, persona: str, api_url: str) -> str:
    """Open the address, approve as a persona of the sandbox, follow the way back to the API, and give the page's path.

    Raises:
        AnswerError: the dialog or the way back did not answer as a browser needs.
    """
    switches = {"auto": "approve", "persona": persona}  # of the sandbox's dialog, in place of a person
    dialog = await http.get(httpx.URL(authorization_url).copy_merge_params(switches))
    if not dialog.has_redirect_location:
        raise AnswerError(f"the sign-in dialog answered {dialog.status_code} instead of sending the browser back")
    callback = dialog.headers["location"]
    if not callback.startswith(api_url):
        raise AnswerError(f"the sign-in dialog sent the browser to {urlsplit(callback).netloc} instead of {api_url}")
    page = await http.get(callback)
    if not page.is_success:
        raise AnswerError(f"the API answered the returning browser {page.status_code}")
    return urlsplit(callback).path
