"""One question at a time: how a talk starts, moves, shows a form, and holds when two write at once."""
