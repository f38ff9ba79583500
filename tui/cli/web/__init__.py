"""A desk in a browser of this computer: textual-serve draws it, and what is here lets one browser in and nobody else.

Only `serving` and `desk_process` need the extra `web`; they are imported when `lunchroom web` runs.

* `door`: the one-time address, the cookie that it gives, and from where a browser may call
* `pages`: the page of the desk, and plain ones
* `desk_process`: the `lunchroom join` that is behind a page
* `serving`: the web server on the loopback address
"""
