"""One respondent's way through one pack: steps in, a Turn out.

Start in `interpreter.advance`; `path` says which question comes next, `answering` what an answer does.
"""
