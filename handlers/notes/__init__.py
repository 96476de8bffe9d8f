"""What becomes a note: words in a thread or said directly, a saved message; changed, raised, guarded."""
