"""What the buttons under a check-in do: a form, a word, an answer for all."""
