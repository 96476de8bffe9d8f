"""Microsoft Graph: what only it can do, each thing by itself and none needed. Lazily imported.

Rule 1: nobody waits for it; `bot.serve.graph` does its errands beside the turns. Rule 2: the SDK is heavy
(a second and 80 MB at its first call) and lives in a thread of its own. Rule 3: one attempt a call; when
to try again is the errand's to decide. Rule 4: our token goes to the one host that the settings name.
"""
