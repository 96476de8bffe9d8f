"""Errands elsewhere, as a school's work asks for them: times in a calendar, files, lines in a feed.

Rule 1: what should be there is worked out anew from the store each time; nothing of it is remembered here.
Rule 2: nothing is done elsewhere from here: whoever does it says how it went, and what people hear of it
is promised in that same transaction. Rule 3: nothing is put where somebody reads it who may not.
"""
