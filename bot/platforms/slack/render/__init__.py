"""What a message and a form look like in Slack. Pure. Start in `message`; `limits` counts again."""
