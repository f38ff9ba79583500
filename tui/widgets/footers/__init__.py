"""The line of keys at the foot of a screen.

They may use what `tui.widgets` may.

* `steady_footer`: all keys with a word, for screens with one place to be at
* `pane_footer`: those of the pane in focus, as many as fit
"""
