"""The commands of `agm`. Each imports what it needs when it runs, so that `agm --help` answers at once."""

# ruff: noqa: PLC0415 - the imports inside the commands are the point of this file

from pathlib import Path
from typing import Annotated

import typer

from cli.failures import told_plainly

app = typer.Typer(
    name="agm",
    help="AI Growth Manager: a self-hosted GraphQL server that publishes to social platforms exactly once.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # rich alone takes longer to load than everything else that --help needs
    pretty_exceptions_enable=False,
)
migrate = typer.Typer(help="The database's schema: up, down, status, new.", no_args_is_help=True)
key = typer.Typer(help="API keys: create, list, revoke.", no_args_is_help=True)
tokens = typer.Typer(help="Stored tokens of platforms: rotate.", no_args_is_help=True)
schema = typer.Typer(help="The public GraphQL schema: export, check.", no_args_is_help=True)
app.add_typer(migrate, name="migrate")
app.add_typer(key, name="key")
app.add_typer(tokens, name="tokens")
app.add_typer(schema, name="schema")


_Workspace = Annotated[str, typer.Option(help="The workspace's name.")]


@app.command()
def dev() -> None:
    """Run the whole stack on this machine until Ctrl-C."""
    from cli.dev import run_dev

    with told_plainly():
        run_dev()


@app.command()
def demo(
    keep: Annotated[bool, typer.Option("--keep", help="Leave the data folder and its logs behind.")] = False,
) -> None:
    """Publish to every platform of the sandbox once, then stop."""
    from cli.demo import run_demo

    with told_plainly():
        run_demo(keep=keep)


@app.command()
def api(
    check: Annotated[
        bool, typer.Option("--check", help="Say whether it answers on AGM_HOST and AGM_PORT; exit code 1 when not.")
    ] = False,
    listener: Annotated[int | None, typer.Option(hidden=True, help="An inherited listening socket.")] = None,
) -> None:
    """Serve the GraphQL API."""
    if check:
        from cli.answers import check_api

        with told_plainly():
            typer.echo(check_api())
        return
    from cli.serve import serve_api

    with told_plainly():
        serve_api(listener=listener)


@app.command()
def worker(
    check: Annotated[bool, typer.Option("--check", help="Say whether one lives here; exit code 1 when not.")] = False,
) -> None:
    """Run a worker; it makes the calls to the platforms."""
    from cli.work import check_worker, run_worker

    with told_plainly():
        if check:
            typer.echo(check_worker())
            return
        code = run_worker()
    raise typer.Exit(code)


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Check this installation and say what to do; exit code 1 when something fails."""
    from cli.doctor import examine

    raise typer.Exit(examine(as_json=as_json))


@app.command("restore-check")
def restore_check(
    hold: Annotated[
        bool, typer.Option("--hold", help="Put before a person whatever may be public since the backup.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Say what is dangerous after a restore; exit code 1 when something must be decided before workers start."""
    from cli.restore import inspect

    raise typer.Exit(inspect(hold=hold, as_json=as_json))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []})
def sandbox(context: typer.Context) -> None:
    """Run the stand-ins for the platforms, or administer them: clock, trigger, reset."""
    from cli.programs import become_sandbox
    from cli.whereabouts import whereabouts

    served = not context.args or context.args[0].startswith("-")
    with told_plainly():
        become_sandbox(context.args, {} if served else whereabouts())


@migrate.command("new")
def migrate_new(name: Annotated[str, typer.Argument(help="What it does, such as add_labels.")]) -> None:
    """Write the migration that makes the models' changes, for SQLite and PostgreSQL, to be read and committed."""
    from cli.database import migrate_new

    migrate_new(name)


@migrate.command("up")
def migrate_up() -> None:
    """Apply the migrations that are missing."""
    from cli.database import migrate_up

    migrate_up()


@migrate.command("down")
def migrate_down() -> None:
    """Take the last migration back."""
    from cli.database import migrate_down

    migrate_down()


@migrate.command("status")
def migrate_status() -> None:
    """Say which migrations are applied; exit code 1 when some are missing."""
    from cli.database import migrate_status

    migrate_status()


@key.command("create")
def key_create(
    name: Annotated[str, typer.Option(help="What the key is for.")] = "first key",
    scopes: Annotated[str, typer.Option(help="`all`, or scopes separated by commas, such as posts:read.")] = "all",
    workspace: Annotated[str, typer.Option(help="The workspace's name; it is made when missing.")] = "Default",
    expires_days: Annotated[
        int | None, typer.Option(min=1, max=36_500, help="Days until it expires; never by default.")
    ] = None,
) -> None:
    """Make an API key and print its secret, once, and nothing else."""
    from cli.keys import create

    create(name=name, scopes=scopes, workspace=workspace, expires_days=expires_days)


@key.command("list")
def key_list(workspace: _Workspace = "Default") -> None:
    """List a workspace's API keys, without their secrets."""
    from cli.keys import show

    show(workspace=workspace)


@key.command("revoke")
def key_revoke(
    key: Annotated[str, typer.Argument(help="Its first characters, as `agm key list` shows them.")],
    workspace: _Workspace = "Default",
) -> None:
    """End an API key, at once and for ever."""
    from cli.keys import revoke

    revoke(prefix=key, workspace=workspace)


@tokens.command("rotate")
def tokens_rotate() -> None:
    """Seal every stored token again with the first key of AGM_TOKEN_KEYS, while the servers run."""
    from cli.tokens import rotate

    rotate()


@schema.command("export")
def schema_export(path: Annotated[Path, typer.Argument(help="Where to.")] = Path("schema.graphql")) -> None:
    """Write the schema as the code has it."""
    from cli.schema import export

    export(path)


@schema.command("check")
def schema_check(path: Annotated[Path, typer.Argument(help="The committed file.")] = Path("schema.graphql")) -> None:
    """Compare the committed schema with the code; exit code 1 when they differ."""
    from cli.schema import check

    with told_plainly():
        check(path)
