"""How wide the panes of the desk are: by the role that one has, by hand, and as it was the last time.

* `presets`: the layouts there are, and how many cells each pane has in a window. Pure
* `arrangement`: the layout that holds now, and what is kept of it. Pure
* `columns`: the panes side by side, with dividers to drag
* `actions`: the keys, and keeping what was chosen
"""
