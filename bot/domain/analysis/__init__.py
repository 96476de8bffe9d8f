"""The orsaksanalys: causes as hypotheses, their strength, and what the arbetslag agreed on."""
