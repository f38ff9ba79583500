"""The script of each shell, and where a shell finds it. None of them evaluates anything that it is given."""

import os
from pathlib import Path
from typing import NamedTuple

import platformdirs

from sessions.files.homes import own_folder
from sessions.words import _
from tui.cli.completing.asking import SHELLS, Shell

_BASH = """\
_lunchroom() {
    local IFS=$'\\n'
    COMPREPLY=($(LUNCHROOM_COMPLETE=bash LUNCHROOM_WORD="${COMP_WORDS[COMP_CWORD]}" \\
        "$1" "${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null </dev/null))
}
complete -o default -F _lunchroom lunchroom
"""  # words: a script

_ZSH = """\
#compdef lunchroom
_lunchroom() {
    local -a found
    found=(${(f)"$(LUNCHROOM_COMPLETE=zsh LUNCHROOM_WORD="${words[CURRENT]}" \\
        ${words[1]} "${(@)words[2,CURRENT-1]}" 2>/dev/null </dev/null)"})
    if (( ${#found} )); then _describe lunchroom found; else _files; fi
}
if [[ "${funcstack[1]}" == "_lunchroom" ]]; then _lunchroom "$@"; else compdef _lunchroom lunchroom; fi
"""  # words: a script

_FISH = """\
function __lunchroom
    set -l words (commandline -opc)
    set -lx LUNCHROOM_COMPLETE fish
    set -lx LUNCHROOM_WORD (commandline -ct)
    set -l found ($words[1] $words[2..-1] 2>/dev/null </dev/null)
    if test (count $found) -gt 0
        printf '%s\\n' $found
    else
        __fish_complete_path $LUNCHROOM_WORD
    end
end
complete --command lunchroom --no-files --arguments '(__lunchroom)'
"""  # words: a script

_POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName lunchroom -ScriptBlock {
    param($word, $line, $cursor)
    $words = @($line.CommandElements | ForEach-Object { $_.ToString() })
    $last = if ($word) { $words.Count - 2 } else { $words.Count - 1 }
    $before = if ($last -ge 1) { $words[1..$last] } else { @() }
    $Env:LUNCHROOM_COMPLETE = 'powershell'
    $Env:LUNCHROOM_WORD = $word
    try {
        & $words[0] @before 2>$null | ForEach-Object {
            $value, $help = $_ -split "`t", 2
            if (-not $help) { $help = $value }
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $help)
        }
    } finally {
        Remove-Item Env:LUNCHROOM_COMPLETE, Env:LUNCHROOM_WORD
    }
}
"""  # words: a script

SCRIPTS: dict[Shell, str] = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH, "powershell": _POWERSHELL}


class Place(NamedTuple):
    """Where the script of a shell is put, and what is left to do, in words."""

    path: Path
    then: str


def place_of(shell: Shell) -> Place:
    """The place of this shell's script in the home of whoever runs this. Raises `NoHome`."""
    home = own_folder(Path.home)
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    own = own_folder(lambda: platformdirs.user_data_path("lunchroom", appauthor=False))
    match shell:
        case "bash":
            path = data / "bash-completion" / "completions" / "lunchroom"
            then = _(
                "It works in a new terminal. If not, bash-completion is not installed: add to ~/.bashrc: . '{path}'"
            ).format(path=path)
        case "zsh":
            path = own / "completion.zsh"
            then = _("Add this line at the end of ~/.zshrc, behind `compinit`: . '{path}'").format(path=path)
        case "fish":
            path = config / "fish" / "completions" / "lunchroom.fish"
            then = _("It works in a new terminal.")
        case "powershell":
            path = own / "completion.ps1"
            then = _("Add this line to your profile (`notepad $PROFILE`): . '{path}'").format(path=path)
    return Place(path, then)


def this_shell() -> Shell | None:
    """The shell that the account begins with; None where that cannot be told."""
    if os.name == "nt":
        return "powershell"
    name = Path(os.environ.get("SHELL", "")).name
    return next((shell for shell in SHELLS if shell == name), "powershell" if name == "pwsh" else None)
