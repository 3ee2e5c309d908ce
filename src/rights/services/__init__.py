"""What changes a request of erasure, a file to take away or an open session."""
