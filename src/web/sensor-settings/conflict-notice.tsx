import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  mergeClasses,
} from '@fluentui/react-components';
import { useEffect, useRef } from 'react';
import type { SsoSetting } from '../../contract/sso-settings.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { draftDifferences, type DraftDifference } from './draft-differences.ts';
import { draftOf, type SettingDraft } from './setting-draft.ts';
import { useSettingStyles } from './setting-styles.ts';

// The top bar covers what is scrolled under it.
const useStyles = makeStyles({ section: { outlineStyle: 'none', scrollMarginTop: '64px' } });

interface ConflictNoticeProps {
  readonly yours: SettingDraft;
  readonly theirs: SsoSetting;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
}

/** R7: somebody else saved in between. Shows both, and loses neither. */
export function ConflictNotice({ yours, theirs, onKeepMine, onTakeTheirs }: ConflictNoticeProps) {
  const own = useStyles();
  const styles = useSettingStyles();
  const differences = draftDifferences(yours, draftOf(theirs));
  const section = useRef<HTMLElement>(null);
  // Save is at the end of a long page, and this at its beginning.
  useEffect(() => section.current?.focus(), []);
  return (
    <section
      ref={section}
      tabIndex={-1}
      className={mergeClasses(styles.stack, own.section)}
      aria-label="Changed in the meantime"
    >
      <MessageBar intent="warning" layout="multiline" role="alert">
        <MessageBarBody>
          <MessageBarTitle>Somebody else changed this setting in the meantime</MessageBarTitle>
          {` ${theirs.changedBy.name} saved version ${theirs.version}, `}
          <Timestamp value={theirs.changedAt} />. Your entries are still here and nothing was
          overwritten.{' '}
          {differences.length === 0
            ? 'Both say the same.'
            : 'Compare both below. Going on with yours replaces theirs as a new version; theirs stays in the history.'}
        </MessageBarBody>
        <MessageBarActions>
          <Button onClick={onKeepMine}>Go on with mine</Button>
          <Button onClick={onTakeTheirs}>Take theirs</Button>
        </MessageBarActions>
      </MessageBar>
      {differences.length === 0 ? null : (
        <DataTable
          label="Yours and theirs"
          columns={columns}
          rows={differences}
          rowKey={(difference) => difference.field}
        />
      )}
    </section>
  );
}

const columns: readonly Column<DraftDifference>[] = [
  { header: 'Field', width: '20%', isRowHeader: true, cell: (difference) => difference.label },
  { header: 'Yours', cell: (difference) => <Lines lines={difference.yours} /> },
  { header: 'Theirs', cell: (difference) => <Lines lines={difference.theirs} /> },
];

function Lines({ lines }: { readonly lines: readonly string[] }) {
  const styles = useSettingStyles();
  if (lines.length === 0) return <span className={styles.muted}>Empty</span>;
  return (
    <ul className={styles.plainList}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
