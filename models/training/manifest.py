"""models/manifest.json: what the extension must know of each bundled model."""
import hashlib

from data import FULL, LABELS, LICENCES
from vocab import write_json

EXAMPLES = [
    ('Maria Keller flew from Lisbon to Oslo on Friday .', {(0, 2): 'PER', (4, 5): 'LOC', (6, 7): 'LOC'}),
    ('Northwind Energy has hired Tom Adeyemi as its new director .', {(0, 2): 'ORG', (4, 6): 'PER'}),
    ('Please send the report back to me before noon .', {}),
    ('The mayor of Porto Alegre met officials from the World Bank .', {(3, 5): 'LOC', (9, 11): 'ORG'}),
    ('I bought my phone at Halden Electronics in Leeds .', {(5, 7): 'ORG', (8, 9): 'LOC'}),
    ('Yesterday Nadia told us that the Danube had flooded .', {(1, 2): 'PER', (6, 7): 'LOC'}),
    ('The University of Tartu and Bright Harbour Trust signed a contract .', {(1, 4): 'ORG', (5, 8): 'ORG'}),
    ('Has anyone seen Mr. Okafor since the meeting in Nairobi , Kenya ?', {(4, 5): 'PER', (9, 10): 'LOC', (11, 12): 'LOC'}),
]


def example_of(text, spans):
    words = text.split()
    tags = ['O'] * len(words)
    for (first, end), label in spans.items():
        tags[first] = 'B-' + label
        for i in range(first + 1, end):
            tags[i] = 'I-' + label
    return {'words': words, 'tags': tags}


def prompt_of(k):
    tokens = {tag: f'<{tag}>' for tag in FULL + ['B', 'I']}
    return {
        'answer': 'copyTags',
        'template': '{scheme} {labels} {examples} : {sentence}',
        'example': 'example : {sentence} => {answer}',
        'exampleAnswer': 'entityList',
        'exampleSeparator': ' ',
        'noExamples': '-',
        'k': k,
        'examples': [example_of(text, spans) for text, spans in EXAMPLES],
        'tagTokens': tokens,
    }


def files_of(folder):
    files = []
    for path in sorted(p for p in folder.rglob('*') if p.is_file()):
        content = path.read_bytes()
        files.append(
            {
                'path': path.relative_to(folder).as_posix(),
                'bytes': len(content),
                'sha256': hashlib.sha256(content).hexdigest(),
            }
        )
    return files


def write_manifest(out, models, seed, date):
    """`models`: dictionaries with id, name, family, dtype, schemes, temperature, prompt and scores."""
    entries = []
    for model in models:
        entries.append(
            {
                'id': model['id'],
                'name': model['name'],
                'family': model['family'],
                'folder': model['id'],
                'dtype': model['dtype'],
                'schemes': model['schemes'],
                'labels': LABELS,
                'temperature': model['temperature'],
                'prompt': model['prompt'],
                'files': files_of(out / model['id']),
                'training': {
                    'recipe': 'models/training',
                    'seed': seed,
                    'data': [{'name': name, 'licence': licence} for name, licence in LICENCES],
                    'date': date,
                },
                'scores': model['scores'],
                'licence': 'CC-BY-SA-4.0',
            }
        )
    write_json(out / 'manifest.json', {'version': 1, 'models': entries})


