"""Asking an arbetslag: what is due, the round and its message, the private reminder."""
