import { Button, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { ImportReport } from '../../contract/inventory-import.ts';
import { can, useMe } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { PageButton } from '../ui/links.tsx';
import { changeSummary } from './import-report.ts';
import { useInventoryStyles } from './inventory-styles.ts';
import { useFocusOnMount } from './use-focus-on-mount.ts';

interface ImportDoneProps {
  readonly report: ImportReport;
  readonly onAnother: () => void;
}

/** What was imported, and where to go from there. */
export function ImportDone({ report, onAnother }: ImportDoneProps) {
  const styles = useInventoryStyles();
  const me = useMe();
  const section = useFocusOnMount<HTMLElement>();
  return (
    <section ref={section} tabIndex={-1} className={styles.focusable} aria-label="Imported">
      <MessageBar intent="success" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>Imported</MessageBarTitle> {changeSummary(report, 'done')}.
        </MessageBarBody>
      </MessageBar>
      <div className={styles.row}>
        <PageButton appearance="primary" to={paths.sites()}>
          View sites
        </PageButton>
        <PageButton to={paths.sensors()}>View sensors</PageButton>
        {can(me, 'ssoSetting.edit') ? (
          <PageButton to={paths.newSensorSetting()}>Create an SSO setting</PageButton>
        ) : null}
        <Button appearance="subtle" onClick={onAnother}>
          Import another file
        </Button>
      </div>
    </section>
  );
}
