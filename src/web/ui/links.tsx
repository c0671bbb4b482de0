import { Button, Link, type ButtonProps } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useHref, useLinkClickHandler } from 'react-router-dom';

/** A link to another page of Gatehouse: a real address, that also opens in a new tab. */
export function PageLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link href={useHref(to)} onClick={useLinkClickHandler(to)}>
      {children}
    </Link>
  );
}

/** The same, looking like a button: for what leads on to the next step. */
export function PageButton({
  to,
  appearance = 'secondary',
  icon,
  label,
  children,
}: {
  to: string;
  appearance?: NonNullable<ButtonProps['appearance']>;
  icon?: NonNullable<ButtonProps['icon']>;
  /** Says more than the text does, for those who hear it alone; begins with the text. */
  label?: string;
  children: ReactNode;
}) {
  return (
    <Button
      as="a"
      href={useHref(to)}
      onClick={useLinkClickHandler(to)}
      appearance={appearance}
      {...(icon === undefined ? {} : { icon })}
      {...(label === undefined ? {} : { 'aria-label': label })}
    >
      {children}
    </Button>
  );
}
