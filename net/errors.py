"""What a call over the network can end in, named by what the caller may conclude.

NetError
├── NotSentError              never connected: nothing left this machine, the call may be made again
│   └── ForbiddenAddressError … because this server must not go there
├── NoAnswerError             it may have been received: never send again blindly what must happen once
└── UnreadableReplyError      it was received and answered, but the answer cannot be read (`status` is known)

FetchError                    an address that a user gave could not be fetched; `host` says where it points
├── AddressRefusedError       this server must not go there
├── TooLargeError             more bytes than allowed
├── UnreachableError          no usable answer now: worth trying again
├── AnsweredError             the address answered with a refusal (`status`)
└── EncodedAnswerError        the address answered with content that is compressed, which nobody asked for

A message names method, host and path, never the query, the headers or a body: these carry tokens.
"""


class NetError(Exception):
    """A call did not bring a readable answer; the class says what may be concluded."""


class NotSentError(NetError):
    """Nothing left this machine: no such host, refused, no connection in time, or no trust in its certificate."""


class ForbiddenAddressError(NotSentError):
    """The address, which a user gave, is of a form or leads to a place where this server must not go."""


class NoAnswerError(NetError):
    """The request was on its way and no whole answer came back: what it asked for may have happened."""


class UnreadableReplyError(NetError):
    """The other side answered, with something that cannot be used: not JSON, too large, broken encoding."""

    def __init__(self, message: str, *, status: int) -> None:
        super().__init__(message)
        self.status = status


class FetchError(Exception):
    """An address could not be fetched; `host` is where it points, "" when it points nowhere."""

    def __init__(self, message: str, *, host: str) -> None:
        super().__init__(message)
        self.host = host


class AddressRefusedError(FetchError):
    """The address is of a form, or leads to a place, where this server must not go; no connection was made."""


class TooLargeError(FetchError):
    """There is more than the allowed number of bytes."""


class UnreachableError(FetchError):
    """No such host, refused, cut, too slow, or a failure on the other side; it may work later."""


class EncodedAnswerError(FetchError):
    """The answer is encoded in a way that was not asked for; what it unfolds to is not known."""


class AnsweredError(FetchError):
    """The address answered, with a status that is no success."""

    def __init__(self, message: str, *, host: str, status: int) -> None:
        super().__init__(message, host=host)
        self.status = status
