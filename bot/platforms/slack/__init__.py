"""Slack: what its payloads say, and how a message looks there. Nothing outside this folder names Slack's parts."""
