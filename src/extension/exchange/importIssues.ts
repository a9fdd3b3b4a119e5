import * as vscode from 'vscode';
import type { FoundIssue, ImportReport } from '../../node/corpus/importRun.ts';
import { MOST_ISSUES } from '../../node/corpus/importRun.ts';
import { annotationsUri } from './importFiles.ts';

const LINE_END = 1000;

/** The problems of imported files in the Problems view; a thousand in all, more are summed up. */
export class ImportIssues implements vscode.Disposable {
  readonly #found = vscode.languages.createDiagnosticCollection('entityLensImport');

  /** Shows the problems of files that were just imported, in place of those of earlier imports. */
  show(reports: ReadonlyMap<vscode.Uri, ImportReport>): void {
    this.#found.clear();
    let left = MOST_ISSUES;
    for (const [uri, { issues, more }] of reports) {
      const shown = issues.slice(0, left);
      left -= shown.length;
      const rest = new Map(more);
      for (const { reason } of issues.slice(shown.length)) rest.set(reason, (rest.get(reason) ?? 0) + 1);
      const beside = shown.filter(({ inAnnotations }) => inAnnotations);
      if (beside.length > 0) this.#found.set(annotationsUri(uri), beside.map(diagnosticOf));
      const own = [...shown.filter(({ inAnnotations }) => !inAnnotations).map(diagnosticOf), ...summed(rest)];
      if (own.length > 0) this.#found.set(uri, own);
    }
  }

  dispose(): void {
    this.#found.dispose();
  }
}

function diagnosticOf({ line, severity, message, reason }: FoundIssue): vscode.Diagnostic {
  const found = new vscode.Diagnostic(
    new vscode.Range(line - 1, 0, line - 1, LINE_END),
    message,
    severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning,
  );
  found.source = 'Entity Lens import';
  found.code = reason;
  return found;
}

function summed(more: ReadonlyMap<string, number>): readonly vscode.Diagnostic[] {
  return [...more].map(([reason, count]) =>
    diagnosticOf({
      line: 1,
      severity: 'warning',
      reason,
      message: `${count.toLocaleString('en')} more problems of this kind are not listed.`,
      inAnnotations: false,
    }),
  );
}
