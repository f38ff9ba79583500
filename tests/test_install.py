"""What an install needs, and what is said of it.

iroh comes wherever it has a wheel, and nowhere else, so that all the rest can be installed.
"""

import re
import sys
import tomllib
from pathlib import Path

import pytest
from hatchling.metadata.core import ProjectMetadata
from hatchling.plugin.manager import PluginManager
from packaging.requirements import Requirement

from sessions.hub.away.endpoint import unavailable
from tests.installs.ways import WAYS
from tests.paths import ROOT
from tui.cli import run
from tui.cli.findings.away import away_findings

sys.path.insert(0, str(ROOT))
from hatch_build import dependencies

LISTED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["metadata"]["hooks"]["custom"]


def needed(soabi: str, **machine: str) -> set[str]:
    """The libraries that pip looks for on such a machine."""
    wanted = map(Requirement, dependencies(LISTED, soabi))
    return {one.name for one in wanted if one.marker is None or one.marker.evaluate(dict(machine))}


@pytest.mark.parametrize(
    ("soabi", "system", "chip", "comes"),
    [
        ("cpython-311-x86_64-linux-gnu", "linux", "x86_64", True),
        ("cpython-313-aarch64-linux-gnu", "linux", "aarch64", True),
        ("cpython-312-darwin", "darwin", "arm64", True),
        ("cp311-win_amd64", "win32", "AMD64", True),
        ("cpython-311-x86_64-linux-musl", "linux", "x86_64", False),
        ("cpython-311-aarch64-linux-musl", "linux", "aarch64", False),
        ("cpython-312-darwin", "darwin", "x86_64", False),
        ("cp311-win_arm64", "win32", "ARM64", False),
        ("cpython-311-arm-linux-gnueabihf", "linux", "armv7l", False),
    ],
)
def test_iroh_comes_where_it_has_a_wheel(soabi: str, system: str, chip: str, *, comes: bool) -> None:
    found = needed(soabi, sys_platform=system, platform_machine=chip)
    assert ("iroh" in found) is comes
    assert {"textual", "httpx", "tinydb"} <= found


def test_the_metadata_that_installers_read_have_it() -> None:
    metadata = ProjectMetadata(str(ROOT), PluginManager())
    assert any(one.startswith("iroh") for one in metadata.core.dependencies)
    assert any(one.startswith("textual==") for one in metadata.core.dependencies)


def test_an_index_shows_the_readme_without_what_is_only_in_the_repository() -> None:
    shown = ProjectMetadata(str(ROOT), PluginManager()).core.readme
    assert "docs/use/plan.md" in shown
    assert "![" not in shown
    assert "<!--" not in shown
    assert not re.findall(r"\]\((?!https?:)", shown)


def test_the_page_on_installing_has_each_way_that_is_tried() -> None:
    page = (ROOT / "docs" / "use" / "install.md").read_text("utf-8")
    for way in WAYS:
        assert all(f"`{line}`" in page for line in (*way.install, f"{way.run} demo")), way.name
        assert f"| {way.name.partition(',')[0]} |" in page


def test_the_matrix_has_each_python_that_is_promised_and_runs_only_what_is_pinned() -> None:
    workflows = [path.read_text("utf-8") for path in (ROOT / ".github" / "workflows").iterdir()]
    classifiers = ProjectMetadata(str(ROOT), PluginManager()).core.classifiers
    promised = {one.rpartition(" ")[2] for one in classifiers if re.search(r":: 3\.\d+$", one)}
    tried = re.search(r"python: \[(.+)\]", "\n".join(workflows))
    assert tried
    assert promised
    assert promised <= set(re.findall(r"3\.\d+", tried[1]))
    for workflow in workflows:
        assert workflow.startswith("# Not run yet")
        assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", used) for used in re.findall("uses: (.+)", workflow))


@pytest.fixture
def without_iroh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A computer on which it cannot be imported; the folder of its account."""
    monkeypatch.setitem(sys.modules, "iroh", None)
    for name in (
        "HOME",
        "XDG_CONFIG_HOME",
        "XDG_STATE_HOME",
        "XDG_DATA_HOME",
        "LUNCHROOM_RUNTIME",
        "LUNCHROOM_LIBRARY",
    ):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    return tmp_path


@pytest.mark.usefixtures("without_iroh")
def test_without_it_one_line_says_what_works_instead() -> None:
    words = unavailable()
    assert "\n" not in words
    assert words.startswith("Two homes do not work here. Sit at one computer, or come to it over ssh")
    assert [(one.ok, one.words) for one in away_findings(trying=True)] == [(True, words)]


def test_without_it_a_chat_for_two_homes_is_refused_in_that_line(
    without_iroh: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = without_iroh / "plan.toml"
    text = 'title = "X"\nstarts = 2026-12-01T20:00:00\ntimezone = "UTC"\n[[questions]]\ntext = "Why?"\n'
    plan.write_text(text, encoding="utf-8")
    assert run(["serve", str(plan), "--away", "--json"]) == 1
    assert "come to it over ssh" in capsys.readouterr().err
