"""A BiLSTM tagger over word features: learns fast from little gold, and labels the text the two families learn from."""
import copy
import math
import time

import numpy as np
import torch
from torch import nn

from data import CORPORA, FULL, decode_legal, span_scores
from features import FeatureEmbedding, FeatureTable
from gold import batches, pad, seeded


class BothWays(nn.Module):
    """One bidirectional layer of padded sequences; packed ones are three times slower on a CPU."""

    def __init__(self, width, hidden):
        super().__init__()
        self.right = nn.LSTM(width, hidden, batch_first=True)
        self.left = nn.LSTM(width, hidden, batch_first=True)

    def forward(self, x, mirror):
        back = self.left(torch.gather(x, 1, mirror.expand(-1, -1, x.shape[2])))[0]
        return torch.cat([self.right(x)[0], torch.gather(back, 1, mirror.expand(-1, -1, back.shape[2]))], 2)


class Teacher(nn.Module):
    def __init__(self, embedding, width, hidden, layers=2, dropout=0.4):
        super().__init__()
        self.embedding = embedding
        self.corpus = nn.Embedding(len(CORPORA), 16)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList([BothWays(width + 16 if i == 0 else 2 * hidden, hidden) for i in range(layers)])
        self.head = nn.Linear(2 * hidden, len(FULL))

    def forward(self, words, lengths, corpus, forget=0.0):
        unique, place = torch.unique(words, return_inverse=True)
        x = self.embedding(unique)
        if forget:
            # Whole words vanish, so that the context must do.
            x = x * (torch.rand(len(unique), 1) >= forget)
        x = self.dropout(torch.relu(x)[place])
        x = torch.cat([x, self.corpus(corpus)[:, None].expand(-1, x.shape[1], -1)], 2)
        place = torch.arange(words.shape[1])[None]
        # Place of each word counted from the end; padding stays where it is.
        mirror = torch.where(place < lengths[:, None], lengths[:, None] - 1 - place, place)[:, :, None]
        for layer in self.layers:
            x = self.dropout(layer(x, mirror))
        return self.head(x)


def tensors_of(batch):
    words = torch.from_numpy(pad([s[0] for s in batch], 0))
    tags = torch.from_numpy(pad([s[1] or [-100] for s in batch], -100))
    lengths = torch.tensor([min(len(s[0]), words.shape[1]) for s in batch])
    return words, tags, lengths, torch.tensor([s[2] for s in batch])


def predict(model, sentences, corpus=None):
    """Log-probabilities [words, tags] of each sentence, as the corpus given would be labelled."""
    model.eval()
    out = [None] * len(sentences)
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i][0]))
    with torch.no_grad():
        for start in range(0, len(order), 128):
            part = order[start : start + 128]
            words, _, lengths, corpora = tensors_of([sentences[i] for i in part])
            if corpus is not None:
                corpora = torch.full_like(corpora, corpus)
            scores = torch.log_softmax(model(words, lengths, corpora), 2).numpy()
            for i, row, length in zip(part, scores, lengths):
                out[i] = row[: int(length)]
    return out


def score(log_probabilities, sentences):
    gold = [[FULL[t] for t in s[1]] for s in sentences]
    predicted = [decode_legal(p, FULL) + ['O'] * (len(s[1]) - len(p)) for p, s in zip(log_probabilities, sentences)]
    return span_scores(gold, predicted)


def train_teacher(work, gold, seed, epochs, hidden=232, width=208, log=print, rate=2e-3, start=None, sentences=None):
    path = work / f'teacher{seed}.pt'
    table = FeatureTable(work, gold.types)
    torch.manual_seed(seed)
    rng = seeded(seed)
    model = Teacher(FeatureEmbedding(work, table, width), width, hidden)
    if path.exists():
        model.load_state_dict(torch.load(path))
        return model
    if start:
        model.load_state_dict(torch.load(start))
    optimiser = torch.optim.Adam(model.parameters(), lr=rate, betas=(0.9, 0.98))
    sentences = sentences or [s for name in CORPORA for s in gold.train[name]] + gold.train['ewt']
    steps, total, average = 0, epochs * sum(len(s[0]) for s in sentences) / 1500, copy.deepcopy(model)
    for epoch in range(epochs):
        started, losses = time.time(), []
        model.train()
        for batch in batches([gold.augment(s, rng) for s in sentences], 1500, rng):
            words, tags, lengths, corpora = tensors_of(batch)
            logits = model(words, lengths, corpora, forget=0.05)
            loss = nn.functional.cross_entropy(logits.flatten(0, 1), tags.flatten(), ignore_index=-100)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            steps += 1
            factor = min(1.0, steps / 200) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, steps / total))))
            for group in optimiser.param_groups:
                group['lr'] = rate * factor
            optimiser.step()
            keep = min(0.998, steps / (steps + 10))
            with torch.no_grad():
                for a, b in zip(average.parameters(), model.parameters()):
                    a.lerp_(b, 1 - keep)
            losses.append(loss.item())
        dev = score(predict(average, gold.dev), gold.dev)
        log(f'teacher {seed} epoch {epoch} loss {np.mean(losses):.4f} dev {dev} {time.time() - started:.0f} s')
        torch.save(average.state_dict(), str(path) + '.partial')
    (work / f'teacher{seed}.pt.partial').rename(path)
    return average


def label_text(work, gold, teachers, text, words, log=print):
    """soft.npy: mean tag probabilities (half precision) of the first `words` words, as EWT would be labelled."""
    path = work / 'soft.npy'
    if path.exists():
        return
    count = int(np.searchsorted(text.ends, words))
    soft = np.zeros((int(text.ends[count - 1]), len(FULL)), np.float16)
    started = time.time()
    for start in range(0, count, 20000):
        part = [(*text.sentence(i)[:1], [], 0) for i in range(start, min(count, start + 20000))]
        soft_part = mean_probabilities(teachers, part)
        first = text.ends[start - 1] if start else 0
        joined = np.concatenate(soft_part)
        soft[first : first + len(joined)] = joined
        log(f'labelled {start + len(part)} of {count} sentences, {time.time() - started:.0f} s')
    np.save(path, soft)


def mean_probabilities(teachers, sentences):
    """[words, tags] of each sentence: the teachers' mean, EWT's way; words beyond their window are O."""
    total = None
    for teacher in teachers:
        rows = [np.exp(p) for p in predict(teacher, sentences, 0)]
        total = rows if total is None else [a + b for a, b in zip(total, rows)]
    out = []
    for rows, sentence in zip(total, sentences):
        full = np.zeros((len(sentence[0]), len(FULL)), np.float32)
        full[:, 0] = 1.0
        full[: len(rows)] = rows / len(teachers)
        out.append(full)
    return out


def relabel(gold, teachers, trust=0.5):
    """Gold of all corpora with tags replaced by `trust` of gold and the rest of the teachers' opinion."""
    out = {}
    for name, sentences in gold.train.items():
        rows = mean_probabilities(teachers, sentences)
        out[name] = [
            (words, trust * np.eye(len(FULL), dtype=np.float32)[tags] + (1 - trust) * soft, 0)
            for (words, tags, _), soft in zip(sentences, rows)
        ]
    return out
