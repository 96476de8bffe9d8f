"""Microsoft Teams: what its activities say, and how a message looks there. Nobody outside names its parts.

The four verbs, a folder each: `listen` → `parse` (pure) … `render` (pure) → `send`. `install` says who
we are where. `serve` puts them together.
"""
