"""What the engine says when a move can't be made: each carries a sentence a person can act on."""


class TransitionNotAllowed(Exception):
    """The subject isn't where this move starts (any more). A wrong person reads PermissionDenied instead."""

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self):
        return str(self.sentence)


class ConditionNotMet(TransitionNotAllowed):
    """A registered guard refuses the move for now; the sentence is the guard's own."""


class ProcessRefused(Exception):
    """A process can't be activated, copied or adopted as asked; ``sentences`` tells every reason at once."""

    def __init__(self, sentences):
        self.sentences = [str(sentence) for sentence in sentences]
        super().__init__(" ".join(self.sentences))
