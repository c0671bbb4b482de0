import { useEffect, useRef, type ReactNode } from 'react';
import { configuration, pageBase } from '../api/configuration.ts';
import { windowTitle } from './window-title.ts';

/**
 * A page outside of the application: sign-in, refusals, troubleshooting, recovery. It has its own
 * small style sheet, so that nobody waits for the application's controls before signing in.
 */
export function OutsidePage({
  title,
  wide = false,
  focusTitle = false,
  children,
}: {
  title: string;
  wide?: boolean;
  /** Moves the focus to the heading: for pages that replace another without a navigation. */
  focusTitle?: boolean;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = windowTitle(title, configuration.name);
    if (focusTitle) heading.current?.focus();
  }, [title, focusTitle]);

  return (
    <div className={wide ? 'outside outside-wide' : 'outside'}>
      <header className="outside-brand">
        <a href={pageBase} className="outside-name">
          <img src={`${pageBase}favicon.svg`} alt="" width="36" height="36" />
          {configuration.name}
        </a>
        <p className="outside-promise">One sign-in for every site, zone and sensor.</p>
      </header>
      <main className="outside-main">
        <div className="outside-card">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {children}
        </div>
        <footer className="outside-foot">
          <a href={`${pageBase}troubleshooting`}>Troubleshooting</a>
          {configuration.version !== '' && <span>Gatehouse {configuration.version}</span>}
        </footer>
      </main>
    </div>
  );
}
