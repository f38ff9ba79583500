"""What a Lunchroom session is, wherever it is shown. Nothing here knows a screen.

Each room rests on those below it; `pyproject.toml` has the contracts, which CI checks.

* `hub`: a chat while it runs
* `records`: a series as files for who keeps records
* `importing`, `exchange`, `rehearsal`, `replay`, `reports`, `publishing`: what is done with chats, none knowing another
* `library`: the saved chats
* `networks`: what each network needs to be read from and posted to
* `files`: what every file of ours rests on
* `core`: what a session is; pure
* `words`: how a sentence for people is said in the language of the program; pure
"""
