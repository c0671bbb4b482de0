import type { ImportReport } from '../../contract/inventory-import.ts';

/** The file that was chosen, read once: what is imported is what was previewed. */
export interface ChosenFile {
  readonly name: string;
  readonly content: Blob;
}

export type ImportPhase = 'choosing' | 'checking' | 'previewed' | 'importing' | 'imported';

export interface ImportState {
  readonly phase: ImportPhase;
  readonly file: ChosenFile | null;
  readonly siteName: string;
  /** The file has no column "Site": it must be said which site its sensors are of. */
  readonly needsSite: boolean;
  /** Part of the file that has been sent, 0 to 1. */
  readonly sent: number;
  readonly report: ImportReport | null;
  /** The inventory changed after the preview: the report is a new one. */
  readonly renewed: boolean;
  readonly error: unknown;
}

export type ImportEvent =
  | { readonly type: 'fileChosen'; readonly file: ChosenFile }
  | { readonly type: 'fileRemoved' }
  | { readonly type: 'siteNamed'; readonly siteName: string }
  | { readonly type: 'checkStarted' }
  | { readonly type: 'importStarted' }
  | { readonly type: 'sent'; readonly sent: number }
  | { readonly type: 'previewed'; readonly report: ImportReport; readonly renewed: boolean }
  | { readonly type: 'imported'; readonly report: ImportReport }
  | { readonly type: 'failed'; readonly error: unknown; readonly needsSite: boolean };

export const importStart: ImportState = {
  phase: 'choosing',
  file: null,
  siteName: '',
  needsSite: false,
  sent: 0,
  report: null,
  renewed: false,
  error: null,
};

/** What the import page shows next. An error keeps the file and everything that was typed. */
export function importReducer(state: ImportState, event: ImportEvent): ImportState {
  switch (event.type) {
    case 'fileChosen':
      return { ...importStart, siteName: state.siteName, file: event.file };
    case 'fileRemoved':
      return importStart;
    case 'siteNamed':
      // Another site is another import: what was previewed no longer counts.
      return { ...state, siteName: event.siteName, phase: 'choosing', report: null };
    case 'checkStarted':
      return { ...state, phase: 'checking', sent: 0, error: null, report: null, renewed: false };
    case 'importStarted':
      return { ...state, phase: 'importing', sent: 0, error: null, renewed: false };
    case 'sent':
      return { ...state, sent: event.sent };
    case 'previewed':
      return {
        ...state,
        phase: 'previewed',
        report: event.report,
        renewed: event.renewed,
        error: null,
      };
    case 'imported':
      return { ...state, phase: 'imported', report: event.report, error: null };
    case 'failed':
      return {
        ...state,
        phase: state.phase === 'importing' ? 'previewed' : 'choosing',
        needsSite: state.needsSite || event.needsSite,
        error: event.needsSite && state.siteName === '' ? null : event.error,
      };
    default:
      return state;
  }
}
