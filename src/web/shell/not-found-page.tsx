import { Button } from '@fluentui/react-components';
import { useNavigate } from 'react-router-dom';
import { paths } from '../paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';

export function NotFoundPage() {
  const navigate = useNavigate();
  return (
    <Page title="There is no such page">
      <EmptyState
        title="Nothing is at this address"
        action={
          <Button appearance="primary" onClick={() => void navigate(paths.overview())}>
            Go to Overview
          </Button>
        }
      >
        The address may be mistyped, or what was here has been removed.
      </EmptyState>
    </Page>
  );
}
