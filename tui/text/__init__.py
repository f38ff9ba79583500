"""Text on the screen: the one door for what comes from outside, and how things are said.

It may use Textual's and Rich's text and what is pure in `sessions`, and no widget.

* `outside`: the one door; whatever did not come through it may not reach the screen
* `taming`: what that door does to a text, for the command line, too, and what terminals of few letters are shown
* `letters`: a terminal whose encoding has few letters
* `browser`: whether it is drawn in a browser
* `cells`: how many cells a text takes, where terminals disagree
* `wrapping`: word wrap by cells
* `wording`: times, amounts and failures in words; `days`, `day_names`: moments and lengths of a
  slow chat
* `records`: what is told before something is removed for good
* `sources`, `postings`: how sources fare and posts stand, in words and signs
* `styles`: styles that several kinds of text share
"""
