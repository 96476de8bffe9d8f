"""Plans, rounds, conversations and their answers."""
