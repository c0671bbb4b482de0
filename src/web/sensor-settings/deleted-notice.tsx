import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { DeliveryBar } from './delivery-bar.tsx';
import { DeliveryEnd } from './delivery-end.tsx';
import { useDelivery } from './use-delivery.ts';

/** What the list is told after a deletion. */
export interface DeletedSetting {
  readonly name: string;
  /** The site of everything that it applied to; null: several. */
  readonly siteId: string | null;
}

/** Said once, after a setting was deleted: how far the sensors have come with it. */
export function DeletedNotice() {
  const { pathname, search, state } = useLocation() as {
    pathname: string;
    search: string;
    state: unknown;
  };
  const navigate = useNavigate();
  const [deleted] = useState(() => deletedIn(state));
  useEffect(() => {
    // A reload is not another deletion.
    if (state !== null) void navigate(`${pathname}${search}`, { replace: true, state: null });
  }, [navigate, pathname, search, state]);
  return deleted === null ? null : <Notice deleted={deleted} />;
}

function Notice({ deleted: { name, siteId } }: { readonly deleted: DeletedSetting }) {
  const scope = siteId === null ? null : { siteId };
  const { data } = useDelivery(scope);
  return (
    <>
      <MessageBar intent="success" layout="multiline" role="alert">
        <MessageBarBody>
          <MessageBarTitle>{`“${name}” is deleted`}</MessageBarTitle>{' '}
          {siteId === null
            ? 'Where your sensors stand:'
            : 'Where the sensors of the site that it applied to stand:'}
          {data === undefined ? null : <DeliveryBar delivery={data} scope={scope} />}
        </MessageBarBody>
      </MessageBar>
      {data === undefined ? null : <DeliveryEnd delivery={data} />}
    </>
  );
}

function deletedIn(state: unknown): DeletedSetting | null {
  if (typeof state !== 'object' || state === null || !('deleted' in state)) return null;
  return state.deleted as DeletedSetting;
}
