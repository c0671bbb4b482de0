import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  getPortalAccess,
  putPortalAccess,
  type PortalAccess,
} from '../../contract/portal-access.ts';
import type { GroupMapping } from '../../domain/group-mapping.ts';
import { roles, type Role } from '../../domain/role.ts';
import { endpointKey, useChange } from '../api/hooks.ts';
import { ApiError } from '../failures.ts';
import { MappingFields } from '../ui/mapping-fields.tsx';
import { useNotify } from '../ui/notify.tsx';
import { Panel } from '../ui/panel.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { PortalAccessConflict } from './portal-access-conflict.tsx';

const useStyles = makeStyles({
  form: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    maxWidth: '760px',
  },
  actions: { display: 'flex', gap: tokens.spacingHorizontalS },
});

interface Edits {
  readonly mapping: GroupMapping;
  /** What the edits are based on: a save names it, so that nobody's change is overwritten unseen (R7). */
  readonly revision: string;
}

/** Edits portal access. What was edited stays through every failure. */
export function PortalAccessForm({ access }: { access: PortalAccess }) {
  const styles = useStyles();
  const notify = useNotify();
  const queries = useQueryClient();
  const change = useChange(putPortalAccess);
  const [edits, setEdits] = useState<Edits | null>(null);
  const mapping = edits?.mapping ?? access.permissions;
  const conflict = conflictOf(change.error);

  function save(revision: string) {
    change.mutate(
      { body: { permissions: copyOf(mapping) }, ifMatch: revision },
      {
        onSuccess: () => {
          setEdits(null);
          notify('success', 'Portal access saved', 'It is in force from now on.');
        },
      },
    );
  }

  function discard() {
    setEdits(null);
    change.reset();
  }

  function takeTheirs(theirs: PortalAccess) {
    queries.setQueryData(endpointKey(getPortalAccess.path), theirs);
    discard();
  }

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        save(edits?.revision ?? access.revision);
      }}
    >
      <Panel title="Groups for each role">
        <MappingFields
          value={mapping}
          hints={hints}
          errors={errorsByRole(change.error)}
          onChange={(next) =>
            setEdits({ mapping: next, revision: edits?.revision ?? access.revision })
          }
        />
      </Panel>
      {conflict !== null && (
        <PortalAccessConflict
          current={conflict}
          mine={mapping}
          onKeepMine={() => save(conflict.revision)}
          onTakeTheirs={() => takeTheirs(conflict)}
        />
      )}
      {conflict === null && change.error !== null && <ProblemNotice error={change.error} />}
      <div className={styles.actions}>
        <Button
          type="submit"
          appearance="primary"
          disabled={edits === null || change.isPending || conflict !== null}
        >
          {change.isPending ? 'Saving…' : 'Save'}
        </Button>
        <Button disabled={edits === null} onClick={discard}>
          Discard changes
        </Button>
      </div>
    </form>
  );
}

const hints: Readonly<Record<Role, string>> = {
  admin:
    'May do everything in the portal. At least one group is needed, and you can’t take Admin from yourself.',
  securityAnalyst: 'See settings and activity, and change nothing.',
  readOnly: 'See the inventory and their own access.',
};

function copyOf(mapping: GroupMapping) {
  const entries = roles.map(
    (role) => [role, mapping[role].map((group) => ({ ...group }))] as const,
  );
  return Object.fromEntries(entries) as Record<Role, { id: string; displayName: string | null }[]>;
}

/** The server's messages at the roles that they belong to (R21). */
function errorsByRole(error: unknown): Partial<Record<Role, string>> {
  const errors = error instanceof ApiError ? (error.problem.errors ?? []) : [];
  return Object.fromEntries(
    errors.flatMap(({ path, message }) => {
      const role = roles.find((one) => path.startsWith(`/permissions/${one}`));
      return role === undefined ? [] : [[role, message] as const];
    }),
  );
}

/** What is there now, where somebody else was faster (412). */
function conflictOf(error: unknown): PortalAccess | null {
  if (!(error instanceof ApiError) || error.code !== 'stale_revision') return null;
  const current = error.problem.details?.['current'];
  return typeof current === 'object' && current !== null && 'permissions' in current
    ? (current as PortalAccess)
    : null;
}
