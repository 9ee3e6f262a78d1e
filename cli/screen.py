"""What a person sees of the demo: steps, a table, and live progress; plain lines when nobody watches."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

_GOOD, _BUSY = "green", "yellow"
_LAST_GOOD = "PUBLISHED"


@dataclass(slots=True)
class Progress:
    """How far each publication got, by label."""

    console: Console
    states: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def note(self, label: str, status: str) -> None:
        """Note a state; the same one twice in a row is one."""
        passed = self.states.setdefault(label, [])
        if passed[-1:] == [status]:
            return
        passed.append(status)
        if not self.console.is_terminal:
            self.console.print(f"  {label}: {status}", highlight=False)

    def __rich__(self) -> Table:
        """Draw the present state."""
        table = Table.grid(padding=(0, 2))
        for label, passed in self.states.items():
            table.add_row(f"  {label}", _path(passed))
        return table


class Screen:
    """Prints the demo's story."""

    def __init__(self) -> None:
        self.console = Console(highlight=False, soft_wrap=True)

    def step(self, text: str) -> None:
        """Say what happens now."""
        self.console.print(Text("• ", style="bold") + Text(text))

    def detail(self, text: str) -> None:
        """Say something about the step."""
        self.console.print(Text(f"  {text}"))

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show a small table."""
        table = Table(*columns, box=None, padding=(0, 2), header_style="bold")
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        self.console.print(table)

    @contextmanager
    def progress(self) -> Generator[Progress]:
        """Show the progress of publications while the block runs."""
        progress = Progress(self.console)
        if self.console.is_terminal:
            with Live(progress, console=self.console, refresh_per_second=12):
                yield progress
        else:
            yield progress


def _path(passed: Sequence[str]) -> Text:
    done = Text(" → ".join(passed[:-1]) + (" → " if len(passed) > 1 else ""), style="dim")
    return done + Text(passed[-1], style=_GOOD if passed[-1] == _LAST_GOOD else _BUSY)
