"""Following a track: where one stands in each module, answers of one's own, what ends a track."""
