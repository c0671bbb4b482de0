import { useEffect } from 'react';
import { useRouteError } from 'react-router-dom';
import { reloadForMissingPart } from '../load-part.ts';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

/** A page that failed while it was loaded or drawn; the shell around it stays. */
export function PageError() {
  const error = useRouteError();
  useEffect(() => {
    reloadForMissingPart(error);
  }, [error]);
  return (
    <Page title="This page couldn’t be shown">
      <ProblemNotice error={error} onRetry={() => location.reload()} />
    </Page>
  );
}
