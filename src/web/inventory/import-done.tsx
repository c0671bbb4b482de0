import { Button, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useNavigate } from 'react-router-dom';
import type { ImportReport } from '../../contract/inventory-import.ts';
import { can, useMe } from '../api/hooks.ts';
import { paths } from '../paths.ts';
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
  const navigate = useNavigate();
  const section = useFocusOnMount<HTMLElement>();
  return (
    <section ref={section} tabIndex={-1} className={styles.focusable} aria-label="Imported">
      <MessageBar intent="success" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>Imported</MessageBarTitle> {changeSummary(report)}.
        </MessageBarBody>
      </MessageBar>
      <div className={styles.row}>
        <Button appearance="primary" onClick={() => void navigate(paths.sites())}>
          View sites
        </Button>
        <Button onClick={() => void navigate(paths.sensors())}>View sensors</Button>
        {can(me, 'ssoSetting.edit') ? (
          <Button onClick={() => void navigate(paths.newSensorSetting())}>
            Create an SSO setting
          </Button>
        ) : null}
        <Button appearance="subtle" onClick={onAnother}>
          Import another file
        </Button>
      </div>
    </section>
  );
}
