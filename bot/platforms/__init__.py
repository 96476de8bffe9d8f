"""One folder per platform, the same four verbs in each: listen, parse, render, send.

No folder knows another. What two of them need stands here, a file for each thing, and knows none of them:

- what comes in: `door` (a request's bounds), `payloads` (claims, piece by piece), `legible` (text), `copies`
  (what is told twice), `unsaved` (what waits for the store), `filling` (a form that is shown again);
- what goes out: `pace` (how fast), `troubles` (refusals), `trails` (what stands already), `cutting` (long
  text), `links` (where they lead), `spoken` (the platforms' few own sentences in English);
- who we are: `entra` (a token); what IT is told: `finding`.
"""
