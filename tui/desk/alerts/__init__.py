"""What rings or flashes at a desk because its moderator wants it to, once for each cause.

* `causes`: what there is to alert of at a moment: pure
* `memory`: of what was not alerted yet: pure but for what it remembers
* `desk_alerts`: the bell, the flash and the words
"""
