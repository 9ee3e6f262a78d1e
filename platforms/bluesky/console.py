"""What an operator does so that people can connect Bluesky accounts: nothing. Its people make app passwords."""

from datetime import date

from platforms.rules import Console, ConsoleField, Fact

_APP_PASSWORDS = "https://bsky.app/settings/app-passwords"
_READ = date(2026, 11, 26)

CONSOLE = Console(
    fields=(
        ConsoleField(
            "Settings > Privacy and security > App passwords",
            "Add App Password",
            Fact(
                "Each person makes one and gives it to `connectBluesky`; no app has to be registered.",
                _APP_PASSWORDS,
                _READ,
                confirmed=False,
            ),
        ),
    ),
    permissions={},
    without={},
)
