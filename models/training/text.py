"""Raw text into sentences of words, near enough to EWT's tokenisation for pretraining and distillation."""
import re

ABBREVIATIONS = {
    'Mr.', 'Mrs.', 'Ms.', 'Dr.', 'Prof.', 'St.', 'Jr.', 'Sr.', 'Gen.', 'Col.', 'Lt.', 'Sgt.', 'Capt.', 'Gov.', 'Sen.',
    'Rep.', 'Rev.', 'Hon.', 'Inc.', 'Corp.', 'Co.', 'Ltd.', 'vs.', 'etc.', 'No.', 'Jan.', 'Feb.', 'Mar.', 'Apr.',
    'Jun.', 'Jul.', 'Aug.', 'Sep.', 'Sept.', 'Oct.', 'Nov.', 'Dec.', 'e.g.', 'i.e.', 'a.m.', 'p.m.', 'Mt.', 'Ave.', 'Bros.',
}
WORD = re.compile(
    r"https?://\S+|\S+@\S+\.\w+|(?:[A-Za-z]\.){2,}|[A-Za-z]+(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b"
    r"|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’](?!(?:s|re|ve|ll|d|m|t)\b)[^\W\d_]+)*|\w+|\.{2,}|-{2,}|\S"
)


def words_of(paragraph):
    words = []
    for chunk in paragraph.split():
        core = chunk.rstrip(',;:)"”')
        if core in ABBREVIATIONS:
            words.append(core)
            words += list(chunk[len(core):])
        elif len(core) == 2 and core[0].isupper() and core[1] == '.':
            words.append(core)
            words += list(chunk[len(core):])
        else:
            words += WORD.findall(chunk)
    return words


def sentences_of(paragraph, longest=80):
    """Lists of words; a sentence ends at . ? or ! and closing quotes that follow it."""
    words, sentence = words_of(paragraph), []
    for i, word in enumerate(words):
        sentence.append(word)
        following = words[i + 1] if i + 1 < len(words) else ''
        ends = word in ('.', '?', '!') or (word in ('"', '”', ')') and len(sentence) > 1 and sentence[-2] in ('.', '?', '!'))
        if (ends and following not in ('"', '”', ')', '’', "'")) or len(sentence) >= longest:
            yield sentence
            sentence = []
    if sentence:
        yield sentence
