"""The log is set up as in the program: what a test prints when it fails quotes nobody."""

import logging

from bot.runtime.logs import set_up_logs

set_up_logs(level=logging.WARNING)
