"""Who is who, read whole and kept."""
