"""The wheel carries everything; the command works outside the checkout and without libraries it does not need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

_BLOCK = """
import sys
for name in {blocked!r}:
    sys.modules[name] = None
sys.argv = ["qbrgen", *{arguments!r}]
from qbrgen.cli.main import main
main()
"""


def _python(code: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with qbrgen as a wheel installs it: no checkout beside it."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    subprocess.run(
        [*pip, "install", "--no-deps", "--no-index", "--target", str(folder / "site"), str(wheel)],
        check=True,
        capture_output=True,
    )
    return folder / "site"


def test_an_installed_qbrgen_makes_a_deck_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run = subprocess.run(
        [sys.executable, "-m", "qbrgen", "deck", "acme", "-w", str(ROOT / "sample_accounts"), "--out", str(out)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert (out / "for-customers" / "acme-2026-Q3-qbr.pptx").is_file()
    where = subprocess.run(
        [sys.executable, "-c", "import qbrgen.resources as r; print(r.templates_dir(), r.themes_dir())"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert all(Path(path).is_relative_to(installed) for path in where.stdout.split()), where.stdout


def test_the_wheel_carries_templates_themes_and_the_type_marker(installed: Path) -> None:
    package = installed / "qbrgen"
    assert (package / "templates" / "wording" / "en" / "statements.yml").is_file()
    assert (package / "themes" / "halyard" / "_brand.yml").is_file()
    assert (package / "py.typed").is_file()


HEAVY = (
    "pandas",
    "numpy",
    "ibis",
    "duckdb",
    "pptx",
    "weasyprint",
    "matplotlib",
    "pydantic",
    "babel",
    "jinja2",
    "scipy",
)


def test_help_imports_none_of_the_heavy_libraries() -> None:
    run = _python(f"import sys, qbrgen.cli.main; print([m for m in {HEAVY!r} if m in sys.modules])")
    assert run.stdout.strip() == "[]", run.stdout + run.stderr


def test_importing_the_public_api_imports_none_of_the_rendering_libraries() -> None:
    code = (
        "import sys; from qbrgen import score_account, load_workspace, measure_events; "
        "print([m for m in ('pptx', 'weasyprint', 'matplotlib') if m in sys.modules])"
    )
    assert _python(code).stdout.strip() == "[]"


@pytest.mark.parametrize("arguments", [["deck", "acme"], ["check"]])
def test_what_needs_no_pdf_works_without_weasyprint_and_matplotlib(arguments: list[str], tmp_path: Path) -> None:
    place = ["-w", str(ROOT / "sample_accounts")] + (["--out", str(tmp_path)] if arguments[0] == "deck" else [])
    code = _BLOCK.format(blocked=["weasyprint", "matplotlib"], arguments=[*arguments, *place])
    run = _python(code, cwd=tmp_path)
    assert run.returncode == 0, run.stderr


def test_summaries_need_no_rendering_library_at_all(tmp_path: Path) -> None:
    arguments = ["summary", "-w", str(ROOT / "sample_accounts")]
    run = _python(_BLOCK.format(blocked=["weasyprint", "matplotlib", "pptx"], arguments=arguments), cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "quota-carrying reps" in run.stdout
