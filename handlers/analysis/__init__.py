"""`/orsaksanalys`: pick a result, talk it through in `handlers.conversations`, agree on the causes."""
