"""What the bot remembers; the only folder that knows SQLAlchemy.

Rule 1: Core tables and frozen values, no mapped classes. Rule 2: everything one event changes is
collected by one `UnitOfWork` and written in one transaction, together with what was promised.
Rule 3: nothing is sent, rendered or waited for in here.
"""
