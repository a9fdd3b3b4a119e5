"""Training of the two families on gold and on text that the teachers labelled."""
import copy
import math
import time

import numpy as np
import torch
from torch import nn

from bert import Bert, PieceTable, Shape
from data import FULL, SIMPLIFIED, TO_SIMPLIFIED, decode_legal, simplify, span_scores
from encode import bert_batch, targets_of
from features import FeatureEmbedding, FeatureTable
from gold import seeded
from vocab import FIRST, is_continuation


def piece_table(work, pieces, width, use_vectors=True):
    table = FeatureTable(work, pieces, [is_continuation(p) for p in pieces])
    return PieceTable(FeatureEmbedding(work, table, width, use_vectors), len(pieces) + FIRST, FIRST, width)


class Trainer:
    """Adam with warm-up and cosine decay, SparseAdam for the table's free rows, and an average of the weights."""

    def __init__(self, model, rate, steps, warm=200, table_rate=0.3, decay=0.998, final=0.02, budget=None):
        self.model, self.rate, self.steps, self.warm, self.decay, self.final = model, rate, steps, warm, decay, final
        free = model.table.free.weight
        self.dense = [p for p in model.parameters() if p.requires_grad and p is not free]
        # A T5's position biases must grow to several units, one small step at a time: theirs are larger.
        bias = [p for name, p in model.named_parameters() if name in ('encoder_bias.bias.weight', 'decoder_bias.bias.weight')]
        others = [p for p in self.dense if not any(p is b for b in bias)]
        self.optimisers = [torch.optim.AdamW(others, lr=rate, betas=(0.9, 0.98), weight_decay=0.01)]
        self.rates = [rate]
        if bias:
            self.optimisers.append(torch.optim.Adam(bias, lr=20 * rate, betas=(0.9, 0.98)))
            self.rates.append(20 * rate)
        if free.requires_grad:
            self.optimisers.append(torch.optim.SparseAdam([free], lr=rate * table_rate))
            self.rates.append(rate * table_rate)
        # `budget` (seconds) ends a run early, its learning rate decayed, where the machine is shared.
        self.done, self.started, self.budget = 0, time.time(), budget
        self.average = [p.detach().clone() for p in self.dense]

    def step(self, loss):
        for optimiser in self.optimisers:
            optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.dense, 1.0)
        self.done += 1
        share = self.share()
        factor = min(1.0, self.done / self.warm) * (self.final + (1 - self.final) * 0.5 * (1 + math.cos(math.pi * share)))
        for optimiser, rate in zip(self.optimisers, self.rates):
            optimiser.param_groups[0]['lr'] = rate * factor
            optimiser.step()
        keep = min(self.decay, 1 - 8 / (self.done + 10))
        with torch.no_grad():
            for a, p in zip(self.average, self.dense):
                a.lerp_(p, 1 - keep)

    def share(self):
        spent = (time.time() - self.started) / self.budget if self.budget else 0.0
        return min(1.0, max(self.done / self.steps, spent))

    def finished(self):
        return self.share() >= 1.0

    def swap(self):
        """Exchanges the weights with their average, for evaluation and saving; call again to go on training."""
        with torch.no_grad():
            for a, p in zip(self.average, self.dense):
                held = p.clone()
                p.copy_(a)
                a.copy_(held)


def state_of(model):
    return {k: v for k, v in model.state_dict().items()}


def class_weights(sentences, exponent, simplified=False):
    """(N / n_tag) to the exponent, with mean 1 over the words."""
    tags = 3 if simplified else 7
    counts = np.ones(tags)
    for sentence in sentences:
        for tag in sentence[1]:
            counts[TO_SIMPLIFIED[tag] if simplified else tag] += 1
    weights = (counts.sum() / counts) ** exponent
    return torch.tensor(weights / (weights * counts).sum() * counts.sum(), dtype=torch.float32)


def soft_loss(log_probabilities, targets, weights):
    return -(targets * weights * log_probabilities).sum() / targets.sum().clamp(min=1.0)


def bert_logits(model, states, place, head=None):
    first = torch.gather(states, 1, place[:, :, None].expand(-1, -1, states.shape[2]))
    return (head or model.head)(model.dropout(first))


def train_bert(
    model, encoder, stream, steps, rate, log, weights, hide=0.0, simplified=False, masked_weight=0.0, split=0.15, seed=1,
    dev=None, save=None, every=500, final=0.02, both=False, budget=None,
):
    """`stream(share done)` is a batch of (type ids, gold tags or soft targets, corpus); `both` trains the simplified head beside the full one."""
    torch.manual_seed(seed)
    rng = seeded(seed)
    trainer = Trainer(model, rate, steps, final=final, budget=budget)
    losses, masked_losses, words, started = [], [], 0, time.time()
    while not trainer.finished():
        sentences = stream(trainer.share())
        ids, mask, place, hidden = bert_batch(sentences, encoder, rng, split, hide if rng.random() < 0.7 else 0.0)
        targets = targets_of(sentences, place.shape[1], simplified)
        model.train()
        states = model.trunk(ids, mask, torch.zeros_like(ids))
        loss = soft_loss(torch.log_softmax(bert_logits(model, states, place), 2), targets, weights)
        losses.append(loss.item())
        if both:
            simple = torch.log_softmax(bert_logits(model, states, place, model.simple), 2)
            # O, B and I weigh what O, B-PER and I-PER do in the full scheme.
            loss = loss + 0.5 * soft_loss(simple, targets_of(sentences, place.shape[1], True), weights[:3])
        if masked_weight and len(hidden):
            negatives = torch.randint(FIRST, min(30000, model.table.free.num_embeddings), (1500,))
            masked = model.masked_word_loss(states[hidden[:, 0], hidden[:, 1]], hidden[:, 2], negatives)
            masked_losses.append(masked.item())
            loss = loss + masked_weight * masked
        trainer.step(loss)
        words += sum(len(s[0]) for s in sentences)
        if trainer.done % every == 0 or trainer.finished():
            trainer.swap()
            result = score_bert(model, encoder, dev, simplified) if dev else None
            if save:
                torch.save(state_of(model), save)
            trainer.swap()
            took = time.time() - started
            log(
                f'step {trainer.done} loss {np.mean(losses):.4f} masked {np.mean(masked_losses or [0]):.3f} '
                f'{words / took:.0f} words/s {took:.0f} s dev {result}'
            )
            losses, masked_losses = [], []
    trainer.swap()
    return model


def predict_bert(model, encoder, sentences):
    """Log-probabilities [words, tags] of each sentence."""
    model.eval()
    out = [None] * len(sentences)
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i][0]))
    with torch.no_grad():
        for start in range(0, len(order), 64):
            part = order[start : start + 64]
            ids, mask, place, _ = bert_batch([sentences[i] for i in part], encoder, None)
            states = model.trunk(ids, mask, torch.zeros_like(ids))
            scores = torch.log_softmax(bert_logits(model, states, place), 2).numpy()
            for i, row in zip(part, scores):
                out[i] = row[: len(sentences[i][0])]
    return out


def score_bert(model, encoder, sentences, simplified=False):
    return score_tags(predict_bert(model, encoder, sentences), sentences, simplified)


def score_tags(log_probabilities, sentences, simplified=False):
    tags = SIMPLIFIED if simplified else FULL
    gold = [[FULL[t] for t in s[1]] for s in sentences]
    if simplified:
        gold = [simplify(g) for g in gold]
    predicted = [decode_legal(p, tags) + ['O'] * (len(g) - len(p)) for p, g in zip(log_probabilities, gold)]
    return span_scores(gold, predicted)


def new_bert(work, pieces, tags, shape=None, use_vectors=True):
    shape = shape or Shape()
    return Bert(piece_table(work, pieces, shape.embedding, use_vectors), tags, shape)


def simplified_from(model):
    """A model of the simplified scheme: the same trunk with the head that was trained beside the full one."""
    table, model.table = model.table, None
    result = copy.deepcopy(model)
    model.table = result.table = table
    result.head = copy.deepcopy(model.simple)
    return result
