"""Sizes of the runs. Steps are batches of about `words` words."""

FULL_RUN = {
    'paragraphs': 10**9,
    'context_rows': 150000,
    'contexts': 2500,
    'pieces': 120000,
    't5_pieces': 80000,
    'words': 1500,
    'teachers': 1,
    'teacher_epochs': 5,
    'gold_limit': None,
    'label_words': 4_000_000,
    'trunk_steps': 2600,
    'tune_steps': 700,
    't5_steps': 2400,
    't5_tune_steps': 500,
    'budget': None,
    'dev': 2001,
    'every': 300,
}

# What made the committed files: a share of two busy cores for some two hours. `budget` is in seconds, for each of
# the trunk and the T5; the learning rate has decayed when it ends.
SHORT_RUN = {
    **FULL_RUN,
    'teacher_epochs': 2,
    'label_words': 0,
    'trunk_steps': 3000,
    'tune_steps': 0,
    't5_steps': 3000,
    't5_tune_steps': 0,
    'budget': 3000,
    'every': 150,
}

QUICK_RUN = {
    **FULL_RUN,
    'paragraphs': 3000,
    'pieces': 12000,
    't5_pieces': 9000,
    'contexts': 500,
    'teacher_epochs': 1,
    'gold_limit': 300,
    'label_words': 40000,
    'trunk_steps': 40,
    'tune_steps': 20,
    't5_steps': 20,
    't5_tune_steps': 10,
    'dev': 100,
    'every': 20,
}

SEED = 1
# Weight of a tag is (words / words with the tag) to this power; .3 costs precision, 0 costs recall.
WEIGHT_EXPONENT = 0.1
CORPORA_MIX = ['ewt', 'ewt', 'wikigold', 'redocred', 'crossner', 'gum', 'wnut17', 'btc']
TUNE_MIX = ['ewt', 'ewt', 'ewt', 'wikigold', 'gum', 'redocred']

RUNS = {'full': FULL_RUN, 'short': SHORT_RUN, 'quick': QUICK_RUN}
