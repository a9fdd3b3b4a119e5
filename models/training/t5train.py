"""Training and constrained decoding of the T5."""
import time

import numpy as np
import torch
from torch import nn

from data import FULL, SCHEMES, simplify, span_scores, spans_of
from encode import SCHEME_TAG_IDS, Prompt, t5_batch, targets_of
from gold import seeded
from students import Trainer, piece_table, soft_loss, state_of
from t5 import T5, TAG_ROWS, T5Shape


def new_t5(work, pieces, shape=None, use_vectors=True, dropout=0.0):
    shape = shape or T5Shape()
    return T5(piece_table(work, pieces, shape.embedding, use_vectors), shape, dropout)


class Examples:
    """Few-shot examples for training: short gold sentences of EWT, most of them with a span; k is drawn from 0 to 3.

    One k serves a whole batch, since a long prompt in one row would widen all the others.
    """

    def __init__(self, gold, shares=(0.88, 0.06, 0.04, 0.02)):
        self.shares = shares
        self.pool = []
        for words, tags, _ in gold.train['ewt']:
            if 4 <= len(words) <= 14:
                spans = spans_of([FULL[t] for t in tags])
                if spans or len(self.pool) % 4 == 0:
                    self.pool.append(([gold.types[w] for w in words], spans))

    def __call__(self, rng):
        k = rng.choices(range(len(self.shares)), self.shares)[0]
        return lambda: [rng.choice(self.pool) for _ in range(k)]


def at(states, place):
    return torch.gather(states, 1, place[:, :, None].expand(-1, -1, states.shape[2]))


def spelled_loss(model, states, targets):
    """Cross-entropy of every piece of the answers over the tags, the words of this batch and some random ones."""
    used = targets != -100
    words = torch.unique(targets[used & (targets >= TAG_ROWS)])
    noise = torch.randint(TAG_ROWS, min(20000, model.table.free.num_embeddings), (300,))
    candidates = torch.cat([words, noise[~torch.isin(noise, words)]])
    wanted = targets[used]
    index = torch.where(wanted < TAG_ROWS, wanted, torch.searchsorted(words, wanted) + TAG_ROWS)
    return nn.functional.cross_entropy(model.candidate_logits(states[used], candidates), index)


def t5_loss(model, batch, sentences, schemes, weights, word_weight, auxiliary_weight):
    encoded = model.encode(batch['ids'], batch['mask'])
    states, _ = model.decode(batch['inputs'], batch['mask'], model.crossed(encoded))
    width = batch['tag_place'].shape[1]
    full = targets_of(sentences, width)
    tag_states = at(states, batch['tag_place'].clamp(max=states.shape[1] - 1))
    rows = model.tag_head(tag_states)
    loss = 0.0
    for scheme in set(schemes):
        chosen = torch.tensor([s == scheme for s in schemes])
        logits = torch.log_softmax(rows[chosen][:, :, SCHEME_TAG_IDS[scheme]], 2)
        targets = full[chosen] if scheme == 'full' else targets_of(sentences, width, True)[chosen]
        loss = loss + soft_loss(logits, targets, weights[scheme]) * (chosen.sum() / len(schemes))
    parts = [loss.item()]
    if auxiliary_weight:
        guess = torch.log_softmax(model.auxiliary(at(encoded, batch['place'].clamp(max=encoded.shape[1] - 1))), 2)
        extra = soft_loss(guess, full, weights['full'])
        parts.append(extra.item())
        loss = loss + auxiliary_weight * extra
    if word_weight:
        # All positions: what an unconstrained answer needs.
        spelled = spelled_loss(model, states, batch['targets'])
        parts.append(spelled.item())
        loss = loss + word_weight * spelled
    return loss, parts


def train_t5(model, encoder, stream, gold, steps, rate, log, weights, word_weight=0.03, auxiliary_weight=0.6, split=0.15,
             seed=1, dev=None, save=None, every=500, final=0.02, examples=None, full_share=0.6, budget=None, watch=None):
    """`watch` is called with the steps done, while the weights are their average."""
    torch.manual_seed(seed)
    rng = seeded(seed)
    prompt, examples = Prompt(encoder), examples or Examples(gold)
    trainer = Trainer(model, rate, steps, final=final, budget=budget)
    losses, words, started = [], 0, time.time()
    while not trainer.finished():
        sentences = stream(trainer.share())
        schemes = ['full' if rng.random() < full_share else 'simplified' for _ in sentences]
        batch = t5_batch(sentences, encoder, prompt, rng, schemes, examples, split)
        model.train()
        loss, parts = t5_loss(model, batch, sentences, schemes, weights, word_weight, auxiliary_weight)
        trainer.step(loss)
        losses.append(parts)
        words += sum(len(s[0]) for s in sentences)
        if trainer.done % every == 0 or trainer.finished():
            trainer.swap()
            result = [score_t5(model, encoder, dev, scheme)['f1'] for scheme in SCHEMES] if dev else None
            if watch:
                watch(trainer.done)
            if save:
                torch.save(state_of(model), save)
            trainer.swap()
            took = time.time() - started
            log(f'step {trainer.done} losses {np.mean(losses, 0).round(4)} {words / took:.0f} words/s {took:.0f} s dev {result}')
            losses = []
    trainer.swap()
    return model


def decode_t5(model, encoder, words, scheme, examples=()):
    """Log-probabilities [words, tags] of the greedy legal answer, one step a word, and its tags."""
    prompt = Prompt(encoder)
    tags, ids = SCHEMES[scheme], SCHEME_TAG_IDS[scheme]
    pieces = [encoder(w, 't5') for w in words]
    source = torch.tensor([prompt.prefix(scheme, list(examples)) + [p for word in pieces for p in word] + [1]])
    mask = torch.ones_like(source)
    crossed, past = model.crossed(model.encode(source, mask)), None
    previous, out, rows = 0, [], []
    for word in pieces:
        states, present = model.decode(torch.tensor([[previous] + word]), mask, crossed, past)
        past = present
        row = torch.log_softmax(model.tag_head(states[0, -1])[ids], 0).numpy()
        last = out[-1] if out else 'O'
        legal = [t[0] != 'I' or (last != 'O' and last[1:] == t[1:]) for t in tags]
        best = int(np.where(legal, row, -1e9).argmax())
        out.append(tags[best])
        rows.append(row)
        previous = ids[best]
    return np.array(rows), out


def greedy_legal(rows, tags):
    """Indices of the likeliest legal tags from left to right."""
    out, last = [], 'O'
    for row in rows:
        order = np.argsort(-row)
        best = next(int(i) for i in order if tags[i][0] != 'I' or (last != 'O' and last[1:] == tags[i][1:]))
        out.append(best)
        last = tags[best]
    return out


def predict_t5(model, encoder, sentences, scheme, examples=()):
    """(log-probabilities [words, tags], tags) of each sentence.

    All places of a batch are guessed at once and guessed again with the last guess as input until nothing changes, which is
    the greedy answer: after n rounds the first n tags are settled, and most sentences need three.
    """
    model.eval()
    prompt, tags, ids = Prompt(encoder), SCHEMES[scheme], SCHEME_TAG_IDS[scheme]
    answers = [None] * len(sentences)
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i][0]))
    with torch.no_grad():
        for start in range(0, len(order), 48):
            part = order[start : start + 48]
            words = [sentences[i][0][:100] for i in part]
            guess = [[0] * len(w) for w in words]
            crossed = None
            for _ in range(40):
                batch = t5_batch(
                    list(zip(words, guess)), encoder, prompt, None, [scheme] * len(part), lambda _: lambda: list(examples)
                )
                if crossed is None:
                    crossed = model.crossed(model.encode(batch['ids'], batch['mask']))
                states, _ = model.decode(batch['inputs'], batch['mask'], crossed)
                logits = model.tag_head(at(states, batch['tag_place']))[:, :, ids]
                rows = torch.log_softmax(logits, 2).numpy()
                new = [greedy_legal(row[: len(w)], tags) for row, w in zip(rows, words)]
                if new == guess:
                    break
                guess = new
            for i, row, found in zip(part, rows, guess):
                answers[i] = (row[: len(found)], [tags[t] for t in found])
    return answers


def score_answers(answers, sentences, simplified):
    gold = [[FULL[t] for t in s[1]] for s in sentences]
    if simplified:
        gold = [simplify(g) for g in gold]
    return span_scores(gold, [tags + ['O'] * (len(g) - len(tags)) for tags, g in zip(answers, gold)])


def score_t5(model, encoder, sentences, scheme, examples=()):
    answers = [tags for _, tags in predict_t5(model, encoder, sentences, scheme, examples)]
    return score_answers(answers, sentences, scheme == 'simplified')


def share_table(model, bert):
    """Starts the T5's piece table from a trained BERT's (the first pieces are the same), and widens it to unit size."""
    own, other = model.table, bert.table
    own.features.load_state_dict(other.features.state_dict())
    with torch.no_grad():
        kept = own.free.num_embeddings - own.first
        own.free.weight[own.first :] = other.free.weight[other.first : other.first + kept]
        rows = own.rows(torch.arange(own.first, own.first + 5000))
        model.widen.weight.normal_(std=float(1 / (rows.pow(2).mean().sqrt() * rows.shape[1] ** 0.5)))
        # The free rows of specials and tags are as large as the others.
        own.free.weight[: own.first].normal_(std=float(rows.pow(2).mean().sqrt()))
        for block in [*model.encoder, *model.decoder]:
            block.attention.o.weight.mul_(0.5)
            block.outer.weight.mul_(0.5)
