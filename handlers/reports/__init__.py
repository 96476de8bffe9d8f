"""What is shown of what was said: `/nuläge`, the weekly summary, `/sök`."""
