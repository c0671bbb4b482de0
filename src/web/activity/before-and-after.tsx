import { makeStyles, tokens } from '@fluentui/react-components';
import type { AuditEvent } from '../../contract/activity.ts';
import { changedFields } from './changed-fields.ts';
import { fieldLabel } from './field-labels.ts';
import { fieldValue } from './field-values.ts';

const useStyles = makeStyles({
  summary: { cursor: 'pointer', color: tokens.colorBrandForegroundLink },
  table: {
    width: '100%',
    marginTop: tokens.spacingVerticalS,
    borderCollapse: 'collapse',
    fontSize: tokens.fontSizeBase200,
    '& th, & td': {
      padding: tokens.spacingVerticalXS,
      textAlign: 'left',
      verticalAlign: 'top',
      whiteSpace: 'pre-line',
      overflowWrap: 'anywhere',
      borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    },
    // Long values may break anywhere; the names beside them stay whole.
    '& th': { overflowWrap: 'normal' },
  },
  hash: {
    margin: `${tokens.spacingVerticalS} 0 0`,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
  },
});

/** What an entry changed, and its place in the chain; folded away until it is asked for. */
export function BeforeAndAfter({ event }: { event: AuditEvent }) {
  const styles = useStyles();
  const fields = changedFields(event.before, event.after);
  return (
    <details>
      <summary className={styles.summary}>
        {fields.some(({ before }) => before !== null) ? 'Before and after' : 'Details'}
      </summary>
      {fields.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(({ path, before, after }) => (
              <tr key={path}>
                <th scope="row">{fieldLabel(path)}</th>
                <td>{fieldValue(path, before) ?? '–'}</td>
                <td>{fieldValue(path, after) ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className={styles.hash}>
        No. {event.sequence}
        {event.address !== null && `, from ${event.address}`}
        <br />
        Hash {event.hash}
      </p>
    </details>
  );
}
