"""How a session looks: the `lunchroom` command and its screens. It uses `sessions`, never the other way round.

Each floor rests on those below it; `pyproject.toml` has the contracts, which CI checks.

* `cli`: the commands
* `apps`: each program's first screen, and what leads where
* `plain`: a chat in plain lines, for who cannot see a screen and for scripts
* `library`, `growth`, `replay`: screens that know no other
* `desk`: the screen of a live chat; a replay shows its panes
* `shell`: what every screen is made of
* `dialogs`: dialogs that several screens share
* `widgets`: panes and lines
* `text`: text on the screen, in words and cells
* `language`: the language in which it speaks; chosen here, before anything says a word
"""

from tui.language.speaking import speak

speak()
