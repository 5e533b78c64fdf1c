"""`qbrgen portfolio`: which accounts, which briefs, and what is said where that cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qbrgen import pipeline
from qbrgen.cli.main import main
from qbrgen.document import Document, Table
from qbrgen.errors import InputError
from qbrgen.score.portfolio import portfolio


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Document, Path]]:
    """The documents that would have been drawn, and where; drawing itself is tested elsewhere."""
    made: list[tuple[Document, Path]] = []

    def keep(_review: object, document: Document, _theme: object, path: Path) -> list[object]:
        made.append((document, path))
        return []

    monkeypatch.setattr(pipeline, "_written_pdf", keep)
    return made


def run(sample_accounts: Path, out: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["portfolio", "-w", str(sample_accounts), "--out", str(out), *arguments])


def briefs(document: Document) -> list[str]:
    opened = [each.key for each in document.sections if each.level == 1]
    return [key.removeprefix("brief/") for key in opened if key.startswith("brief/")]


@pytest.fixture(scope="module")
def review(sample_accounts: Path) -> pipeline.Review:
    return pipeline.open_review(sample_accounts)


ATTENTION = ["calder-wye", "pembury", "zielona-dolina", "acme", "oakhaven", "sable-meridian"]


@pytest.mark.parametrize(
    ("asked", "follow"),
    [
        ((), None),
        (("attention",), None),
        (("none",), []),
        (("Acme", "fernhill"), ["acme", "fernhill"]),
        (("attention", "tidewell"), [*ATTENTION, "tidewell"]),
        (("all",), [*ATTENTION[:-1], "fernhill", "tidewell", "sable-meridian"]),
    ],
)
def test_the_briefs_asked_for_follow_by_default_those_that_need_attention(
    review: pipeline.Review, asked: tuple[str, ...], follow: list[str] | None
) -> None:
    overview = portfolio(review.pictures, {})
    assert [each.row.id for each in overview.attention] == ATTENTION
    assert pipeline._briefs(review, overview, pipeline.PortfolioAsked(asked)) == follow


def test_one_owners_accounts_make_a_file_of_their_own(
    sample_accounts: Path, tmp_path: Path, drawn: list[tuple[Document, Path]]
) -> None:
    result = run(sample_accounts, tmp_path, "--owner", "tom whitfield", "--segment", "Enterprise", "--briefs", "all")
    assert result.exit_code == 0, result.output
    ((document, path),) = drawn
    assert path.name.startswith("portfolio-2026-Q3-tom-whitfield_enterprise")
    assert briefs(document) == ["pembury"]
    assert document.sections[0].meta[:3] == ("Tom Whitfield", "Enterprise", "1 of 8 accounts")
    listed = next(each for each in document.sections if each.key == "accounts")
    (table,) = [block for block in listed.blocks if isinstance(block, Table)]
    assert [row[0].text for row in table.rows] == ["Pembury Telecom"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--owner", "Tom", "--segment", "Enterprize"), ("Did you mean 'Tom Whitfield'?", "Did you mean 'Enterprise'")),
        (("--briefs", "none", "--briefs", "acme"), ("Write --briefs none by itself.",)),
    ],
)
def test_what_cannot_be_chosen_is_told_and_nothing_is_made(
    sample_accounts: Path, tmp_path: Path, arguments: tuple[str, ...], told: tuple[str, ...]
) -> None:
    result = run(sample_accounts, tmp_path / "out", *arguments)
    assert result.exit_code == 2
    for each in told:
        assert each in result.output
    assert not (tmp_path / "out").exists()


def test_a_brief_of_no_account_is_told_with_the_nearest(review: pipeline.Review) -> None:
    with pytest.raises(InputError, match="Did you mean 'pembury'"):
        pipeline._briefs(review, portfolio(review.pictures, {}), pipeline.PortfolioAsked(("pemburi",)))
