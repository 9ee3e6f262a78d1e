"""`python -m cli` is `agm`: how the stack starts its own parts, installed or not."""

from cli.main import app

app(prog_name="agm")
