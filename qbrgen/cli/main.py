"""`qbrgen`: the group of commands. Each command imports what it needs when it runs, so that --help answers at once."""

from __future__ import annotations

import click

from qbrgen.cli.account import account
from qbrgen.cli.backtest import backtest
from qbrgen.cli.changes import changes
from qbrgen.cli.check import check, schema
from qbrgen.cli.commit import commit
from qbrgen.cli.drill import drill
from qbrgen.cli.explain import explain
from qbrgen.cli.group import CommandGroup
from qbrgen.cli.init import init
from qbrgen.cli.lint import lint
from qbrgen.cli.make import brief, build, deck, plan, portfolio
from qbrgen.cli.score import score
from qbrgen.cli.sentence import sentence
from qbrgen.cli.sheet import sheet
from qbrgen.cli.sql import sql
from qbrgen.cli.tell import summary
from qbrgen.cli.template import template
from qbrgen.cli.theme import theme


@click.group(cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="qbrgen", message="%(prog)s %(version)s")
def main() -> None:
    """QBR decks and account briefs that say who works in the product, what they do in it and what it produces.

    \b
    A workspace is a folder with qbrgen.yml, playbooks/, accounts/ and data/. In it:
      qbrgen init DIR --from X  a draft of a workspace, from a folder of exports
      qbrgen check              is everything defined, and do the data fit?
      qbrgen summary acme       the one sentence for an account
      qbrgen changes acme       what has moved since its last review, and why
      qbrgen score --all        accounts by how far adoption has come
      qbrgen deck acme          its QBR deck (PowerPoint, for the customer)
      qbrgen plan acme          its success plan (PDF, to agree on with the customer)
      qbrgen build              every deck, plan and brief, and the portfolio
      qbrgen commit acme        keep its review as delivered, for the next to be compared with
      qbrgen account new        one account more, by questions
      qbrgen sheet export       accounts as a workbook to edit; `qbrgen sheet import` takes it back
      qbrgen theme list         how decks can look; `qbrgen theme add` brings your own template
      qbrgen template list      pages, storylines and words that you may change

    Exit codes: 0 fine; 1 some account was set aside, all others were made; 2 wrong input, nothing was made.
    """


for _command in (
    init,
    check,
    summary,
    score,
    explain,
    changes,
    sentence,
    drill,
    deck,
    plan,
    brief,
    portfolio,
    build,
    commit,
    account,
    sheet,
    theme,
    template,
    lint,
    backtest,
    sql,
    schema,
):
    main.add_command(_command)
