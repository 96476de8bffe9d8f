"""Personal data in free text: found before anything is saved, then changed, masked or kept with a reason."""
