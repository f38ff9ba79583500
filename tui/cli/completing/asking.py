"""How a shell asks: by variables of the environment, which are looked for at each start of the program."""

from typing import Literal, get_args

VARIABLE = "LUNCHROOM_COMPLETE"
"""Set where a shell asks, to the name of the shell."""

WORD = "LUNCHROOM_WORD"
"""What there is of the word at the cursor; the words before it are the program's arguments."""

Shell = Literal["bash", "zsh", "fish", "powershell"]
SHELLS: tuple[Shell, ...] = get_args(Shell)
