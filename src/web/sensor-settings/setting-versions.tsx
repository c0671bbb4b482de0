import type { z } from 'zod';
import { listSsoSettingVersions, type ssoSettingVersion } from '../../contract/sso-settings.ts';
import { roleLabels, roles } from '../../domain/role.ts';
import { defaultConsoleRules, limitedRoles } from '../../domain/console-rules.ts';
import { useEndpoint } from '../api/hooks.ts';
import { ConsoleRulesView } from '../ui/console-rules-view.tsx';
import { rulesKey } from '../ui/console-rules-words.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { Loading } from '../ui/loading.tsx';
import { Panel } from '../ui/panel.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { scopeSummary } from './target-names.ts';

type Version = z.output<typeof ssoSettingVersion>;

const changeWords: Readonly<Record<Version['change'], string>> = {
  created: 'Created',
  changed: 'Changed',
  targetsTaken: 'Targets taken by another setting',
  deleted: 'Deleted',
};

const columns: readonly Column<Version>[] = [
  { header: 'Version', width: '72px', isRowHeader: true, cell: (version) => version.version },
  { header: 'When', width: '120px', cell: (version) => <Timestamp value={version.at} /> },
  { header: 'Who', cell: (version) => version.by.name },
  { header: 'What', width: '120px', cell: (version) => changeWords[version.change] },
  { header: 'Why', cell: (version) => version.reason || '–' },
  { header: 'Scope', width: '110px', cell: (version) => scopeSummary(version.targets) },
  { header: 'Groups', width: '24%', cell: (version) => <Gives version={version} /> },
];

function groupCounts(version: Version): string {
  const counts = roles
    .filter((role) => version.permissions[role].length > 0)
    .map((role) => `${roleLabels[role]}: ${version.permissions[role].length}`);
  return counts.length === 0 ? 'None' : counts.join(', ');
}

/** Who has which role, and the console rules where they aren't the usual ones. */
function Gives({ version }: { readonly version: Version }) {
  const { consoleRules } = version;
  const own = limitedRoles.some(
    (role) => rulesKey(consoleRules[role]) !== rulesKey(defaultConsoleRules[role]),
  );
  return (
    <>
      {groupCounts(version)}
      {own ? (
        <details>
          <summary style={{ cursor: 'pointer' }}>Console rules</summary>
          <ConsoleRulesView rules={consoleRules} />
        </details>
      ) : null}
    </>
  );
}

/** R8: every change of the setting, newest first. */
export function SettingVersions({ settingId }: { readonly settingId: string }) {
  const answer = useEndpoint(listSsoSettingVersions, { params: { settingId } });
  return (
    <Panel title="History">
      {answer.isPending ? <Loading what="the history" /> : null}
      {answer.error === null ? null : (
        <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {answer.data === undefined ? null : (
        <DataTable
          label="Versions"
          columns={columns}
          rows={answer.data.versions}
          rowKey={(version) => String(version.version)}
        />
      )}
    </Panel>
  );
}
