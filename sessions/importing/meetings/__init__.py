"""What is pasted: answers by hand, and the chats that meetings save and that people copy.

Text only: what an answer belongs to is not known here.

* `pasted`: a paste taken apart into answers and what is none, and why
* `heads`: how messages begin
* `remarks`: what of a message is no answer
"""
