"""The composition for real work: settings in, a bot served over HTTP and Socket Mode out."""
