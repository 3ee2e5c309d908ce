"""What people type about ideas, read and checked before one service is called."""
