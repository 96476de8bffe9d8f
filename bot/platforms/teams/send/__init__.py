"""The way out: one attempt a call, in Teams' own pace, one meaning for each refusal. Start in `platform`."""
