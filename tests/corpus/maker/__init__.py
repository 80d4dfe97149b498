"""Makes the corpus of files for the readers' tests: our own articles in the shapes of publishers and tools.

Run again with `python -m tests.corpus.maker`; the files are committed. It needs reportlab, pyphen, typst and
pypandoc-binary.
"""
