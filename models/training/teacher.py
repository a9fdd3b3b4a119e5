"""A BiLSTM tagger over word features: learns fast from little gold, and labels the text the two families learn from."""
import copy
import math
import time

import numpy as np
import torch
from torch import nn

import pretrained
from data import CORPORA, FULL, decode_legal, span_scores
from features import FeatureEmbedding, FeatureTable
from halves import halves_everywhere
from gold import batches, pad, seeded
from processes import in_processes

BATCH_WORDS = 1500


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
    def __init__(self, embedding, width, hidden, encoder=None, pieces=None, layers=2, dropout=0.4):
        super().__init__()
        self.embedding = embedding
        # A pretrained encoder and its index of pieces, whose states of a word join the word's own features.
        self.encoder, self.pieces = encoder, pieces
        if encoder:
            self.narrow = nn.Linear(encoder.width, width)
            width *= 2
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
        if self.encoder:
            x = torch.cat([x, self.encoded(words, lengths, forget)], 2)
        x = torch.cat([x, self.corpus(corpus)[:, None].expand(-1, x.shape[1], -1)], 2)
        place = torch.arange(words.shape[1])[None]
        # Place of each word counted from the end; padding stays where it is.
        mirror = torch.where(place < lengths[:, None], lengths[:, None] - 1 - place, place)[:, :, None]
        for layer in self.layers:
            x = self.dropout(layer(x, mirror))
        return self.head(x)

    def encoded(self, words, lengths, forget):
        rows = [row[:n] for row, n in zip(words.tolist(), lengths.tolist())]
        parts = self.pieces.batches(rows, words.shape[1])
        if forget:
            # Pieces of vanished words are unknown ones.
            gone = torch.rand(words.numel() + 1) < forget
            parts = [(ids * ~gone[place], mask, place) for ids, mask, place in parts]
        states = self.encoder.words(parts, words.numel())
        return self.dropout(torch.relu(self.narrow(states))).reshape(*words.shape, -1)


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


def round_sentences(gold, rng, near):
    """What a round shows: a third of all gold with EWT twice; near the end mostly EWT and no fiction."""
    if not near:
        everything = [s for name in CORPORA for s in gold.train[name]] + gold.train['ewt']
        return rng.sample(everything, len(everything) // 3)
    others = [s for name in CORPORA if name not in ('ewt', 'litbank') for s in gold.train[name]]
    return rng.sample(others, len(others) // 9) + rng.sample(gold.train['ewt'], len(gold.train['ewt']) * 2 // 3)


def new_teacher(work, gold, width=208, hidden=232, encoded=True):
    folder = pretrained.fetch(work) if encoded else None
    encoder, pieces = (pretrained.SentenceEncoder(folder), pretrained.PieceIndex(folder, gold.types)) if encoded else (None, None)
    return Teacher(FeatureEmbedding(work, FeatureTable(work, gold.types), width), width, hidden, encoder, pieces)


def train_teacher(work, gold, seed, words, budget=None, log=print, rate=2e-3, encoder_rate=3e-4, near_from=0.65, encoded=True):
    """Ends after that many words, or after `budget` seconds; the last part of either is nearer to EWT."""
    path = work / f'teacher{seed}.pt'
    torch.manual_seed(seed)
    model = new_teacher(work, gold, encoded=encoded)
    if path.exists():
        model.load_state_dict(torch.load(path))
        return model
    rng = seeded(seed)
    inside = list(model.encoder.parameters()) if model.encoder else []
    others = [p for p in model.parameters() if not any(p is q for q in inside)]
    groups = [{'params': others, 'peak': rate}] + ([{'params': inside, 'peak': encoder_rate}] if inside else [])
    optimiser = torch.optim.Adam(groups, lr=rate, betas=(0.9, 0.98))
    steps, seen, began, average = 0, 0, time.time(), copied(model)
    share = lambda: min(1.0, max(seen / words, (time.time() - began) / budget if budget else 0.0))
    while share() < 1.0:
        started, losses = time.time(), []
        model.train()
        near = share() >= near_from
        for batch in batches([gold.augment(s, rng) for s in round_sentences(gold, rng, near)], BATCH_WORDS, rng):
            loss = teacher_loss(model, batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            steps += 1
            for group in optimiser.param_groups:
                group['lr'] = group['peak'] * min(1.0, steps / 200) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * share())))
            optimiser.step()
            keep = min(0.998, steps / (steps + 10))
            with torch.no_grad():
                for a, b in zip(average.parameters(), model.parameters()):
                    a.lerp_(b, 1 - keep)
            losses.append(loss.item())
            seen += sum(len(s[0]) for s in batch)
            if share() >= 1.0:
                break
        dev = score(predict(average, gold.dev), gold.dev)
        log(f'teacher {seed} {seen} words {steps} steps loss {np.mean(losses):.4f} dev {dev} {time.time() - started:.0f} s')
        torch.save(average.state_dict(), str(path) + '.partial')
    (work / f'teacher{seed}.pt.partial').rename(path)
    return average


def copied(model):
    """A copy with weights of its own; the index of pieces, which remembers words, is shared."""
    pieces, model.pieces = model.pieces, None
    result = copy.deepcopy(model)
    model.pieces = result.pieces = pieces
    return result


def teacher_loss(model, batch):
    words, tags, lengths, corpora = tensors_of(batch)
    logits = model(words, lengths, corpora, forget=0.05)
    return nn.functional.cross_entropy(logits.flatten(0, 1), tags.flatten(), ignore_index=-100)


def label_text(work, teachers, text, log=print, part=5000):
    """soft.npy: mean tag probabilities (half precision) of the text, as EWT would be labelled; a process for each core."""
    soft = np.zeros((len(text.ids), len(FULL)), np.float16)
    started, starts = time.time(), range(0, len(text), part)

    def label(start):
        sentences = [text.sentence(i) for i in range(start, min(len(text), start + part))]
        with halves_everywhere():
            return np.concatenate(mean_probabilities(teachers, sentences)).astype(np.float16)

    for start, joined in zip(starts, in_processes(label, starts)):
        first = text.ends[start - 1] if start else 0
        soft[first : first + len(joined)] = joined
        log(f'labelled {min(len(text), start + part)} of {len(text)} sentences, {time.time() - started:.0f} s')
    np.save(work / 'soft.npy', soft)


def mean_probabilities(teachers, sentences):
    """[words, tags] of each sentence: the teachers' mean, EWT's way; words beyond their window are O."""
    out = [np.zeros((len(s[0]), len(FULL)), np.float32) for s in sentences]
    for teacher in teachers:
        for total, row in zip(out, predict(teacher, [(s[0], [], 0) for s in sentences], 0)):
            total[: len(row)] += np.exp(row) / len(teachers)
    for total in out:
        total[:, 0] += 1.0 - total.sum(1)
    return out


def relabel(sentences, teachers, trust=0.5):
    """Gold with its tags replaced by `trust` of gold and the rest of the teachers' opinion."""
    return [
        (words, trust * np.eye(len(FULL), dtype=np.float32)[tags] + (1 - trust) * soft, 0)
        for (words, tags, _), soft in zip(sentences, mean_probabilities(teachers, sentences))
    ]
