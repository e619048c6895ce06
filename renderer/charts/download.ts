import { download } from '../components/download.ts';

/** Hands a CSV text to the person as a file. The mark in front tells spreadsheet programs that it is UTF-8. */
export function downloadCsv(fileName: string, csv: string): void {
  download(fileName, `\uFEFF${csv}`, 'text/csv;charset=utf-8');
}
