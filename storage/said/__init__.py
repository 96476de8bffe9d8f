"""Notes, analyses and what is made of them; and how they are forgotten."""
