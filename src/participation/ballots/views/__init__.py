"""Pages of ballots: what voters, readers, organisers and key holders see."""
