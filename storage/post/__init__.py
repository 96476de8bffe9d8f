"""What came in and what goes out: the inbox, the outbox and the courier's side of it."""
