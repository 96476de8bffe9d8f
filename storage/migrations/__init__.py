"""How the store grew: expand, deploy, contract. `env.py` uses the same engine hooks as the program."""
