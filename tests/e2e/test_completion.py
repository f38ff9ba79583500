"""Tab in a real shell, with the script that `lunchroom completion` prints."""

import os
import shutil
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are of Unix", allow_module_level=True)

from tests.e2e.terminal import Terminal, home, lunchroom
from tests.paths import ROOT
from tests.tui.libraries import save_chat

BASH = shutil.which("bash")


@pytest.mark.skipif(BASH is None, reason="no bash here")
def test_bash_completes_commands_chats_and_plans(tmp_path: Path) -> None:
    env = home(tmp_path, os.environ)
    library = Path(env["LUNCHROOM_LIBRARY"])
    library.mkdir()
    chat = save_chat(library, 0, title="Ours").stem.rpartition("-")[2]
    (tmp_path / "stations.toml").write_text("")
    (tmp_path / "notes.txt").write_text("")
    script = tmp_path / "script"
    script.write_text(lunchroom(env, "completion", "bash").stdout)

    assert BASH is not None
    shell = Terminal(["--norc", "--noprofile"], {**env, "PS1": "$ ", "PYTHONPATH": str(ROOT)}, program=[BASH])
    shell.wait_for("$")
    shell.child.send(f'cd "{tmp_path}"; lunchroom() {{ "{sys.executable}" -m tui "$@"; }}; . ./script; clear\n')
    shell.wait_for(lambda text: text.strip() == "$")
    for typed, completed in (
        ("lunchroom libr\t", "lunchroom library"),
        (f"lunchroom recap {chat[:3]}\t", f"lunchroom recap {chat}"),
        ("lunchroom check \t", "lunchroom check stations.toml"),
        ("lunchroom host --ro\tgr\t", "lunchroom host --role greeter"),
        ("lunchroom recap latest --output no\t", "lunchroom recap latest --output notes.txt"),
    ):
        shell.child.send(typed)
        shell.wait_for(completed)
        shell.child.send("\x15")
    shell.close()
