"""The project's own chores, each run as `python -m tasks.NAME`."""
