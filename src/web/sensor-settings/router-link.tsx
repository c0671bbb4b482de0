import { Link } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useHref, useLinkClickHandler } from 'react-router-dom';

/** A Fluent link to another page of Gatehouse. */
export function RouterLink({
  to,
  children,
}: {
  readonly to: string;
  readonly children: ReactNode;
}) {
  return (
    <Link href={useHref(to)} onClick={useLinkClickHandler(to)}>
      {children}
    </Link>
  );
}
