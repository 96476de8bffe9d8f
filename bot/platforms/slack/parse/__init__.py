"""What Slack sends, read as events. Pure; everything in it is only a claim. Start in `payload`."""
