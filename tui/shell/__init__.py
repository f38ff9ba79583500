"""What every screen is made of: one table of actions, from which keys, footer, palette, help and docs come.

It may use dialogs and widgets, and knows no screen: which tables there are is handed in by `tui.apps`.

* `actions`, `action_screen`: the table, and the screen that is made from it
* `port`: what any group of actions may ask of its screen
* `app`, `requests`: the one app, and what a screen asks of it
* `key_origins`: which screen a key was read for, so that it acts on no other
* `palette`, `help`: all actions of a screen, in Textual's palette and under headings
* `workers`: work that goes on beside a screen
* `config`, `themes`: what a moderator may set, and the colours
* `kept`: what is remembered from run to run without being set
* `alert_config`: what is to ring or flash; `filter_config`: filters of one's own
* `away_config`: what they set of chats in other homes, for hubs too
* `clipboard`, `crash`: getting text out, and one line for what failed
"""
