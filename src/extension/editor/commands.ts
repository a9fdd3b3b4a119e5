import * as vscode from 'vscode';
import type { CommandTable } from '../base/commands.ts';
import type { Reviewing } from '../review/reviewSteps.ts';
import type { AnnotationMode } from './annotationMode.ts';
import { accept, labelSelection, removeLabel } from './correctionCommands.ts';
import { annotateDocument, move, openSample, stopAnnotating, switchScheme, undoOrRedo } from './documentCommands.ts';
import { showKeys, showMenu, toggleSource } from './menus.ts';
import type { WithKeys } from './menus.ts';
import { changeSpan, completeHere, moveToSpan, moveToUndecided, setEmpty } from './spanCommands.ts';

/** What the commands of the editor work on. */
export interface Editing extends Reviewing, WithKeys {
  readonly mode: AnnotationMode;
}

export const editorCommands = {
  'entityLens.annotateDocument': annotateDocument,
  'entityLens.stopAnnotating': stopAnnotating,
  'entityLens.switchScheme': switchScheme,
  'entityLens.acceptBert': (needs, argument) => accept(needs, 'bert', argument),
  'entityLens.acceptT5': (needs, argument) => accept(needs, 't5', argument),
  'entityLens.labelSelection': labelSelection,
  'entityLens.removeLabel': (needs, argument) => removeLabel(needs, argument, false),
  'entityLens.removeLabelAndNext': (needs, argument) => removeLabel(needs, argument, true),
  'entityLens.setEmpty': (needs, argument) => setEmpty(needs, argument, false),
  'entityLens.setEmptyAndNext': (needs, argument) => setEmpty(needs, argument, true),
  'entityLens.completeNoEntity': (needs, argument) => completeHere(needs, 'noEntity', argument),
  'entityLens.completeAgreed': (needs, argument) => completeHere(needs, 'agreed', argument),
  'entityLens.completeBert': (needs, argument) => completeHere(needs, 'bert', argument),
  'entityLens.completeT5': (needs, argument) => completeHere(needs, 't5', argument),
  'entityLens.nextUndecided': moveToUndecided,
  'entityLens.extendSpanEnd': (needs) => changeSpan(needs, 'extendEnd'),
  'entityLens.shrinkSpanEnd': (needs) => changeSpan(needs, 'shrinkEnd'),
  'entityLens.extendSpanStart': (needs) => changeSpan(needs, 'extendStart'),
  'entityLens.shrinkSpanStart': (needs) => changeSpan(needs, 'shrinkStart'),
  'entityLens.splitSpan': (needs) => changeSpan(needs, 'split'),
  'entityLens.mergeSpan': (needs) => changeSpan(needs, 'merge'),
  'entityLens.nextSpan': (needs) => {
    moveToSpan(needs, 1);
  },
  'entityLens.previousSpan': (needs) => {
    moveToSpan(needs, -1);
  },
  'entityLens.toggleAnnotationMode': (needs) => {
    needs.mode.toggle({
      label: (label, next) => labelSelection(needs, { label, next }),
      showKeys: () => vscode.commands.executeCommand('entityLens.showKeys'),
    });
  },
  'entityLens.leaveAnnotationMode': ({ mode }) => {
    mode.leave();
  },
  'entityLens.nextDisagreement': (needs) => {
    move(needs, 'nextDisagreement');
  },
  'entityLens.previousDisagreement': (needs) => {
    move(needs, 'previousDisagreement');
  },
  'entityLens.nextSentence': (needs) => {
    move(needs, 'next');
  },
  'entityLens.previousSentence': (needs) => {
    move(needs, 'previous');
  },
  'entityLens.undoCorrection': (needs) => undoOrRedo(needs, 'undo'),
  'entityLens.redoCorrection': (needs) => undoOrRedo(needs, 'redo'),
  'entityLens.toggleSource': toggleSource,
  'entityLens.openSample': openSample,
  'entityLens.showKeys': showKeys,
  'entityLens.showMenu': showMenu,
  'entityLens.showLog': ({ services }) => {
    services.log.show();
  },
} as const satisfies CommandTable<Editing>;
