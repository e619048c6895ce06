import { readFileSync } from 'node:fs';

/** An error text with the group of errors it truly belongs to, and the family of look-alikes that must stay apart. */
export interface CorpusText {
  readonly text: string;
  readonly group: string;
  readonly family?: string | null;
}

function load(name: string): CorpusText[] {
  const lines = readFileSync(new URL(name, import.meta.url), 'utf8').trim().split('\n');
  return lines.map((line): CorpusText => JSON.parse(line));
}

/** The development corpus: real and realistic Python errors. */
export const corpusTexts = (): CorpusText[] => load('python-errors.jsonl');
/** Written by hand from the messages of other libraries, after the normaliser; nothing was tuned on most of them. */
export const wildTexts = (): CorpusText[] => load('wild-errors.jsonl');
/** The same errors as groups of the development corpus in the words of another version or library. */
export const rewordedTexts = (): CorpusText[] => load('reworded-errors.jsonl');
