"""home → campaign → pledges → review, and nobody imports the wiring: the contracts in pyproject.toml."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("home", "campaign", "pledges", "review", "config")


def lint(folder: Path) -> subprocess.CompletedProcess:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path):
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_apps_import_only_those_before_them():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("module", "forbidden"),
    [
        ("home/mail.py", "campaign.models"),
        ("campaign/stream.py", "pledges.models"),
        ("pledges/lifecycle.py", "review.models"),
        ("review/apps.py", "config.urls"),
    ],
)
def test_a_forbidden_import_breaks_the_contract(copy, module, forbidden):
    with (copy / module).open("a") as file:
        file.write(f"\nimport {forbidden}\n")
    result = lint(copy)
    assert result.returncode == 1
    assert "BROKEN" in result.stdout
