import {
  Button,
  Card,
  Field,
  Input,
  makeStyles,
  ProgressBar,
  Text,
  tokens,
} from '@fluentui/react-components';
import { DocumentTableRegular } from '@fluentui/react-icons';
import type { FormEvent } from 'react';
import { listSites } from '../../contract/inventory.ts';
import { useEndpoint } from '../api/hooks.ts';
import { ChooseFile } from '../ui/choose-file.tsx';
import { fileSize } from './import-report.ts';
import { useInventoryStyles } from './inventory-styles.ts';
import type { Import } from './use-import.ts';

const useStyles = makeStyles({
  icon: { fontSize: '28px', color: tokens.colorBrandForeground1 },
  name: { flex: '1 1 200px', overflowWrap: 'anywhere' },
  site: { flex: '1 1 280px', maxWidth: '420px' },
  form: { alignItems: 'flex-end' },
});

/** The chosen file, the site that it is of where it doesn't say so, and how far it has been sent. */
export function ImportFileCard({ work, busy }: { readonly work: Import; readonly busy: boolean }) {
  const styles = useStyles();
  const shared = useInventoryStyles();
  const { file, sent, phase } = work.state;
  if (file === null) return null;
  return (
    <Card>
      <div className={shared.row}>
        <DocumentTableRegular className={styles.icon} aria-hidden />
        <div className={styles.name}>
          <Text weight="semibold">{file.name}</Text>
          <br />
          <Text size={200} className={shared.muted}>
            {fileSize(file.content.size)}
          </Text>
        </div>
        <ChooseFile
          text="Choose another file"
          what="Another sensor export (CSV)"
          accept=".csv,text/csv"
          disabled={busy}
          onFile={(other) => void work.choose(other)}
        />
        {work.state.report === null && !work.state.needsSite && !busy ? (
          <Button onClick={() => void work.preview()}>Check again</Button>
        ) : null}
      </div>
      {busy ? (
        <Field validationState="none" validationMessage={progressText(phase, sent)}>
          <ProgressBar
            aria-label={phase === 'importing' ? 'Importing' : 'Checking the file'}
            {...(sent < 1 ? { value: sent } : {})}
          />
        </Field>
      ) : null}
      {work.state.needsSite ? <SiteOfFile work={work} busy={busy} /> : null}
    </Card>
  );
}

function progressText(phase: string, sent: number): string {
  if (sent < 1) return `Uploading: ${Math.round(sent * 100)}%`;
  return phase === 'importing' ? 'Importing…' : 'Checking the rows…';
}

function SiteOfFile({ work, busy }: { readonly work: Import; readonly busy: boolean }) {
  const styles = useStyles();
  const shared = useInventoryStyles();
  const sites = useEndpoint(listSites).data?.sites ?? [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (work.state.siteName.trim() !== '') void work.preview();
  };
  return (
    <form className={`${shared.row} ${styles.form}`} onSubmit={submit}>
      <Field
        className={styles.site}
        label="Site name"
        required
        hint="The file has no column “Site”, so say which site its sensors belong to: a new one, or one that is there."
      >
        <Input
          value={work.state.siteName}
          list="import-site-names"
          disabled={busy}
          onChange={(_, data) => work.nameSite(data.value)}
        />
      </Field>
      <datalist id="import-site-names">
        {sites.map((site) => (
          <option key={site.id}>{site.name}</option>
        ))}
      </datalist>
      <Button
        type="submit"
        appearance="primary"
        disabled={busy || work.state.siteName.trim() === ''}
      >
        Preview
      </Button>
    </form>
  );
}
