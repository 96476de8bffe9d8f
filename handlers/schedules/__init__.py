"""`/avstämning`: a time said in Swedish, its dates shown, kept after a yes, changed later."""
