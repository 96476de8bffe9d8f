"""Activities become events. Pure, and everything in them is only a claim. Start in `activity`."""
