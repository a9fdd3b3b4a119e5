"""What ablate.py changes, one function an ablation: (run, rows, chosen) -> rows are added."""
import math
from collections import Counter

import torch

from corruption import pretrain_t5
from data import FULL, SCHEMES, decode_legal
from encode import SCHEME_TAG_IDS, Prompt, TypeEncoder, t5_batch
from gold import batches, seeded
from resume import bert_from, t5_from
from settings import SEED
from streams import Text, gold_stream, soft_stream, steadily, text_stream
from students import new_bert, predict_bert, train_bert
from t5 import TAG_ROWS
from t5train import Examples, decode_t5, new_t5, predict_t5, score_t5, t5_loss, train_t5
from vocab import build_pieces

# Gold as it is, the corpora nearest to EWT and EWT twice.
GOLD_MIX = ['ewt', 'ewt', 'wikigold', 'gum', 'redocred']
# What is trained here sees the prompt without examples, and the copied words count little, since neither is asked for.
PLAIN = (1.0, 0.0, 0.0, 0.0)


def steps_of(chosen, run):
    return chosen.words // run.sizes['words']


def add_bert(run, rows, name, model, encoder, **more):
    scores = predict_bert(model, encoder, run.gold.dev)
    gold = [[FULL[t] for t in s[1]] for s in run.gold.dev]
    raw = [[FULL[t] for t in row.argmax(1)] for row in scores]
    rows.add(name, gold, [decode_legal(row, FULL) + ['O'] * (len(g) - len(row)) for row, g in zip(scores, gold)], raw, **more)


def add_t5(run, rows, name, model, encoder, dev, **more):
    predicted = [tags + ['O'] * (len(s[0]) - len(tags)) for s, (_, tags) in zip(dev, predict_t5(model, encoder, dev, 'full'))]
    rows.add(name, [[FULL[t] for t in s[1]] for s in dev], predicted, **more)


def weights(run, rows, chosen):
    """The exponent of the class weights: the bundled BERT fine-tuned on hard gold with each."""
    for exponent in (0.0, 0.1, 0.3, 0.5, 1.0):
        name = f'weights/exponent {exponent}'
        if rows.lacks(name):
            stream = steadily(gold_stream(run.gold, GOLD_MIX, run.sizes['words'], SEED))
            model = train_bert(
                bert_from(run.start), run.encoders['bert'], stream, steps_of(chosen, run), 5e-4, run.log,
                run.weights(exponent)['full'], every=10**9, seed=SEED,
            )
            add_bert(run, rows, name, model, run.encoders['bert'])


def scratch(run, rows, chosen):
    """A BERT from nothing, without the word vectors, and after pretraining on hidden words."""
    pieces = build_pieces(run.work, run.sizes['pieces'])
    encoder = TypeEncoder(run.gold.types, pieces)
    for name, vectors, pretrained in (
        ('scratch/with word vectors', True, False),
        ('scratch/without word vectors', False, False),
        ('scratch/with word vectors, pretrained on as many words', True, True),
    ):
        if not rows.lacks(name):
            continue
        torch.manual_seed(SEED)
        model = new_bert(run.work, pieces, len(FULL), use_vectors=vectors)
        settings = {'steps': steps_of(chosen, run), 'rate': 1e-3, 'log': run.log, 'weights': run.weights()['full'], 'every': 10**9}
        if pretrained:
            text = steadily(text_stream(Text(run.work, 5 * chosen.words), run.sizes['words'], SEED))
            train_bert(model, encoder, text, hide=0.15, masked_weight=1.0, **settings)
        gold = steadily(gold_stream(run.gold, GOLD_MIX, run.sizes['words'], SEED))
        train_bert(model, encoder, gold, seed=SEED, **settings)
        add_bert(run, rows, name, model, encoder)


def teachers(run, rows, chosen):
    """Hard gold against gold that the teachers have half a say in, for a BERT from nothing."""
    name = 'scratch/with word vectors, gold half relabelled by the teachers'
    if rows.lacks(name):
        pieces = build_pieces(run.work, run.sizes['pieces'])
        encoder = TypeEncoder(run.gold.types, pieces)
        relabelled = torch.load(run.work / 'relabelled.pt')
        stream = steadily(soft_stream([s for corpus in GOLD_MIX for s in relabelled[corpus]], run.sizes['words'], SEED))
        torch.manual_seed(SEED)
        model = new_bert(run.work, pieces, len(FULL))
        train_bert(model, encoder, stream, steps_of(chosen, run), 1e-3, run.log, run.weights()['full'], every=10**9, seed=SEED)
        add_bert(run, rows, name, model, encoder)


class Nearest:
    """Examples of the pool that share the rarest words with a sentence."""

    def __init__(self, pool):
        self.pool = pool
        seen = Counter(w.lower() for words, _ in pool for w in set(words))
        self.weight = {w: math.log(len(pool) / n) for w, n in seen.items()}
        self.sets = [{w.lower() for w in words} for words, _ in pool]

    def __call__(self, words, k):
        wanted = {w.lower() for w in words}
        scores = [sum(self.weight[w] for w in s & wanted) / math.sqrt(len(s)) for s in self.sets]
        best = sorted(range(len(scores)), key=lambda i: -scores[i])[:k]
        return [self.pool[i] for i in best]


def examples(run, rows, chosen):
    """k examples in the T5's prompt, at random and nearest to the sentence."""
    model, encoder, gold = t5_from(run.start).eval(), run.encoders['t5'], run.gold
    dev = gold.dev[: chosen.sentences]
    truth = [[FULL[t] for t in tags] for _, tags, _ in dev]
    pool = Examples(gold).pool
    nearest = Nearest(pool)
    for way, k in [('random', k) for k in range(4)] + [('nearest', k) for k in range(1, 4)]:
        name = f'examples/k = {k}{f", {way}" if k else ""}'
        if not rows.lacks(name):
            continue
        rng, out = seeded(SEED), []
        with torch.no_grad():
            for words, _, _ in dev:
                shown = [rng.choice(pool) for _ in range(k)] if way == 'random' else nearest([gold.types[w] for w in words], k)
                out.append(decode_t5(model, encoder, words, 'full', shown)[1])
        rows.add(name, truth, out, sentences=len(dev))


def constraints(run, rows, chosen):
    """The T5's answers with and without constraints, and what is wrong with the latter."""
    names = 'constraints/constrained', 'constraints/unconstrained'
    if not rows.lacks(*names):
        return
    model, encoder = t5_from(run.start).eval(), run.encoders['t5']
    dev = run.gold.dev[: chosen.sentences]
    add_t5(run, rows, names[0], model, encoder, dev, sentences=len(dev))
    wrong, out = Counter(), []
    with torch.no_grad():
        every_row = model.word_rank(model.table.bake()[TAG_ROWS:]).t()
        for words, _, _ in dev:
            tags, failure = unconstrained(model, encoder, words, 'full', every_row)
            wrong[failure or 'legal'] += 1
            out.append(tags or ['O'] * len(words))
    rows.add(names[1], [[FULL[t] for t in s[1]] for s in dev], out, out, answers=dict(wrong))


def unconstrained(model, encoder, words, scheme, every_row):
    """Tags of a greedy answer over all pieces, or the name of what is wrong with it."""
    pieces = [encoder(w, 't5') for w in words]
    source = torch.tensor([Prompt(encoder).prefix(scheme, []) + [p for word in pieces for p in word] + [1]])
    mask = torch.ones_like(source)
    crossed, past, token, answer = model.crossed(model.encode(source, mask)), None, 0, []
    for _ in range(2 * source.shape[1] + 8):
        states, past = model.decode(torch.tensor([[token]]), mask, crossed, past)
        state = states[0, -1]
        token = int(torch.cat([model.tag_head(state), model.narrow(state) @ every_row]).argmax())
        if token == 1:
            break
        answer.append(token)
    else:
        return None, 'no end'
    names = {i: t for t, i in zip(SCHEMES[scheme], SCHEME_TAG_IDS[scheme])}
    tags, place = [], 0
    for word in pieces:
        if answer[place : place + len(word)] != word:
            return None, 'a word is changed, lost or added'
        place += len(word)
        tag = names.get(answer[place]) if place < len(answer) else None
        if tag is None:
            return None, 'a word without a tag of the scheme'
        tags.append(tag)
        place += 1
    if place != len(answer):
        return None, 'text after the last word'
    return tags, None


def corruption(run, rows, chosen):
    """A T5 from nothing, with and without span-corruption pretraining on as many words."""
    pieces = build_pieces(run.work, run.sizes['pieces'])[: run.sizes['t5_pieces']]
    encoder, size = TypeEncoder(run.gold.types, pieces), run.sizes['words']
    for name, pretrained in (('corruption/no pretraining', False), ('corruption/span corruption on as many words', True)):
        if rows.lacks(name):
            torch.manual_seed(SEED)
            model = new_t5(run.work, pieces)
            if pretrained:
                text = steadily(text_stream(Text(run.work, 5 * chosen.words), size, SEED))
                pretrain_t5(model, encoder, text, steps_of(chosen, run), 1.5e-3, run.log)
            train_t5(
                model, encoder, steadily(gold_stream(run.gold, GOLD_MIX, size, SEED)), run.gold, steps_of(chosen, run), 1.5e-3, run.log,
                run.weights(), every=10**9, examples=Examples(run.gold, PLAIN), seed=SEED,
            )
            add_t5(run, rows, name, model, encoder, run.gold.dev)


def validation(run, rows, chosen):
    """One T5 fine-tuned on EWT train; where early stopping ends by its loss on dev, and by span F1 of what it generates."""
    names = 'validation/least loss', 'validation/best span F1 of generated answers'
    if not rows.lacks(*names):
        return
    model, encoder, gold = t5_from(run.start), run.encoders['t5'], run.gold
    trace, kept = [], {}
    dev = gold.dev[::3]

    def watch(step):
        loss, f1 = dev_loss(model, encoder, dev, run.weights()), score_t5(model, encoder, dev, 'full')['f1']
        trace.append((step, round(loss, 5), round(f1, 4)))
        kept[step] = {k: v.clone() for k, v in model.state_dict().items()}
        for old in list(kept):
            if old not in (picked(trace, 1, 1), picked(trace, 2, -1)):
                del kept[old]

    steps = 3 * steps_of(chosen, run)
    train_t5(
        model, encoder, steadily(gold_stream(gold, ['ewt'], run.sizes['words'], SEED)), gold, steps, 1e-3, run.log, run.weights(),
        every=max(1, steps // 10), final=0.5, examples=Examples(gold, PLAIN), seed=SEED, watch=watch,
    )
    for name, step in zip(names, (picked(trace, 1, 1), picked(trace, 2, -1))):
        model.load_state_dict(kept[step])
        add_t5(run, rows, name, model, encoder, gold.dev, step=step, of=trace[-1][0])
    run.log(f'validation: step, loss, F1 on every third sentence of dev: {trace}')


def picked(trace, column, sign):
    """The step whose value is the least (sign 1) or the most (-1)."""
    return min(trace, key=lambda row: sign * row[column])[0]


def dev_loss(model, encoder, sentences, weights):
    """Mean loss a word of the full scheme's tags, with gold tags to the left."""
    model.eval()
    total = words = 0
    with torch.no_grad():
        for part in batches(sentences, 3000, seeded(SEED)):
            schemes = ['full'] * len(part)
            batch = t5_batch(part, encoder, Prompt(encoder), None, schemes, lambda _: lambda: [])
            count = sum(len(s[0]) for s in part)
            total += t5_loss(model, batch, part, schemes, weights, 0.0, 0.0)[1][0] * count
            words += count
    return total / words
