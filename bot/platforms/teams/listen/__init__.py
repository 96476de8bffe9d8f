"""What comes in from Teams, and what goes straight back to whoever acted.

`guard` (a JSON object of a size they send), `porter` (only what the Bot Framework signed for us, with `keys`
that are fetched beside the loop and the SDK that `sdk` shuts in), `edge` (whose tenant it is, on disk, then
answered), `strangers` (who is of another tenant is told so), `repeated` (what nobody waits for is taken once,
and kept while it cannot be saved), `late` (what takes longer than anybody waits), `answers` (the HTTP
answer), `forms` (which forms are open), `writing` (in the place of which messages), `behind` (what a window
leaves in the card it was opened from) and `beside` (the rest).
"""
