"""Files of questions written elsewhere: GIFT, Moodle XML, our own grid. Each reader says everything at once."""
