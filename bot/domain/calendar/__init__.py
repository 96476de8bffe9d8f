"""The school's year: terms, lov, red days, local days off, and the files they arrive in."""
