"""A SQLite store's copies: made while the bot works, laid back without trusting them blindly.

Rule 1: a name that people give is only ever a whole, checked copy; what is half lies beside it under
another. Rule 2: nothing that was there is destroyed.
"""
