"""What changes reminders: plans set, started, paused; batches and digests sent."""
