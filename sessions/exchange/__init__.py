"""The exchange of saved chats: what two libraries lack of each other, and taking it in.

It may use `core` and `library`, and knows no HTTP: hub and client carry what it is given.

* `differences`: what one library has that the other lacks. Pure
* `receiving`: a chat, or what was noted about people, taken in
"""
