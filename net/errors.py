"""What a call over the network can end in, named by what the caller may conclude.

NetError
├── NotSentError              never connected: nothing left this machine, the call may be made again
├── NoAnswerError             it may have been received: never send again blindly what must happen once
└── UnreadableReplyError      it was received and answered, but the answer cannot be read (`status` is known)

A message names method, host and path, never the query, the headers or a body: these carry tokens.
"""


class NetError(Exception):
    """A call did not bring a readable answer; the class says what may be concluded."""


class NotSentError(NetError):
    """Nothing left this machine: no such host, refused, no connection in time, or no trust in its certificate."""


class NoAnswerError(NetError):
    """The request was on its way and no whole answer came back: what it asked for may have happened."""


class UnreadableReplyError(NetError):
    """The other side answered, with something that cannot be used: not JSON, too large, broken encoding."""

    def __init__(self, message: str, *, status: int) -> None:
        super().__init__(message)
        self.status = status
