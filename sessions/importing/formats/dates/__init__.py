"""Dates, times of day and zones as exports write them. Pure.

* `times`: times in their usual forms
* `calendar_words`: months, weekdays and what stands between, in many languages
* `zones_said`: zones, and words for them
"""
