"""Lines of a pane, from data to the terminal: what queue, roster and answers are drawn with.

It may use the text, and knows nothing of chats.

* `line`: a line as pieces, each with the role that its style is chosen by
* `line_list`: a list of single lines whose cursor stays with its item
* `given_size`: a widget whose size is no matter of its content
* `pane_frame`: a border with a title round lines, of which only those that changed are drawn
* `looks`: what a terminal is told of how text looks
* `few_colours`: the colours of a terminal that has 256 or 16, in which all can be read
* `lean_strip`: a line on its way to the terminal, with only the escape codes that change something
* `terminal_image`: what the terminal shows, of which only what is different is sent
* `lean_compositor`: which lines of which widgets are drawn again
* `layered`: a screen over or under others, which draws what changes on those below
"""
