import { Checkbox, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { type Provider } from '../../contract/sign-in-providers.ts';
import {
  deleteProvider,
  retireProvider,
  reviewProviderRemoval,
} from '../../contract/provider-removal.ts';
import { useChange, useEndpoint } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Loading } from '../ui/loading.tsx';
import { useNotify } from '../ui/notify.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { RemovalReview } from './removal-review.tsx';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
});

interface RemovalDialogProps {
  readonly provider: Provider;
  readonly kind: 'retire' | 'delete';
  readonly onClose: () => void;
}

const words = {
  retire: {
    confirm: 'Retire provider',
    text: 'It signs nobody in any more. It stays in the list with its secrets; verifying it again brings it back.',
  },
  delete: {
    confirm: 'Delete provider',
    text: 'It is deleted with its secrets, and can’t be brought back. The app registration in Entra stays: delete it there if nothing else uses it.',
  },
} as const;

/** Asks before a provider is retired or deleted: what ends with it, and who can still get in (R9). */
export function RemovalDialog({ provider, kind, onClose }: RemovalDialogProps) {
  const styles = useStyles();
  const notify = useNotify();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { id: providerId, name, revision } = provider;
  const review = useEndpoint(reviewProviderRemoval, { params: { providerId } });
  const retire = useChange(retireProvider, { invalidates: false });
  const remove = useChange(deleteProvider, { invalidates: false });
  const [acknowledged, setAcknowledged] = useState(false);
  const { data } = review;
  const change = kind === 'retire' ? retire : remove;

  async function act() {
    const args = { params: { providerId }, body: { acknowledged }, ifMatch: revision };
    try {
      await (kind === 'retire' ? retire.mutateAsync(args) : remove.mutateAsync(args));
    } catch {
      // It is shown here; what it was asked about may be another by now.
      return void queries.invalidateQueries();
    }
    onClose();
    // The way in that one came by is gone: the page begins anew, signed out.
    if (data?.yours === true) return location.assign(paths.overview());
    notify('success', kind === 'retire' ? `${name} retired` : `${name} deleted`);
    if (kind === 'delete') await navigate(paths.singleSignOn());
    await queries.invalidateQueries();
  }

  return (
    <ConfirmDialog
      open
      title={kind === 'retire' ? `Retire ${name}?` : `Delete ${name}?`}
      confirm={words[kind].confirm}
      busy={change.isPending}
      disabled={data === undefined || !data.allowed || (data.yours && !acknowledged)}
      onConfirm={() => void act()}
      onCancel={onClose}
    >
      <div className={styles.stack}>
        <Text>{words[kind].text}</Text>
        {review.isPending && <Loading what="what is left" />}
        {review.error !== null && (
          <ProblemNotice error={review.error} onRetry={() => void review.refetch()} />
        )}
        {data !== undefined && <RemovalReview removal={data} provider={provider} />}
        {data?.allowed === true && data.yours && (
          <Checkbox
            label="I came in by it: I will be signed out, and have another way in"
            checked={acknowledged}
            onChange={(_, { checked }) => setAcknowledged(checked === true)}
          />
        )}
        {change.error !== null && <ProblemNotice error={change.error} />}
      </div>
    </ConfirmDialog>
  );
}
