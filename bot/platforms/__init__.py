"""One folder per platform, the same four verbs in each: listen, parse, render, send."""
