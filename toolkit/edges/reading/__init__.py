"""What comes back: looked at, read in processes apart, every cell told."""
