"""WHAT THE BOT SAYS. No programmer is needed here: change a YAML file, and start the bot.

- Everything a person reads stands in this folder, never in the code: the school's Swedish in `sv`.
- `en/` holds the same in English, for who chose to read it alone; a channel reads the school's. There
  `packs/*.yaml` and `cycles/*.yaml` hold nothing but words, by the key of the question or the phase.
- `sv/packs/*.yaml` hold the questions: one file, one pack. `_words.yaml` holds the words all packs share.
- A question is at most 140 characters, says "ni", asks one thing and has one question mark.
- Ask what works before what worries. Never ask why somebody did not do something.
- Every question has a way out: not `required`, or `dont_know: true`. Only few may have neither.
- Free text always says in `help` that it is about the teaching and the group, never about single
  children or pupils. A short field (`longest` under 200) for a name or a time may leave that out.
- Raise `version` when a question changes its meaning. A corrected spelling needs no new version.

The bot refuses to start with a pack that cannot work, and names the file and the field.
"""
