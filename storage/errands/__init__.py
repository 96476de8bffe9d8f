"""Errands elsewhere: what was begun and done, what they are worked out from, and who was seen in a team."""
