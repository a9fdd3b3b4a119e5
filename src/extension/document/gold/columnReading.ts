import * as vscode from 'vscode';
import type { ColumnDocument } from '../../../core/columns/document.ts';
import { parsingLines } from '../../../core/columns/columns.ts';
import { finish } from '../../../core/steps.ts';
import type { Steps } from '../../../core/steps.ts';
import { inSlices } from '../../base/slices.ts';

/** What an open document says. */
export function readDocument(document: vscode.TextDocument): ColumnDocument {
  return finish(reading(document));
}

function reading(document: vscode.TextDocument): Steps<ColumnDocument> {
  const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  return parsingLines(document.lineCount, lineReader(document), eol);
}

/** What a document says, read in slices; undefined where it changed or was closed meanwhile. */
export async function readInSlices(document: vscode.TextDocument): Promise<ColumnDocument | undefined> {
  const { version } = document;
  const steps = reading(document);
  let read: ColumnDocument | undefined;
  await inSlices((hasTime) => {
    while (hasTime()) {
      if (document.version !== version || document.isClosed) return true;
      const step = steps.next();
      if (step.done === true) {
        read = step.value;
        return true;
      }
    }
    return false;
  });
  return read;
}

/** Reads the lines of a document. */
export function lineReader(document: vscode.TextDocument): (line: number) => string {
  return (line) => document.lineAt(line).text;
}
