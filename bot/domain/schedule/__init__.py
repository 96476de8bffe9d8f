"""When something recurs, and the Swedish that says so.

`recurrence` is the rule, and `due` what becomes of every occasion.

`phrase` reads a wish, in this order: `tidying` makes it plain, `words` cuts it, `said` holds what it names,
and `doubts` asks about what is not clear; `lov`, `excepted`, `one_thing` and `which_of_two` each know one
kind of doubt. What is clear `clock` and `terms` help to read. The question that comes back is an `ask`, and
`buttons` says what it may offer.

`speech` says a rule again, so that it can be read. `one_day` reads a single day.
"""
