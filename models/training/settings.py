"""Sizes of the runs. Steps are batches of about `words` words."""

FULL_RUN = {
    'paragraphs': 10**9,
    'context_rows': 150000,
    'contexts': 2500,
    'pieces': 120000,
    't5_pieces': 80000,
    'words': 1500,
    # Seeds, and whether the teacher reads the pretrained encoder. Teachers of two kinds say more together than of one.
    'teachers': [(1, True), (2, True), (3, False)],
    'teacher_words': 4_000_000,
    'gold_limit': None,
    'label_words': 6_000_000,
    # Share of batches that are gold, before the last quarter of training and in it.
    'gold_share': 0.35,
    'near_share': 0.6,
    # Layers of the BERT and of the T5's encoder; those that the files of --start lack are added.
    'layers': 6,
    't5_layers': 5,
    'trunk_steps': 6000,
    'trunk_rate': 1e-3,
    'masked_weight': 0.1,
    't5_steps': 5000,
    't5_rate': 1.5e-3,
    'word_weight': 0.03,
    # Shares of batches with 0, 1, 2 and 3 few-shot examples in the prompt.
    'example_shares': (0.88, 0.06, 0.04, 0.02),
    # Limits in seconds, of each teacher, and of the trunk and the T5 each: what ends there has its learning rate decayed.
    'teacher_budget': None,
    'budget': None,
    # Whether training goes on from the files in --start.
    'continued': False,
    'dev': 2001,
    'every': 300,
}

# What made the first committed files, which CONTINUED_RUN went on from.
SHORT_RUN = {
    **FULL_RUN,
    'layers': 4,
    't5_layers': 3,
    'teachers': [(1, False)],
    'teacher_words': 3_400_000,
    'label_words': 0,
    'trunk_steps': 3000,
    't5_steps': 3000,
    'budget': 3000,
    'every': 150,
}

# What made the committed files from those before them, twice: the second time with these figures.
CONTINUED_RUN = {
    **FULL_RUN,
    'teachers': [(11, True), (12, True), (3, False)],
    'teacher_words': 4_000_000,
    'label_words': 3_600_000,
    'trunk_steps': 20_000,
    'trunk_rate': 7e-4,
    # The head of hidden words is not in the exported files; words are hidden all the same.
    'masked_weight': 0.0,
    't5_steps': 20_000,
    't5_rate': 1e-3,
    'word_weight': 0.15,
    'example_shares': (0.85, 0.08, 0.05, 0.02),
    'budget': 3300,
    'continued': True,
    'every': 500,
}

QUICK_RUN = {
    **FULL_RUN,
    'paragraphs': 3000,
    'pieces': 12000,
    't5_pieces': 9000,
    'contexts': 500,
    'teachers': [(1, True), (2, False)],
    'teacher_words': 20000,
    'gold_limit': 300,
    'label_words': 40000,
    'trunk_steps': 40,
    't5_steps': 20,
    'dev': 100,
    'every': 20,
}

SEED = 1
# Weight of a tag is (words / words with the tag) to this power; ablate.py weights shows what more of it does.
WEIGHT_EXPONENT = 0.05
CORPORA_MIX = ['ewt', 'ewt', 'wikigold', 'redocred', 'crossner', 'gum', 'wnut17', 'btc']
# The last quarter of training: EWT six times, and what is nearest to it.
NEAR_MIX = ['ewt'] * 6 + ['wikigold', 'gum']

RUNS = {'full': FULL_RUN, 'short': SHORT_RUN, 'continued': CONTINUED_RUN, 'quick': QUICK_RUN}
