"""Sentences (type ids) as inputs of the two families. A word's pieces never depend on its neighbours."""
import numpy as np
import torch

from data import FULL, SCHEMES, TO_SIMPLIFIED
from gold import pad
from vocab import T5_SPECIAL, Pieces

TAG_ID = {tag: T5_SPECIAL.index(f'<{tag}>') for tag in FULL + ['B', 'I']}
# Pieces of a word kept in training: one long URL would widen a whole batch.
LONGEST_WORD = 6
SIMPLE_ID = {'O': TAG_ID['O'], 'B': TAG_ID['B'], 'I': TAG_ID['I']}
SCHEME_TAG_IDS = {'full': [TAG_ID[t] for t in FULL], 'simplified': [SIMPLE_ID[t] for t in SCHEMES['simplified']]}


class TypeEncoder:
    """Pieces of each word type; rare words are sometimes split although they have a piece, to teach the parts."""

    def __init__(self, types, pieces, common=20000):
        self.types, self.pieces, self.common = types, Pieces(pieces), common
        self.split = {'bert': {}, 't5': {}}

    def __call__(self, word, family, rng=None, split=0.0):
        if split and word >= self.common and rng.random() < split:
            cache = self.split[family]
            if word not in cache:
                cache[word] = getattr(self.pieces, family)(self.types[word], whole=False)
            return cache[word][:LONGEST_WORD]
        pieces = getattr(self.pieces, family)(self.types[word])
        return pieces[:LONGEST_WORD] if rng else pieces


def bert_batch(sentences, encoder, rng, split=0.0, hide=0.0, longest=200):
    """ids, mask [batch, pieces]; place [batch, words] of first pieces; hidden (row, column, id) for the masked head."""
    rows, places, hidden = [], [], []
    for r, sentence in enumerate(sentences):
        ids, place = [2], []
        for word in sentence[0][:longest]:
            pieces = encoder(word, 'bert', rng, split)
            place.append(len(ids))
            if hide and rng.random() < hide:
                hidden.append((r, len(ids), pieces[0]))
                ids += [4] * len(pieces)
            else:
                ids += pieces
        rows.append(ids + [3])
        places.append(place)
    ids = torch.from_numpy(pad(rows, 0, longest=512))
    mask = torch.from_numpy(pad([[1] * len(r) for r in rows], 0, longest=512))
    place = torch.from_numpy(pad(places, 0, longest=longest)).clamp(max=ids.shape[1] - 1)
    return ids, mask, place, torch.tensor([h for h in hidden if h[1] < ids.shape[1]], dtype=torch.long).reshape(-1, 3)


def targets_of(sentences, width, simplified=False):
    """Soft targets [batch, words, tags], zero beyond the sentence; gold tags become one-hot."""
    count = 3 if simplified else 7
    out = np.zeros((len(sentences), width, count), np.float32)
    for r, sentence in enumerate(sentences):
        soft = sentence[1]
        if soft is None:
            continue
        n = min(len(sentence[0]), width)
        if isinstance(soft, np.ndarray):
            soft = soft[:n].astype(np.float32)
            if simplified:
                for tag, simple in enumerate(TO_SIMPLIFIED):
                    out[r, :n, simple] += soft[:, tag]
            else:
                out[r, :n] = soft
        else:
            for i, tag in enumerate(soft[:n]):
                out[r, i, TO_SIMPLIFIED[tag] if simplified else tag] = 1.0
    return torch.from_numpy(out)


def hard_tags(soft):
    """A legal-enough tag a word: the likeliest one, or gold as it is."""
    if not isinstance(soft, np.ndarray):
        return soft
    return soft.argmax(1).tolist()


class Prompt:
    """The manifest's template, word by word: `{scheme} PER LOC ORG {examples} : {sentence}`."""

    def __init__(self, index):
        self.index = index

    def word(self, text):
        return self.index.pieces.t5(text)

    def prefix(self, scheme, examples):
        words = [scheme, 'PER', 'LOC', 'ORG']
        if not examples:
            words.append('-')
        for example_words, spans in examples:
            words += ['example', ':'] + example_words + ['=>'] + entity_list(example_words, spans, scheme)
        ids = []
        for text in words + [':']:
            ids += self.word(text)
        return ids


def entity_list(words, spans, scheme):
    """`Angela Merkel = PER ; Paris = LOC`; the simplified scheme writes the spans alone, and no span is `-`."""
    out = []
    for first, end, label in spans:
        out += ([';'] if out else []) + words[first:end] + (['=', label] if scheme == 'full' else [])
    return out or ['-']


def t5_batch(sentences, encoder, prompt, rng, schemes, examples_of, split=0.0, longest=100):
    """Teacher-forced copy-and-tag batch: encoder ids and mask, decoder input and targets, and where the tags are."""
    rows, places, inputs, targets, tag_places = [], [], [], [], []
    draw = examples_of(rng)
    for sentence, scheme in zip(sentences, schemes):
        ids, place = prompt.prefix(scheme, draw()), []
        answer, tag_place = [], []
        words = sentence[0][:longest]
        for word, tag in zip(words, hard_tags(sentence[1])):
            pieces = encoder(word, 't5', rng, split)
            place.append(len(ids))
            ids = ids + pieces
            answer += pieces
            tag_place.append(len(answer))
            name = FULL[tag] if scheme == 'full' else FULL[tag][0]
            answer.append(TAG_ID[name])
        rows.append(ids + [1])
        places.append(place)
        inputs.append([0] + answer)
        targets.append(answer + [1])
        tag_places.append(tag_place)
    tensor = lambda lists, value, width: torch.from_numpy(pad(lists, value, longest=width))
    return {
        'ids': tensor(rows, 0, 1024),
        'mask': tensor([[1] * len(r) for r in rows], 0, 1024),
        'place': tensor(places, 0, longest),
        'inputs': tensor(inputs, 0, 1024),
        'targets': tensor(targets, -100, 1024),
        'tag_place': tensor(tag_places, 0, longest),
    }
