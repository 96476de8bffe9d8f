"""What comes in from Slack, and what goes straight back to whoever acted.

`guard` (only what Slack signed), `bolt` (whose installation), `edge` (on disk, then acknowledged), `answers`,
`beside`. `socket` is the other way in.
"""
