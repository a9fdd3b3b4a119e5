"""Endless batches: gold, raw text, and text with the teachers' labels."""
import json

import numpy as np

from gold import batches, seeded


def gold_stream(gold, corpora, size, seed):
    """Augmented gold; a corpus named twice counts twice."""
    rng = seeded(seed)
    while True:
        sentences = [gold.augment(s, rng) for name in corpora for s in gold.train[name]]
        yield from batches(sentences, size, rng)


def steadily(stream):
    """A stream as training asks for it, with the share of the training that is done."""
    return lambda _: next(stream)


class Mixture:
    """Batches of labelled text, and `gold_share` of them of gold; from `near_from` of the training on, `near_share` of gold nearest to EWT."""

    def __init__(self, text, gold, near, gold_share, seed, near_from=0.75, near_share=0.6):
        self.text, self.gold, self.near = text, gold, near
        self.gold_share, self.near_from, self.near_share = gold_share, near_from, near_share
        self.rng = seeded(seed)

    def __call__(self, share):
        nearer = share >= self.near_from
        wanted = self.rng.random() < (self.near_share if nearer else self.gold_share)
        return next((self.near if nearer else self.gold) if wanted else self.text)


class Text:
    """The pretraining text; with `words`, the sentences of it that the teachers label, and `soft` their tag probabilities."""

    def __init__(self, work, words=None, longest=60):
        text = np.load(work / 'text.npz')
        self.ids, self.ends = text['ids'], text['ends']
        self.soft = None
        if words is not None:
            self.keep(self.with_names(work, longest), words)

    def __len__(self):
        return len(self.ends)

    def with_names(self, work, longest):
        """Sentences with a capital letter after their first word, and every fourth of the others."""
        types = json.loads((work / 'types.json').read_text(encoding='utf-8'))
        capital = np.array([word[0].isupper() for word in types])[self.ids]
        starts = np.concatenate([[0], self.ends[:-1]])
        capital[starts] = False
        named = np.add.reduceat(capital.astype(np.int64), starts) > 0
        return (named | (np.arange(len(named)) % 4 == 0)) & (self.ends - starts <= longest)

    def keep(self, chosen, words):
        lengths = np.diff(self.ends, prepend=0)
        chosen &= np.cumsum(lengths * chosen) <= words
        self.ids = self.ids[np.repeat(chosen, lengths)]
        self.ends = np.cumsum(lengths[chosen])

    def sentence(self, i):
        start = self.ends[i - 1] if i else 0
        ids = self.ids[start : self.ends[i]].tolist()
        return ids, None if self.soft is None else self.soft[start : self.ends[i]], 0

    def load_soft(self, work):
        self.soft = np.load(work / 'soft.npy', mmap_mode='r')


def text_stream(text, size, seed):
    """Sentences in random order, sorted by length within a pool of them."""
    rng = seeded(seed)
    while True:
        order = list(range(len(text)))
        rng.shuffle(order)
        for start in range(0, len(order), 6000):
            pool = [text.sentence(i) for i in order[start : start + 6000]]
            yield from batches(pool, size, rng)


def soft_stream(sentences, size, seed):
    """Batches of a fixed list, in new order each time."""
    rng = seeded(seed)
    while True:
        yield from batches(sentences, size, rng)
