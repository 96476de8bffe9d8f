"""What the bot says before a platform dresses it.

A `Message` is built of blocks named by meaning, never by look. `phrasing/` turns what was decided
(an `Effect`) into one; `gallery/` holds an example of every one; `delivery.py` is the port that
platforms implement. Text in a block is always plain: markup in it means nothing anywhere.
"""
