"""What can be asked and answered: packs as data, checked once when the bot starts."""
