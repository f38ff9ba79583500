"""What a first `config.toml` says: everything that can be set, each line of it turned off."""

SAMPLE = """\
# Lunchroom reads this file when it starts. A line that begins with # is turned off: take the # away to turn it on.
# `lunchroom config` shows what holds, and each mistake with its line.

# theme = "lunchroom-light"      # or "lunchroom", or another: Ctrl+P, then Theme, lists them and keeps your choice
# language = "es"               # of the desk and its commands: "en" or "es"; else it is that of your computer
# bell = true                    # the last minute and the end of each question, by bell and flash
# keep_months = 12               # after which `lunchroom doctor` lists a saved chat as old
# keep_years = 7                 # for how long chats have to be kept whose plan says nothing of it; 0: always

[keys]                           # names of actions are in docs/use/keys.md
# next = "f5"
# delete_chat = "ctrl+d,f8"

[alerts]                         # "bell", "flash" or "both"; those that wait take minutes, too
# last_minute = "flash"
# over = "both"
# newcomer_waits = 5
# network_silent = 10
# muted_words = "bell"

[filters]                        # lines in the language of the find key, listed where answers are chosen
# "new with links" = "is:new has:link"

[announce]                       # secret addresses, by names that plans use (docs/use/announcing.md)
# staff = "workflows://..."      # a Teams workflow; also slack://, discord://, mailtos://

[away]                           # chats between two homes
# computer = "Ben's kitchen"
# relay = "none"                 # contacts nobody; or the https:// address of a relay of your own
"""
