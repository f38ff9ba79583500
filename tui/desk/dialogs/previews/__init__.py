"""What goes out is shown first.

* `waking`: a preview takes no Enter before it was seen
* `announce_dialog`: what people elsewhere are told
"""
