"""No document or docstring cites a file that is not here."""

import re
from pathlib import Path

import pytest

from tests.paths import ROOT

ELSEWHERE = {"CHANGELOG.md", "PROVENANCE.md"}
"""Pages that also tell of files of other times and other repositories."""

PAGES = sorted(
    page
    for page in (
        *ROOT.glob("*.md"),
        *(page for top in ("docs", "install", "tests") for page in (ROOT / top).rglob("*.md")),
    )
    if ".venv" not in page.parts
)
CODE = sorted(path for top in ("sessions", "tui", "tests") for path in (ROOT / top).rglob("*.py"))
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(#[^)\s]*)?\)")
PLACE = re.compile(r"(?<![\w./-])((?:docs|sessions|tui|tests)/[\w./-]*\w)")
"""A path from the root of the repository."""


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def headings(page: Path) -> set[str]:
    """The anchors of a page, as they are made of its headings."""
    titles = re.findall(r"(?m)^#+ (.+)$", page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        file = page.parent / target
        assert file.exists(), f"{name(page)} links to {target}"
        assert not anchor or anchor[1:] in headings(file), f"{name(page)} links to {target}{anchor}"


@pytest.mark.parametrize("page", [page for page in PAGES if page.name not in ELSEWHERE], ids=name)
def test_every_path_in_a_page_is_there(page: Path) -> None:
    for place in PLACE.findall(page.read_text(encoding="utf-8")):
        assert (ROOT / place).exists() or (ROOT / f"{place}.py").exists(), f"{name(page)} names {place}"


def test_every_page_that_the_code_cites_is_there() -> None:
    for path in CODE:
        for place in re.findall(r"(?<![\w./-])docs/[\w./-]+\.\w+", path.read_text(encoding="utf-8")):
            assert (ROOT / place).exists(), f"{name(path)} names {place}"


@pytest.mark.parametrize("folder", ["use", "develop"])
def test_the_index_names_every_page(folder: str) -> None:
    index = ROOT / "docs" / folder / "README.md"
    linked = {target.partition("/")[0] for target, _ in LINK.findall(index.read_text(encoding="utf-8"))}
    pages = {file.name for file in index.parent.iterdir()} - {"README.md"}
    assert pages <= linked
