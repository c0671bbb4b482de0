import { useQueryClient } from '@tanstack/react-query';
import { useReducer } from 'react';
import {
  importInventory,
  importReport,
  inventoryFileLimit,
  previewImport,
} from '../../contract/inventory-import.ts';
import { ApiError, call } from '../api/call.ts';
import { fileSize } from './import-report.ts';
import { importReducer, importStart, type ChosenFile, type ImportState } from './import-state.ts';

export interface Import {
  readonly state: ImportState;
  readonly choose: (file: File) => Promise<void>;
  readonly nameSite: (siteName: string) => void;
  readonly preview: () => Promise<void>;
  readonly apply: () => Promise<void>;
  readonly startOver: () => void;
}

/** Choosing a file, seeing what it would change, and importing exactly that. */
export function useImport(): Import {
  const queries = useQueryClient();
  const [state, dispatch] = useReducer(importReducer, importStart);

  const fail = (error: unknown) =>
    dispatch({ type: 'failed', error, needsSite: isCode(error, 'site_required') });
  const onUploadProgress = (sent: number) => dispatch({ type: 'sent', sent });

  async function check(file: ChosenFile, siteName: string): Promise<void> {
    dispatch({ type: 'checkStarted' });
    try {
      const { value } = await call(previewImport, {
        body: file.content,
        query: siteQuery(siteName),
        onUploadProgress,
      });
      dispatch({ type: 'previewed', report: value, renewed: false });
    } catch (error) {
      fail(error);
    }
  }

  async function choose(chosen: File): Promise<void> {
    try {
      const file = await readFile(chosen);
      dispatch({ type: 'fileChosen', file });
      await check(file, state.siteName);
    } catch (error) {
      fail(error);
    }
  }

  async function apply(): Promise<void> {
    const { file, report, siteName } = state;
    if (file === null || report === null) return;
    dispatch({ type: 'importStarted' });
    try {
      const { value } = await call(importInventory, {
        body: file.content,
        query: siteQuery(siteName),
        ifMatch: report.revision,
        onUploadProgress,
      });
      dispatch({ type: 'imported', report: value });
      await queries.invalidateQueries();
    } catch (error) {
      const current = reportIn(error);
      if (current === null) fail(error);
      else dispatch({ type: 'previewed', report: current, renewed: true });
    }
  }

  return {
    state,
    choose,
    nameSite: (siteName) => dispatch({ type: 'siteNamed', siteName }),
    preview: async () => {
      if (state.file !== null) await check(state.file, state.siteName);
    },
    apply,
    startOver: () => dispatch({ type: 'fileRemoved' }),
  };
}

function siteQuery(siteName: string): { siteName?: string } {
  return siteName.trim() === '' ? {} : { siteName: siteName.trim() };
}

/** Reads the file now, so that a later change of it on the disk changes nothing here. */
async function readFile(file: File): Promise<ChosenFile> {
  if (file.size > inventoryFileLimit) {
    throw new Error(
      `${file.name} has ${fileSize(file.size)}. An import takes at most ${fileSize(inventoryFileLimit)}: export fewer sensors at a time.`,
    );
  }
  return { name: file.name, content: new Blob([await file.arrayBuffer()], { type: 'text/csv' }) };
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof ApiError && error.code === code;
}

/** The report as it is now, where the inventory changed after the preview (412). */
function reportIn(error: unknown) {
  if (!(error instanceof ApiError) || error.status !== 412) return null;
  const parsed = importReport.safeParse(error.problem.details?.['current']);
  return parsed.success ? parsed.data : null;
}
