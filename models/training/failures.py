"""What is wrong with predicted tags, span by span and transition by transition."""
from data import spans_of

KINDS = ['wrong border', 'wrong label', 'missed', 'spurious', 'illegal']


def illegal_transitions(tags):
    """Places of an I that does not go on from a tag of its label."""
    return sum(tag[0] == 'I' and (last == 'O' or last[1:] != tag[1:]) for last, tag in zip(['O', *tags], tags))


def failures_of(gold, predicted, raw=None):
    """Counts by kind. A span is wrong by its border if it only overlaps gold; `raw` are the tags before they were made legal."""
    counts = dict.fromkeys(KINDS, 0)
    for right, guess in zip(gold, predicted):
        wanted, found = spans_of(right), spans_of(guess)
        borders = {span[:2]: span[2] for span in wanted}
        for first, end, label in found:
            if (first, end) in borders:
                counts['wrong label'] += borders[first, end] != label
            elif any(f < end and first < e for f, e, _ in wanted):
                counts['wrong border'] += 1
            else:
                counts['spurious'] += 1
        counts['missed'] += sum(not any(f < end and first < e for f, e, _ in found) for first, end, _ in wanted)
    counts['illegal'] = sum(illegal_transitions(tags) for tags in raw or [])
    return counts
