import { Button, Text } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import { permissions } from '../../domain/permissions.ts';
import { roleLabels } from '../../domain/role.ts';
import { can, useMe } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { FileDrop } from './file-drop.tsx';
import { ImportDone } from './import-done.tsx';
import { ImportFileCard } from './import-file-card.tsx';
import { ImportPreview } from './import-preview.tsx';
import { importTemplate, importTemplateName } from './import-template.ts';
import { useInventoryStyles } from './inventory-styles.ts';
import { useImport } from './use-import.ts';

/** Importing the sensor export: choose, see what changes, import all of it or nothing. */
export function ImportPage() {
  const me = useMe();
  const mayImport = can(me, 'inventory.import');
  return (
    <Page
      title="Import inventory"
      breadcrumbs={[{ label: 'Sites', to: paths.sites() }]}
      intro="Sites, zones and sensors come from the portal’s sensor export. The same file twice changes nothing; sensors that the file doesn’t have stay as they are."
      actions={mayImport ? <TemplateButton /> : null}
    >
      {mayImport ? (
        <ImportSteps />
      ) : (
        <EmptyState title="Your role doesn’t import">
          {`Importing the inventory needs the portal role ${roleLabels[permissions['inventory.import'].role]}. Ask somebody who has it, or ask for the role.`}
        </EmptyState>
      )}
    </Page>
  );
}

function TemplateButton() {
  return (
    <Button icon={<ArrowDownloadRegular />} onClick={downloadTemplate}>
      Download template
    </Button>
  );
}

function downloadTemplate(): void {
  const address = URL.createObjectURL(new Blob([importTemplate()], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = importTemplateName;
  link.click();
  URL.revokeObjectURL(address);
}

function ImportSteps() {
  const styles = useInventoryStyles();
  const work = useImport();
  const { state } = work;
  const busy = state.phase === 'checking' || state.phase === 'importing';
  if (state.phase === 'imported' && state.report !== null) {
    return <ImportDone report={state.report} onAnother={work.startOver} />;
  }
  return (
    <div className={styles.stack}>
      {state.file === null ? (
        <FileDrop disabled={busy} onFile={(file) => void work.choose(file)} />
      ) : (
        <ImportFileCard work={work} busy={busy} />
      )}
      {state.error === null ? null : (
        <>
          <ProblemNotice error={state.error} />
          <Text>
            {state.file === null
              ? 'Nothing was imported.'
              : 'Nothing was imported, and the file is still chosen. Correct it and choose it again, or try again with this one.'}
          </Text>
        </>
      )}
      {state.report === null ? null : (
        <ImportPreview
          report={state.report}
          renewed={state.renewed}
          busy={busy}
          onImport={() => void work.apply()}
        />
      )}
    </div>
  );
}
