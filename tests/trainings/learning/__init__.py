"""Following a training."""
