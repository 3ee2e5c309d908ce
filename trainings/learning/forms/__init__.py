"""What somebody who follows a training sends."""
