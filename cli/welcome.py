"""What `agm dev` prints when everything is up: where things are, and a line to copy."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from cli.stack import Stack

_DISTRIBUTION = "ai-growth-manager"


def welcome(stack: Stack, dev_file: Path) -> str:
    """Write the screen; under twenty lines."""
    shown = _short(dev_file)
    key = f"""$(sed -n 's/.*"api_key": *"\\([^"]*\\)".*/\\1/p' {shown})"""
    return f"""
AI Growth Manager{_version()}, for development: the sandbox stands in for the platforms, nothing leaves this machine.

  GraphQL   {stack.graphql_url}   (schema at /schema.graphql)
  Sandbox   {stack.sandbox_url}   what the pretend platforms show
{_figures(stack)}  API key   {shown}   readable by you only, gone at exit
  Data      {_short(stack.data_dir)}   logs in {_short(stack.log_dir)}

Try:
  curl -s {stack.graphql_url} -H 'Content-Type: application/json' \\
    -H "Authorization: Bearer {key}" \\
    -d '{{"query": "{{ viewer {{ workspace {{ name }} }} }}"}}'

Stop with Ctrl-C."""


def _figures(stack: Stack) -> str:
    shown = " and ".join(f"http://{host}:{port}/metrics" for host, port in stack.figures)
    return f"  Figures   {shown}   of the API and of the worker\n" if shown else ""


def _version() -> str:
    try:
        return f" {version(_DISTRIBUTION)}"
    except PackageNotFoundError:
        return ""


def _short(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
