import {
  Breadcrumb,
  BreadcrumbButton,
  BreadcrumbDivider,
  BreadcrumbItem,
  makeStyles,
  Text,
  tokens,
  typographyStyles,
} from '@fluentui/react-components';
import { Fragment, useEffect, useRef, type ReactNode } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';

export interface Crumb {
  readonly label: string;
  readonly to: string;
}

const useStyles = makeStyles({
  page: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    width: '100%',
    maxWidth: '1440px',
    boxSizing: 'border-box',
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXXL} ${tokens.spacingVerticalXXXL}`,
    '@media (max-width: 640px)': { padding: tokens.spacingHorizontalL },
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalL,
  },
  title: {
    ...typographyStyles.title2,
    margin: 0,
    outlineStyle: 'none',
    overflowWrap: 'anywhere',
    '@media (max-width: 640px)': { fontSize: tokens.fontSizeBase500 },
  },
  intro: { display: 'block', color: tokens.colorNeutralForeground2, maxWidth: '76ch' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  crumbs: {
    marginLeft: '-8px',
    marginBottom: `-${tokens.spacingVerticalS}`,
    '& > ol': { flexWrap: 'wrap' },
  },
  // A long name takes several lines rather than widening the page.
  crumb: { height: 'auto', textAlign: 'start', textWrap: 'wrap', overflowWrap: 'anywhere' },
});

// The first page of a visit leaves the focus where the browser puts it, so that the skip link comes first.
let focusedPath: string | null = null;

/** A page: its heading, the document's title, and the focus on the heading after a navigation. */
export function Page({
  title,
  intro,
  breadcrumbs = [],
  actions,
  children,
}: {
  title: string;
  /** One or two sentences under the heading. */
  intro?: ReactNode;
  breadcrumbs?: readonly Crumb[];
  actions?: ReactNode;
  children: ReactNode;
}) {
  const styles = useStyles();
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();

  useEffect(() => {
    document.title = `${title} · Gatehouse`;
  }, [title]);

  useEffect(() => {
    if (focusedPath !== null && focusedPath !== pathname) heading.current?.focus();
    focusedPath = pathname;
  }, [pathname]);

  return (
    <div className={styles.page}>
      {breadcrumbs.length > 0 && <Crumbs crumbs={breadcrumbs} current={title} />}
      <div className={styles.head}>
        <div>
          <h1 ref={heading} tabIndex={-1} className={styles.title}>
            {title}
          </h1>
          {intro !== undefined && <Text className={styles.intro}>{intro}</Text>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}

function Crumbs({ crumbs, current }: { crumbs: readonly Crumb[]; current: string }) {
  const styles = useStyles();
  const navigate = useNavigate();
  return (
    <Breadcrumb aria-label="Breadcrumb" className={styles.crumbs}>
      {crumbs.map((crumb) => (
        <Fragment key={crumb.to}>
          <BreadcrumbItem>
            <BreadcrumbButton
              className={styles.crumb}
              as="a"
              href={crumb.to}
              onClick={(event) => {
                event.preventDefault();
                void navigate(crumb.to);
              }}
            >
              {crumb.label}
            </BreadcrumbButton>
          </BreadcrumbItem>
          <BreadcrumbDivider />
        </Fragment>
      ))}
      <BreadcrumbItem>
        <BreadcrumbButton current className={styles.crumb}>
          {current}
        </BreadcrumbButton>
      </BreadcrumbItem>
    </Breadcrumb>
  );
}
