"""Where the bot may speak: let in, tied to an arbetslag, shut out, and what did not arrive there."""
