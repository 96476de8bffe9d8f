"""The way out: one session, in Slack's own pace, one meaning for each refusal. Start in `platform`."""
