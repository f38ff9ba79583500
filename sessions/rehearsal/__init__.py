"""The practice source: an invented cast, recordings and saved sessions, re-enacted without a network or an account.

It may use `core`, the protocols of a source in `networks`, and reads session files of `library`.

* `practice`: the source that a plan's `practice` stands for
* `cast`, `cast_scene`, `cast_script`, `cast_text`: the invented teachers, and what they say when (`cast.toml`)
* `recording`, `recorded`: a recorded chat and its hosts, and the source that re-enacts it
* `steady`: a recording by the clock, over days, for a channel
* `pace`: chat time, which may run faster than the clock on the wall
* `chat_file`, `saved_session`: recordings from a file of posts, and from a session file
"""
