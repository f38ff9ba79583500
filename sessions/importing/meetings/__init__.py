"""What is pasted: answers by hand, and the chats that meetings save and that people copy.

Text only: what an answer belongs to is not known here.

* `pasted`: a paste taken apart into answers and what is none, and why
* `forms`: which form it is in
* `heads`, `copied`: how messages begin where each shows its form, and where names and times stand alone
* `spoken_when`: the times beside names, in many languages
* `remarks`: what of a message is no answer
"""
