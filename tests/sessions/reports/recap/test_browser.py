"""The HTML recap in a real browser: headless Chromium, where there is one."""

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from lxml.html import document_fromstring

from sessions.core.events import QuestionAsked
from sessions.core.posts import Filed
from sessions.reports.recap import build_recap, render
from tests.sessions.core.building import Chat, a_plan
from tests.sessions.reports.recap.chats import recorded_state

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium here: `apt-get install chromium` on Debian, as .ci/run does, brings one"
)

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip


def run(tmp_path: Path, page: str, *flags: str) -> str:
    """What Chromium says of the page, which lies in a file; it has a fresh profile."""
    file = tmp_path / "page.html"
    file.write_text(page, encoding="utf-8")
    assert CHROMIUM is not None
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    done = subprocess.run(
        [CHROMIUM, *FLAGS, profile, *flags, file.as_uri()], capture_output=True, check=True, timeout=90
    )
    return done.stdout.decode()


def framed(page: str, width: int) -> str:
    """A page with a script that writes down how the recap in its frame is laid out, `width` CSS pixels wide."""
    escaped = page.replace("&", "&amp;").replace('"', "&quot;")
    return f"""<!DOCTYPE html><iframe id=f style="width:{width}px;height:844px;border:0" srcdoc="{escaped}"></iframe>
<script>document.getElementById("f").onload = event => {{
  const inside = event.target.contentDocument, view = event.target.contentWindow;
  const style = (of, name) => view.getComputedStyle(inside.querySelector(of))[name];
  document.body.dataset.scroll = inside.documentElement.scrollWidth;
  document.body.dataset.columns = style(".numbers", "gridTemplateColumns").split(" ").length;
  document.body.dataset.size = style(".posts .text", "fontSize");
  document.body.dataset.chart = inside.querySelector("svg.busy").getBoundingClientRect().width;
  document.body.dataset.scripts = inside.scripts.length;
}};</script>"""


def tags_of(page: str) -> list[str]:
    """The start tags as they are written; this parser corrects nothing."""
    tags: list[str] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, _: tags.append(tag)  # type: ignore[method-assign]
    parser.feed(page)
    return tags


@pytest.fixture(scope="module")
def page() -> str:
    return render(build_recap(recorded_state(), "abcdef"), "html")


def test_the_browser_reads_the_page_as_it_is_meant(tmp_path: Path, page: str) -> None:
    found = tags_of(run(tmp_path, page, "--dump-dom"))
    assert found == tags_of(page), "no tag was closed, moved or added by the parser"


@pytest.mark.parametrize(("width", "columns"), [(390, 2), (1200, 4)])
def test_it_fits_a_phone_and_a_desktop(tmp_path: Path, page: str, width: int, columns: int) -> None:
    dom = run(tmp_path, framed(page, width), "--dump-dom", f"--window-size={width + 100},900")
    body = document_fromstring(dom).body
    assert int(body.get("data-scroll")) <= width, "nothing is to be scrolled sideways"
    assert int(body.get("data-columns")) == columns
    assert float(body.get("data-size").removesuffix("px")) >= 16
    assert 300 <= float(body.get("data-chart")) <= 600


def test_one_endless_word_does_not_widen_a_phone(tmp_path: Path) -> None:
    chat = Chat()
    chat.post("A1: " + "stations" * 200, handle="x" * 80)
    page = render(build_recap(chat.state, "k3f9qa"), "html")
    dom = run(tmp_path, framed(page, 390), "--dump-dom", "--window-size=500,900")
    body = document_fromstring(dom).body
    assert int(body.get("data-scroll")) <= 390


def test_no_script_of_a_post_runs(tmp_path: Path) -> None:
    chat = Chat()
    chat.post("A1: <script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">")
    dom = run(tmp_path, render(build_recap(chat.state, "k3f9qa"), "html"), "--dump-dom")
    assert document_fromstring(dom).findtext(".//title") == "Stations that work"


def test_it_prints(tmp_path: Path, page: str) -> None:
    pdf = tmp_path / "recap.pdf"
    run(tmp_path, page, "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
    data = pdf.read_bytes()
    assert data.startswith(b"%PDF-")
    pages = max(int(count) for count in re.findall(rb"/Type /Pages\s*/Count (\d+)", data))
    assert 4 <= pages <= 20, "an hour on a reasonable stack of paper"


def long_hour(questions: int, longest: int) -> str:
    """A recap of many questions, their answers of up to so many words, so that pages end at any place among them."""
    chat = Chat(a_plan(questions))
    for number in range(1, questions + 1):
        chat.hear(QuestionAsked, question=f"q{number}", seconds=60)
        for answer in range(1 + number % 4):
            words = " stations of learning" * ((number * 7 + answer * 3) % longest)
            chat.post(f"Here{words}", handle=f"teacher{number % 9}", filed=Filed(f"q{number}", "label"))
    return render(build_recap(chat.state, "k3f9qa"), "html")


@pytest.mark.parametrize("longest", [12, 80])
def test_a_question_stays_with_its_answers_in_print(tmp_path: Path, longest: int) -> None:
    """Links to both make Chromium write into the PDF which of its pages each is on."""
    questions = 60
    numbers = iter(range(1, questions + 1))
    page = re.sub(
        r'<ul class="posts">\s*<li',
        lambda found: f'{found[0]} id="first-{next(numbers)}"',
        long_hour(questions, longest),
    )
    links = "".join(f'<a href="#question-{one}">.</a> <a href="#first-{one}">.</a> ' for one in range(1, questions + 1))
    pdf = tmp_path / "recap.pdf"
    run(tmp_path, page.replace("<footer>", f"<footer>{links}"), "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
    pages = dict(re.findall(rb"/((?:question|first)-\d+) \[(\d+ 0 R)", pdf.read_bytes()))
    assert len(pages) == 2 * questions
    assert len(set(pages.values())) > 10
    apart = [one for one in range(1, questions + 1) if pages[b"question-%d" % one] != pages[b"first-%d" % one]]
    assert apart == []
