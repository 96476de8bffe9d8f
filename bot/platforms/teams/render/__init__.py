"""Messages and forms become Adaptive Cards. Pure. Start in `message` and `forms`; `limits` counts again.

People's words stand in `TextRun`, which reads no markup. Where a card has only Markdown to offer (a
heading, a fact, a choice), words stand there if they are tame (`escape.is_tame`); else what is tame of
them stands there, and the whole in rich text beside it.
"""
