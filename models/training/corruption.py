"""Span-corruption pretraining of the T5: spans of words are replaced by sentinels, and the answer spells them out."""
import time

import numpy as np
import torch

from gold import pad, seeded
from students import Trainer
from t5train import spelled_loss
from vocab import FIRST, T5_SPECIAL

# The unused ids between the tags and the pieces are the sentinels, so a sentence has at most as many spans.
SENTINELS = list(range(len(T5_SPECIAL), FIRST))


def corrupted(words, rng, share=0.15, mean=2.5):
    """Words (lists of pieces) as encoder ids and answer ids."""
    count = max(1, min(len(SENTINELS), round(len(words) * share / mean)))
    starts = sorted(rng.sample(range(len(words)), min(count, len(words))))
    ids, answer, place = [], [], 0
    for sentinel, start in zip(SENTINELS, starts):
        if start < place:
            continue
        end = min(len(words), start + 1 + int(rng.expovariate(1 / (mean - 1)) + 0.5))
        ids += [p for word in words[place:start] for p in word] + [sentinel]
        answer += [sentinel] + [p for word in words[start:end] for p in word]
        place = end
    return ids + [p for word in words[place:] for p in word] + [1], answer + [1]


def pretrain_t5(model, encoder, stream, steps, rate, log, seed=1, every=100):
    torch.manual_seed(seed)
    rng = seeded(seed)
    trainer = Trainer(model, rate, steps)
    losses, started = [], time.time()
    model.train()
    while not trainer.finished():
        pairs = [corrupted([encoder(w, 't5', rng) for w in s[0]], rng) for s in stream(trainer.share())]
        ids = torch.from_numpy(pad([p[0] for p in pairs], 0, longest=512))
        mask = torch.from_numpy(pad([[1] * len(p[0]) for p in pairs], 0, longest=512))
        inputs = torch.from_numpy(pad([[0] + p[1][:-1] for p in pairs], 0, longest=512))
        targets = torch.from_numpy(pad([p[1] for p in pairs], -100, longest=512))
        states, _ = model.decode(inputs, mask, model.crossed(model.encode(ids, mask)))
        loss = spelled_loss(model, states, targets)
        trainer.step(loss)
        losses.append(loss.item())
        if trainer.done % every == 0 or trainer.finished():
            log(f'span corruption step {trainer.done} loss {np.mean(losses):.3f} {time.time() - started:.0f} s')
            losses = []
    trainer.swap()
    return model
