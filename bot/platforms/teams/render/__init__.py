"""Messages and forms become Adaptive Cards. Pure. Start in `message` and `forms`; `limits` counts again.

People's words stand in `TextRun`, which reads no markup. Where a card has only Markdown to offer, a heading
and a fact take words that are tame (`escape.is_tame`), and give way to rich text for others. A label and a
choice have nothing to give way to: there words are made inert (`escape.inert`), so each is said once.
"""
