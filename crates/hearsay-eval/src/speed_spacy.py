"""Reads a JSON list of texts from standard input with spaCy and prints its speed in processor time, on one thread."""

import json
import pkgutil
import resource
import sys
import time

import spacy

names = [m.name for m in pkgutil.iter_modules() if m.name.startswith("en_core_web_sm")]
if not names:
    sys.exit("there is no en_core_web_sm")
nlp = spacy.load(names[0])
texts = json.load(sys.stdin)
list(nlp.pipe(texts[:2]))
words = sentences = 0
start = time.process_time()
for doc in nlp.pipe(texts):
    words += sum(not token.is_space for token in doc)
    sentences += sum(1 for _ in doc.sents)
cpu = time.process_time() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
model = f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"
print(json.dumps({"model": model, "spacy": spacy.__version__, "words": words, "sentences": sentences, "cpu": cpu, "peak_mb": peak}))
