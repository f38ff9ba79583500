"""The clock of the hour: what is said of it, and how loud.

It may use the text and what is pure in `sessions`.

* `saying`: the phase and the time in words, and which keys help now: pure
* `fitting`: those words in the room there is, on one line or on three
* `digits`: time in digits that are three rows high
* `countdown`: the widget
"""
