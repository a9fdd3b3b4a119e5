"""Gold sentences as type ids and tag ids, with batches and mention replacement."""
import json
import random

import numpy as np

from data import CORPORA, FULL, read_gold, read_uner, spans_of

TAG = {tag: i for i, tag in enumerate(FULL)}


class Gold:
    """`train[corpus]` and `dev`: lists of (type ids, tag ids, corpus number)."""

    def __init__(self, data, work, limit=None):
        types = json.loads((work / 'types.json').read_text(encoding='utf-8'))
        self.types = types
        self.index = {word: i for i, word in enumerate(types)}
        gold = read_gold(data)
        self.train = {name: [self.encode(s, CORPORA.index(name)) for s in gold[name][:limit]] for name in CORPORA}
        self.dev = [self.encode(s, 0) for s in read_uner(data, 'en_ewt.dev')]
        self.mentions = {label: [] for label in ('PER', 'LOC', 'ORG')}
        for name in CORPORA:
            if name != 'litbank':
                for words, tags, _ in self.train[name]:
                    for first, end, label in spans_of([FULL[t] for t in tags]):
                        self.mentions[label].append(words[first:end])

    def encode(self, sentence, corpus):
        words, tags = sentence
        return [self.index[w] for w in words], [TAG[t] for t in tags], corpus

    def lower(self, word):
        return self.index.get(self.types[word].lower(), word)

    def augment(self, sentence, rng, replace=0.25, lower=0.03):
        """The sentence with some mentions replaced by others of their label, and now and then in lower case."""
        words, tags, corpus = sentence
        names = [FULL[t] for t in tags]
        new_words, new_tags, position = [], [], 0
        for first, end, label in spans_of(names):
            if rng.random() >= replace:
                continue
            new_words += words[position:first]
            new_tags += tags[position:first]
            mention = rng.choice(self.mentions[label])
            new_words += mention
            new_tags += [TAG['B-' + label]] + [TAG['I-' + label]] * (len(mention) - 1)
            position = end
        new_words += words[position:]
        new_tags += tags[position:]
        if rng.random() < lower:
            new_words = [self.lower(w) for w in new_words]
        return new_words, new_tags, corpus


def batches(sentences, size, rng, longest=120):
    """Batches of about `size` words, sentences of like length together, in random order."""
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i][0]) * rng.uniform(0.97, 1.03))
    groups, group, words = [], [], 0
    for i in order:
        group.append(sentences[i])
        words += min(len(sentences[i][0]), longest)
        if words >= size:
            groups.append(group)
            group, words = [], 0
    if group:
        groups.append(group)
    rng.shuffle(groups)
    return groups


def pad(rows, value, kind=np.int64, longest=120):
    width = min(longest, max(len(r) for r in rows))
    out = np.full((len(rows), width), value, kind)
    for i, row in enumerate(rows):
        out[i, : min(len(row), width)] = row[:width]
    return out


def seeded(seed):
    return random.Random(seed)
