"""Groups of commands: their order is that of work, and what a user can mend ends them without a traceback."""

from __future__ import annotations

from typing import Any

import click

from qbrgen.cli.options import user_errors


class CommandGroup(click.Group):
    """Ends every command's user errors with messages and exit code 2; lists commands in the order of work."""

    def invoke(self, ctx: click.Context) -> Any:
        with user_errors(lambda: self.commands.get(ctx.invoked_subcommand or "")):
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        return list(self.commands)
