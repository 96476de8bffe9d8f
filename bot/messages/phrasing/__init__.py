"""From what was decided to what is said: one file a topic, one `phrase` in each, a `match` to the end."""
