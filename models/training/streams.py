"""Endless batches: gold, raw text, and text with the teachers' labels."""
import numpy as np

from gold import batches, seeded


def gold_stream(gold, corpora, size, seed):
    """Augmented gold; a corpus named twice counts twice."""
    rng = seeded(seed)
    while True:
        sentences = [gold.augment(s, rng) for name in corpora for s in gold.train[name]]
        yield from batches(sentences, size, rng)


def mixed(first, second, share, seed):
    """Batches of `first`, and a `share` of them of `second`."""
    rng = seeded(seed)
    while True:
        yield next(second if rng.random() < share else first)


class Text:
    """The pretraining text; `soft` holds the teachers' tag probabilities of the first sentences, word by word."""

    def __init__(self, work):
        text = np.load(work / 'text.npz')
        self.ids, self.ends = text['ids'], text['ends']
        self.soft = None

    def __len__(self):
        return len(self.ends)

    def sentence(self, i):
        start = self.ends[i - 1] if i else 0
        ids = self.ids[start : self.ends[i]].tolist()
        return ids, None if self.soft is None else self.soft[start : self.ends[i]], 0

    def load_soft(self, work):
        self.soft = np.load(work / 'soft.npy', mmap_mode='r')
        labelled = int(np.searchsorted(self.ends, len(self.soft), side='right'))
        self.ends = self.ends[:labelled]


def text_stream(text, size, seed, longest=60):
    """Sentences in random order, sorted by length within a pool of them."""
    rng = seeded(seed)
    while True:
        order = list(range(len(text)))
        rng.shuffle(order)
        for start in range(0, len(order), 6000):
            pool = [text.sentence(i) for i in order[start : start + 6000]]
            yield from batches([s for s in pool if len(s[0]) <= longest], size, rng)


def soft_stream(sentences, size, seed):
    """Batches of a fixed list, in new order each time."""
    rng = seeded(seed)
    while True:
        yield from batches(sentences, size, rng)
