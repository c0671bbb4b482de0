import {
  BuildingFactoryRegular,
  DocumentSearchRegular,
  HomeRegular,
  KeyMultipleRegular,
  LockClosedKeyRegular,
  PeopleLockRegular,
  PeopleRegular,
  PersonLinkRegular,
  PersonKeyRegular,
  PersonClockRegular,
  QuestionCircleRegular,
  RouterRegular,
  ShieldKeyholeRegular,
  SettingsRegular,
} from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import type { Permission } from '../../domain/permissions.ts';
import { paths } from '../paths.ts';

export interface NavigationEntry {
  readonly label: string;
  readonly to: string;
  readonly icon: ReactElement;
  /** Absent: everybody who is signed in may see it. */
  readonly permission?: Permission;
}

export interface NavigationSection {
  readonly label: string | null;
  readonly entries: readonly NavigationEntry[];
}

/** The left navigation, as the portals that its people know have it. */
export const navigationSections: readonly NavigationSection[] = [
  { label: null, entries: [{ label: 'Overview', to: paths.overview(), icon: <HomeRegular /> }] },
  {
    label: 'Sites and sensors',
    entries: [
      {
        label: 'Sites',
        to: paths.sites(),
        icon: <BuildingFactoryRegular />,
        permission: 'inventory.view',
      },
      {
        label: 'Sensors',
        to: paths.sensors(),
        icon: <RouterRegular />,
        permission: 'inventory.view',
      },
      {
        label: 'Sensor settings',
        to: paths.sensorSettings(),
        icon: <SettingsRegular />,
        permission: 'ssoSetting.view',
      },
    ],
  },
  {
    label: 'Access',
    entries: [
      { label: 'My access', to: paths.myAccess(), icon: <PersonKeyRegular /> },
      {
        label: 'Who gets what where',
        to: paths.whoGetsWhat(),
        icon: <PeopleLockRegular />,
        permission: 'ssoSetting.view',
      },
    ],
  },
  {
    label: 'Activity',
    entries: [
      {
        label: 'Sign-ins',
        to: paths.signIns(),
        icon: <PersonClockRegular />,
        permission: 'activity.view',
      },
      {
        label: 'Sessions',
        to: paths.sessions(),
        icon: <PersonLinkRegular />,
      },
      {
        label: 'Audit',
        to: paths.audit(),
        icon: <DocumentSearchRegular />,
        permission: 'activity.view',
      },
    ],
  },
  {
    label: 'Settings',
    entries: [
      {
        label: 'Single Sign-On',
        to: paths.singleSignOn(),
        icon: <KeyMultipleRegular />,
        permission: 'provider.view',
      },
      {
        label: 'Portal access',
        to: paths.portalAccess(),
        icon: <ShieldKeyholeRegular />,
        permission: 'portalAccess.view',
      },
      {
        label: 'Users',
        to: paths.users(),
        icon: <PeopleRegular />,
        permission: 'user.view',
      },
      {
        label: 'Security',
        to: paths.security(),
        icon: <LockClosedKeyRegular />,
        permission: 'security.view',
      },
    ],
  },
  {
    label: null,
    entries: [
      { label: 'Troubleshooting', to: paths.troubleshooting(), icon: <QuestionCircleRegular /> },
    ],
  },
];

/** What somebody may use; sections with nothing left are left out. */
export function visibleSections(may: (permission: Permission) => boolean): NavigationSection[] {
  return navigationSections
    .map(({ label, entries }) => ({
      label,
      entries: entries.filter(({ permission }) => permission === undefined || may(permission)),
    }))
    .filter(({ entries }) => entries.length > 0);
}
