"""What saved sessions tell afterwards, and what reads the library for it.

It may use `core`, `library`, and of `networks` the prices; `recap`, `growth` and `credit` are pure and know no file.

* `digest`: which posts of a channel a recap is of
* `recap`: what goes to the blog and the teachers after a chat
* `saved_recap`: the recap of a saved chat, with what the library knows
* `recap_people`: what the library says of the people of a chat whose recap is made
* `growth`: the numbers of a series of chats
* `series_growth`: all saved chats of a series read for it
* `credit`: who took part, and certificates for credit hours; `credit_chats`: the saved chats read for it
* `calendar_file`: a chat as an entry for calendars
* `reading_cost`: what reading the next chat is likely to cost
* `csv_cells`: cells that no spreadsheet takes for a formula
"""
