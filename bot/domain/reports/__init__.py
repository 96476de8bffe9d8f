"""What many notes say together: the current state, the week, and what a search finds."""
